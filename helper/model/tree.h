/* SPDX-License-Identifier: GPL-2.0 */
/* How the functions of a machine hang together: each one and the bridge above. */
#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include "model/acs.h"
#include "model/kin.h"

/**
 * struct voucher - who vouches for the isolation of a device, by its ids
 * @function: of the kernel; NULL where none does, or nobody has asked
 * @worth: BASIS_ATTESTED, or BASIS_ASSUMED of a port that is plugged in: it may
 *	call itself what it likes
 */
struct voucher {
	const char *function;
	enum basis worth;
};

/**
 * struct tree - the facts, and what belongs to each device of them
 * @parent: the bridge above it
 * @voucher: who vouches for it, as far as it counts for a verdict: not where
 *	registers show the contrary
 * @kin: who belongs together
 */
struct tree {
	const struct facts *facts;
	const struct device **parent;
	struct voucher *voucher;
	struct kin kin;
};

/**
 * tree_build() - find the parent of every device, and its kin
 * @tree: freed by tree_free(), also after an error
 * @facts: finished; must live as long as the tree
 * @problem: set on error
 *
 * Return: 0, -ENOMEM, or -EBADMSG where a parent is missing or no bridge, or
 * parents form a ring: then the facts cannot be judged.
 */
int tree_build(struct tree *tree, const struct facts *facts,
	       struct problem *problem);

/** tree_free() - free the tree, not the facts */
void tree_free(struct tree *tree);

/** tree_parent() - the bridge above, NULL on a root bus */
const struct device *tree_parent(const struct tree *tree,
				 const struct device *device);

/** tree_root() - the uppermost device on the way up; @device on a root bus */
const struct device *tree_root(const struct tree *tree,
			       const struct device *device);

/** tree_voucher() - who vouches for the isolation of a device, if anybody */
struct voucher tree_voucher(const struct tree *tree,
			    const struct device *device);

/** tree_below() - whether @device is @top or stands below it */
bool tree_below(const struct tree *tree, const struct device *device,
		const struct device *top);

#endif
