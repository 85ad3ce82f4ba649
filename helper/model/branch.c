// SPDX-License-Identifier: GPL-2.0
#include "model/branch.h"

struct branch branch_start(const struct tree *tree, const struct device *from,
			   const struct device *last)
{
	return (struct branch){ .tree = tree, .from = from, .last = last };
}

static bool has_endpoints(const struct branch *branch)
{
	if (branch->alone)
		return device_is_endpoint(branch->top);
	return kin_brood(branch->tree, branch->top).count;
}

/* The hop first: of the lowest all that is below, of others they themselves. */
static bool go_up(struct branch *branch)
{
	if (branch->level == branch->last)
		return false;
	branch->level = branch->level ?
		tree_parent(branch->tree, branch->level) : branch->from;
	branch->top = branch->level;
	branch->alone = branch->level != branch->from;
	branch->next = 0;
	return true;
}

static bool go_aside(struct branch *branch)
{
	struct relatives beside = kin_beside(branch->tree, branch->level);

	while (branch->next < beside.count) {
		branch->top = beside.member[branch->next++];
		branch->alone = false;
		if (branch->top != branch->level)
			return true;
	}
	return false;
}

bool branch_next(struct branch *branch)
{
	do {
		if (!(branch->level && go_aside(branch)) && !go_up(branch))
			return false;
	} while (!has_endpoints(branch));
	return true;
}

bool branch_leaves(const struct branch *branch, const struct set *set)
{
	if (branch->alone)
		return !set_has(set, branch->top);
	return set_first_outside(set, branch->tree, branch->top);
}

int branch_add(const struct branch *branch, const struct set *except,
	       struct set *set)
{
	if (!branch->alone)
		return set_add_below(set, branch->tree, branch->top, except);
	return set_has(except, branch->top) ? 0 : set_add(set, branch->top);
}
