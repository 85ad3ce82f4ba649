/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ways past Request Redirect: P2P Egress Control and Direct Translated P2P go
 * before it, so a hop whose required bits are all on may yet let requests
 * through. The kernel does not look at them when it forms groups.
 */
#ifndef RULE_BYPASS_H
#define RULE_BYPASS_H

#include "model/turn.h"

/**
 * struct bypass - one of the two controls at a hop of the set's way
 * @hop: borrowed
 * @control: ACS_EC or ACS_DT
 * @from: a member whose requests it lets through, or may
 * @way: REACHABLE_YES, or REACHABLE_UNKNOWN if that is of nobody
 * @victims: endpoints outside the set of which @way is true
 */
struct bypass {
	const struct hop *hop;
	enum acs_bit control;
	const struct device *from;
	enum reachable way;
	struct set victims;
};

/** struct bypasses - all of one set */
struct bypasses {
	struct bypass *item;
	size_t count;
};

/**
 * bypasses_find() - add those of one hop
 * @hop: on the way of @first; must live as long
 * @first: the member to name where several come through the hop alike
 * @most: how many victims of each are kept; 0 for all
 * @bypasses: freed by bypasses_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int bypasses_find(struct bypasses *bypasses, const struct tree *tree,
		  const struct set *set, const struct hop *hop,
		  const struct device *first, size_t most);

/** bypasses_free() - free them, not the devices */
void bypasses_free(struct bypasses *bypasses);

#endif
