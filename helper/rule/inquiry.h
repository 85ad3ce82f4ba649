/* SPDX-License-Identifier: GPL-2.0 */
/* The question of a check: a set of devices, and what its requests cross. */
#ifndef RULE_INQUIRY_H
#define RULE_INQUIRY_H

#include "model/turn.h"
#include "rule/bypass.h"
#include "rule/intrusion.h"

/**
 * struct crossing - a hop that requests of the set pass
 * @hop: each hop of all paths once; borrowed from a path
 * @from: a member whose requests pass it and get through to victims; else any,
 *	one that has an IOMMU and was asked about if possible
 * @victims: endpoints outside the set that it would let through to if open
 * @through: some of its bits are off, and requests get through to the victims
 * @basis: of the hop, given who is behind it
 * @counts: the hop keeps the set apart from something
 */
struct crossing {
	const struct hop *hop;
	const struct device *from;
	struct set victims;
	enum basis basis;
	bool through, counts;
};

/**
 * struct inquiry - a set of devices and its surroundings
 * @survey: of the machine; borrowed, and @tree and @prediction with it
 * @asked: the devices that the user named; borrowed
 * @set: these and the endpoints of their groups
 * @path: for each member of @set, in its order
 * @crossing: every hop of these paths, each once
 * @bypasses: of these hops, what lets requests past their other bits
 * @intrusions: ways of others into the set
 * @handed_over: a guest has the set already: it is audited where it is
 * @most: of the devices that a hop leads to or from, how many are kept; 0 for
 *	all. How many more there are is known in any case
 */
struct inquiry {
	const struct survey *survey;
	const struct tree *tree;
	const struct prediction *prediction;
	const struct set *asked;
	struct set set;
	struct path *path;
	struct crossing *crossing;
	size_t crossing_count;
	struct bypasses bypasses;
	struct intrusions intrusions;
	bool handed_over;
	size_t most;
};

/**
 * inquiry_open() - collect what rules look at
 * @inquiry: freed by inquiry_close(), also after an error
 * @survey: must live as long
 * @asked: the devices that the user named; must live as long
 * @most: as of struct inquiry
 *
 * Return: 0, or -ENOMEM.
 */
int inquiry_open(struct inquiry *inquiry, const struct survey *survey,
		 const struct set *asked, size_t most);

/** inquiry_close() - free it */
void inquiry_close(struct inquiry *inquiry);

#endif
