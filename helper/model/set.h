/* SPDX-License-Identifier: GPL-2.0 */
/* Devices of one tree, each once: those handed over together, or their victims. */
#ifndef MODEL_SET_H
#define MODEL_SET_H

#include "model/tree.h"

/**
 * struct set - borrowed devices in the order of their addresses
 * @most: how many it keeps, the first by address; 0 for any number
 * @left_out: how many devices it did not keep, each as often as it was offered
 */
struct set {
	const struct device **member;
	size_t count;
	size_t most, left_out;
};

/**
 * set_add() - add a device, unless it is in the set; a full set drops its last
 *
 * Return: 0, or -ENOMEM with the set as it was.
 */
int set_add(struct set *set, const struct device *device);

/**
 * set_add_groups() - add devices, and the endpoints of their IOMMU groups
 *
 * What shares a group with a member is handed over with it.
 *
 * Return: 0, or -ENOMEM.
 */
int set_add_groups(struct set *set, const struct tree *tree,
		   const struct set *devices);

/**
 * set_add_below() - add the endpoints at and below a device
 * @except: endpoints that are left out
 *
 * Where the set is full before it takes the time of @except.
 *
 * Return: 0, or -ENOMEM.
 */
int set_add_below(struct set *set, const struct tree *tree,
		  const struct device *top, const struct set *except);

/** set_has() - whether a device is in the set */
bool set_has(const struct set *set, const struct device *device);

/** set_position() - how many members have lower addresses than a device */
size_t set_position(const struct set *set, const struct device *device);

/** set_first_of() - the first of some devices that is in the set, or NULL */
const struct device *set_first_of(const struct set *set,
				  const struct relatives *relatives);

/**
 * set_first_outside() - the first endpoint at or below a device that is not in
 * the set, or NULL
 */
const struct device *set_first_outside(const struct set *set,
				       const struct tree *tree,
				       const struct device *top);

/** set_free() - free the set, not the devices */
void set_free(struct set *set);

#endif
