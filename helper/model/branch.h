/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whatever is not above a way parts from it at one of its hops: it is behind one
 * device beside that hop, or it is the hop. All that is behind the same device is
 * alike to every hop of the way, so who asks about each target on a machine needs
 * to ask once for each branch.
 *
 * On other root buses there are no branches: no request gets there below the IOMMU.
 */
#ifndef MODEL_BRANCH_H
#define MODEL_BRANCH_H

#include "model/set.h"

/**
 * struct branch - one of them, and where its way goes on
 * @top: the device beside a hop, or the hop; a target that stands for all
 * @alone: only @top itself, as what is below it are other branches
 */
struct branch {
	const struct tree *tree;
	const struct device *from, *last, *level;
	size_t next;
	const struct device *top;
	bool alone;
};

/**
 * branch_start() - begin with a way
 * @from: where it begins
 * @last: where it ends, above @from or the same device
 */
struct branch branch_start(const struct tree *tree, const struct device *from,
			   const struct device *last);

/**
 * branch_next() - go to the next branch that has endpoints
 *
 * Return: whether there is one.
 */
bool branch_next(struct branch *branch);

/** branch_leaves() - whether it has endpoints that are not in a set */
bool branch_leaves(const struct branch *branch, const struct set *set);

/**
 * branch_add() - add its endpoints to a set
 * @except: endpoints that are left out
 *
 * Return: 0, or -ENOMEM.
 */
int branch_add(const struct branch *branch, const struct set *except,
	       struct set *set);

#endif
