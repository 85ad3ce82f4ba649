// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/route.h"

static size_t depth(const struct tree *tree, const struct device *device)
{
	size_t count = 0;

	for (; device; device = tree_parent(tree, device))
		count++;
	return count;
}

static const struct device *climb(const struct tree *tree,
				  const struct device *device, size_t levels)
{
	while (levels--)
		device = tree_parent(tree, device);
	return device;
}

/*
 * How many hops the request passes before its way and that of the target stand
 * side by side, below one bridge or without any. What is beside it is @peer;
 * NULL where the target is below the hop itself.
 */
static size_t find_fork(const struct route *route, const struct tree *tree,
			const struct device **peer)
{
	size_t ours = route->count, others = depth(tree, route->to);
	const struct device *up = route->from, *other = route->to;
	size_t passed = ours > others ? ours - others : 0;

	up = climb(tree, up, passed);
	other = climb(tree, other, others > ours ? others - ours : 0);
	*peer = NULL;
	for (; up != other; passed++) {
		*peer = other;
		if (tree_parent(tree, up) == tree_parent(tree, other))
			return passed;
		up = tree_parent(tree, up);
		other = tree_parent(tree, other);
	}
	return passed;
}

static bool are_beside(const struct tree *tree, const struct device *device,
		       const struct device *peer)
{
	return peer && (tree_parent(tree, device) ||
			reach_same_bus(device, peer));
}

static int find_turns(struct route *route, const struct tree *tree,
		      const struct path *path)
{
	struct request request = request_start(tree, route->from);
	const struct device *peer;
	size_t fork;

	route->count = path->count;
	route->turn = calloc(path->count, sizeof(*route->turn));
	if (!route->turn)
		return -ENOMEM;
	fork = find_fork(route, tree, &peer);
	for (size_t i = 0; i < path->count; i++) {
		const struct hop *hop = &path->hop[i];
		enum bearing bearing = BEARING_NONE;

		if (i > fork || (i == fork && !peer))
			bearing = reach_below(tree, hop);
		else if (i == fork && are_beside(tree, hop->device, peer))
			bearing = reach_beside(tree, hop, peer);
		route->turn[i] = turn_make(&request, hop, bearing,
					   i == fork ? peer : NULL);
	}
	return 0;
}

/* The specification leaves open what may pass between them inside. */
static bool is_of_virtual(const struct route *route, const struct tree *tree)
{
	return (device_has(route->from, DEVICE_PHYSFN) ||
		device_has(route->to, DEVICE_PHYSFN)) &&
	       reach_is_same_device(tree, route->from, route->to);
}

/* Where no hop had a choice: the last port hands it to the IOMMU, or nobody. */
static enum basis end_basis(const struct route *route)
{
	const struct hop *last = &route->turn[route->count - 1].hop;

	return hop_is_port(last) && last->basis < BASIS_ASSUMED ?
		last->basis : BASIS_ASSUMED;
}

static enum basis held_basis(const struct route *route, const struct tree *tree)
{
	enum basis basis = BASIS_UNNEEDED;

	for (size_t i = 0; i < route->count; i++)
		if (route->turn[i].way && route->turn[i].basis > basis)
			basis = route->turn[i].basis;
	if (basis == BASIS_UNNEEDED)
		basis = end_basis(route);
	return is_of_virtual(route, tree) && basis < BASIS_ASSUMED ?
		BASIS_ASSUMED : basis;
}

static void conclude(struct route *route, const struct tree *tree)
{
	static const enum basis bases[] = {
		[REACHABLE_UNKNOWN] = BASIS_UNKNOWN,
		[REACHABLE_YES] = BASIS_NONE,
	};
	bool translated = facts_real_group(tree->facts, route->from);

	route->reachable = REACHABLE_NO;
	for (size_t i = 0; i < route->count; i++)
		if (route->turn[i].way > route->reachable)
			route->reachable = route->turn[i].way;
	route->end_unknown = device_has(route->from, DEVICE_GROUP_UNKNOWN);
	route->untranslated = !translated && !route->end_unknown;
	if (route->untranslated)
		route->reachable = REACHABLE_YES;
	else if (route->end_unknown && route->reachable == REACHABLE_NO)
		route->reachable = REACHABLE_UNKNOWN;
	route->basis = route->reachable == REACHABLE_NO ?
		held_basis(route, tree) : bases[route->reachable];
}

int route_find(struct route *route, const struct tree *tree,
	       const struct device *from, const struct device *to)
{
	struct path path;
	int ret;

	*route = (struct route){ .from = from, .to = to };
	ret = path_walk(tree, from, &path);
	if (!ret)
		ret = find_turns(route, tree, &path);
	path_free(&path);
	if (!ret)
		conclude(route, tree);
	return ret;
}

bool route_closable(const struct route *route)
{
	for (size_t i = 0; i < route->count; i++)
		if (route->turn[i].way == REACHABLE_YES &&
		    !route->turn[i].closing)
			return false;
	return route->reachable == REACHABLE_YES && !route->untranslated;
}

bool route_has_slack(const struct route *route)
{
	for (size_t i = 0; i < route->count; i++)
		if (route->turn[i].slack)
			return true;
	return false;
}

void route_free(struct route *route)
{
	free(route->turn);
	*route = (struct route){ 0 };
}
