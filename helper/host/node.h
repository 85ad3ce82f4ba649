/* SPDX-License-Identifier: GPL-2.0 */
/* Device nodes by which processes hold a GPU or, through vfio, any device. */
#ifndef HOST_NODE_H
#define HOST_NODE_H

#include "host/trail.h"

/** node_matters() - whether holding @path can mean to hold a PCI function */
bool node_matters(const char *path);

/**
 * node_follow() - to the PCI functions behind a node that matters
 *
 * By its name: a container calls it the same, and sysfs knows it by that.
 *
 * Return: 0, or -ENOMEM.
 */
int node_follow(struct trail *trail, const char *path);

#endif
