/* SPDX-License-Identifier: GPL-2.0 */
/* Devices of one tree, each once: those handed over together, or their victims. */
#ifndef MODEL_SET_H
#define MODEL_SET_H

#include "model/tree.h"

/**
 * struct set - borrowed devices in the order of their addresses
 * @most: how many it takes; 0 for any number
 * @left_out: how many devices it did not take, each as often as it was offered
 */
struct set {
	const struct device **member;
	size_t count;
	size_t most, left_out;
};

/**
 * set_add() - add a device, unless it is in the set or the set is full
 *
 * Return: 0, or -ENOMEM with the set as it was.
 */
int set_add(struct set *set, const struct device *device);

/**
 * set_add_groups() - add the endpoints of the members' IOMMU groups
 *
 * What shares a group with a member is handed over with it.
 *
 * Return: 0, or -ENOMEM.
 */
int set_add_groups(struct set *set, const struct facts *facts);

/** set_has() - whether a device is in the set */
bool set_has(const struct set *set, const struct device *device);

/** set_free() - free the set, not the devices */
void set_free(struct set *set);

#endif
