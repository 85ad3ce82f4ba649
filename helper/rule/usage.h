/* SPDX-License-Identifier: GPL-2.0 */
/* How the host uses its devices, by device and by owner; looked up, not searched. */
#ifndef RULE_USAGE_H
#define RULE_USAGE_H

#include "model/facts.h"

/** struct uses - some of them; borrowed */
struct uses {
	const struct use *const *item;
	size_t count;
};

/**
 * struct usage - all of a machine
 * @item: uses of each device together and in the order of the facts, each also with its physical function
 * @start: for each device of the facts, where its uses begin; the next one's
 *	start is their end
 * @owned: those by which a process has a device through vfio, by owner
 */
struct usage {
	const struct facts *facts;
	const struct use **item;
	size_t *start;
	const struct use **owned;
	size_t owned_count;
};

/**
 * usage_make() - list them
 * @usage: freed by usage_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int usage_make(struct usage *usage, const struct facts *facts);

/**
 * usage_of() - uses that end when a function is handed over
 *
 * Its own, and those of its virtual functions, which go with it.
 */
struct uses usage_of(const struct usage *usage, const struct device *device);

/** usage_of_owner() - what the owner that a use names has through vfio */
struct uses usage_of_owner(const struct usage *usage, const struct use *use);

/** usage_free() - free the lists */
void usage_free(struct usage *usage);

#endif
