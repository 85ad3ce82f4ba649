/* SPDX-License-Identifier: GPL-2.0 */
/* The order in which the kernel finds functions, and so gives them groups. */
#ifndef PREDICT_ORDER_H
#define PREDICT_ORDER_H

#include "model/tree.h"

/**
 * order_find() - the devices of a machine as the kernel finds them
 * @order: receives for each device of the facts one index into these
 *
 * Root buses in ascending order, each as the kernel's pci_scan_child_bus()
 * walks it: all functions of a bus, then for each bridge among them what is
 * below. Virtual functions are made later, by drivers.
 *
 * Return: 0, -ENOMEM, or -EBADMSG where the tree does not lead to each of them.
 */
int order_find(const struct tree *tree, size_t *order);

#endif
