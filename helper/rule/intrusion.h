/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The other direction: open hops through which devices outside a set reach into
 * it. ACS does not protect its own side, so a set whose every hop holds can
 * still be entered from a neighbour whose hop does not.
 */
#ifndef RULE_INTRUSION_H
#define RULE_INTRUSION_H

#include "model/turn.h"
#include "rule/survey.h"

/**
 * struct intrusion - an open hop, and who comes through it in the same way
 * @hop: shows a way sideways, or may have one
 * @certain: it shows one
 * @through: memory requests get through it; else only what the bits that are
 *	off leave without protection
 * @controls: of Egress Control and Direct Translated P2P, what lets them through
 *	whatever other bits are on
 * @member: the first of the set that it leads to
 * @intruders: endpoints outside the set whose requests pass the hop
 * @guest: one of them is given to user space
 * @stranger: of one of them that could not be seen
 */
struct intrusion {
	struct hop hop;
	bool certain, through;
	uint8_t controls;
	const struct device *member;
	struct set intruders;
	bool guest, stranger;
};

/**
 * struct intrusions - all into one set, each hop once for each kind of way; by the
 * address of the first intruder, and as hops are on its way up
 */
struct intrusions {
	struct intrusion *item;
	size_t count;
};

/**
 * intrusions_find() - collect them
 * @set: of endpoints
 * @most: how many intruders of each hop are kept, guests first; 0 for all
 * @intrusions: empty; freed by intrusions_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int intrusions_find(const struct survey *survey, const struct set *set,
		    size_t most, struct intrusions *intrusions);

/** intrusions_free() - free them, not the devices */
void intrusions_free(struct intrusions *intrusions);

#endif
