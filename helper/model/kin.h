/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who belongs together on a machine, listed once: so that nobody who asks about
 * one device has to look at all others. Lists are in the order of addresses.
 */
#ifndef MODEL_KIN_H
#define MODEL_KIN_H

#include "model/facts.h"

struct tree;

/** struct relatives - devices that belong together; borrowed */
struct relatives {
	const struct device *const *member;
	size_t count;
};

/** enum kinship - what makes devices relatives */
enum kinship {
	KINSHIP_BRIDGE,		/* they stand below one bridge */
	KINSHIP_ROOT_BUS,	/* on one root bus */
	KINSHIP_BUS,		/* they have one bus number */
	KINSHIP_GROUP,		/* one IOMMU group */
	KINSHIP_PHYSICAL,	/* they are virtual functions of one function */
	KINSHIPS
};

/**
 * struct relations - all of one kinship
 * @member: relatives stand together
 * @start: where that of each key begins; the next one's start is its end
 */
struct relations {
	const struct device **member;
	size_t *start;
};

/**
 * struct brood - endpoints at and below a device, as places among all endpoints
 * @first: place of the first
 * @end: behind that of the last
 * @count: how many; others are between them where bus numbers are not nested
 */
struct brood {
	size_t first, end, count;
};

/**
 * struct kin - of all devices
 * @relations: of each kinship
 * @bus: for each device of the facts, the place of the first on its bus
 * @endpoint: all of them
 * @brood: for each device of the facts
 */
struct kin {
	struct relations relations[KINSHIPS];
	size_t *bus;
	const struct device **endpoint;
	size_t endpoint_count;
	struct brood *brood;
};

/**
 * kin_find() - list them
 * @tree: its parents are known, and form no ring
 *
 * Return: 0, or -ENOMEM.
 */
int kin_find(struct tree *tree);

/** kin_free() - free the lists */
void kin_free(struct kin *kin);

/** kin_children() - what stands right below a bridge */
struct relatives kin_children(const struct tree *tree,
			   const struct device *bridge);

/** kin_beside() - what stands below the same bridge, or on the same root bus */
struct relatives kin_beside(const struct tree *tree, const struct device *device);

/** kin_bus() - what has the same bus number */
struct relatives kin_bus(const struct tree *tree, const struct device *device);

/** kin_members() - what an IOMMU group has */
struct relatives kin_members(const struct tree *tree, const struct group *group);

/** kin_group() - what is in a device's IOMMU group, also one that vfio made up; empty if there is none */
struct relatives kin_group(const struct tree *tree, const struct device *device);

/** kin_virtual() - virtual functions of a function */
struct relatives kin_virtual(const struct tree *tree, const struct device *device);

/** kin_brood() - endpoints at and below a device */
struct brood kin_brood(const struct tree *tree, const struct device *device);

/** brood_is_whole() - whether all endpoints between its first and last are in it */
bool brood_is_whole(const struct brood *brood);

#endif
