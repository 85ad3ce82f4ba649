/* SPDX-License-Identifier: GPL-2.0 */
/* Network interfaces: those that are devices, and those made of others. */
#ifndef HOST_INTERFACE_H
#define HOST_INTERFACE_H

#include "host/trail.h"

/**
 * interface_follow() - down through bridge, bond, VLAN to the PCI functions
 *
 * Return: 0, or -ENOMEM.
 */
int interface_follow(struct trail *trail, const char *name);

#endif
