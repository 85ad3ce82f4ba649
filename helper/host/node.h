/* SPDX-License-Identifier: GPL-2.0 */
/* Device nodes by which processes hold a GPU, a disk or, through vfio, anything. */
#ifndef HOST_NODE_H
#define HOST_NODE_H

#include "host/trail.h"

/**
 * node_follow() - to the PCI functions behind a node, if it is one that matters
 *
 * By its number: paths are what a container calls them, and a file of that name
 * is not the device.
 *
 * Return: 0, or -ENOMEM.
 */
int node_follow(struct trail *trail, const struct node *node);

#endif
