// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/set.h"

/* Where @device is or belongs: the facts keep devices in order of address. */
size_t set_position(const struct set *set, const struct device *device)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set->member[middle] < device)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool set_has(const struct set *set, const struct device *device)
{
	size_t at = set_position(set, device);

	return at < set->count && set->member[at] == device;
}

static bool is_full(const struct set *set)
{
	return set->most && set->count >= set->most;
}

/* Drops the last, unless that is the new one. */
static void replace_last(struct set *set, const struct device *device,
			 size_t at)
{
	set->left_out++;
	if (at == set->count)
		return;
	memmove(&set->member[at + 1], &set->member[at],
		(set->count - 1 - at) * sizeof(*set->member));
	set->member[at] = device;
}

int set_add(struct set *set, const struct device *device)
{
	const struct device **member;
	size_t at = set_position(set, device);

	if (set_has(set, device))
		return 0;
	if (is_full(set)) {
		replace_last(set, device, at);
		return 0;
	}
	member = reallocarray(set->member, set->count + 1, sizeof(*member));
	if (!member)
		return -ENOMEM;
	set->member = member;
	memmove(&member[at + 1], &member[at],
		(set->count - at) * sizeof(*member));
	member[at] = device;
	set->count++;
	return 0;
}

const struct device *set_first_of(const struct set *set,
				  const struct relatives *relatives)
{
	for (size_t i = 0; i < relatives->count; i++)
		if (set_has(set, relatives->member[i]))
			return relatives->member[i];
	return NULL;
}

int set_add_groups(struct set *set, const struct tree *tree,
		   const struct set *devices)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < devices->count; i++) {
		const struct device *device = devices->member[i];
		struct relatives group = kin_group(tree, device);

		ret = set_add(set, device);
		if (set_first_of(devices, &group) != device)
			continue;
		for (size_t j = 0; !ret && j < group.count; j++)
			if (device_is_endpoint(group.member[j]))
				ret = set_add(set, group.member[j]);
	}
	return ret;
}

/* How many of the endpoints from a place on are not excepted. */
static size_t count_rest(const struct tree *tree, size_t first, size_t end,
			 const struct set *except)
{
	const struct device *const *endpoint = tree->kin.endpoint;
	size_t count = end - first;

	for (size_t i = set_position(except, endpoint[first]);
	     i < except->count && except->member[i] <= endpoint[end - 1]; i++)
		count -= device_is_endpoint(except->member[i]);
	return count;
}

int set_add_below(struct set *set, const struct tree *tree,
		  const struct device *top, const struct set *except)
{
	struct brood brood = kin_brood(tree, top);
	bool whole = brood_is_whole(&brood);
	int ret = 0;

	for (size_t i = brood.first; !ret && i < brood.end; i++) {
		const struct device *device = tree->kin.endpoint[i];

		/* Nothing that comes behind its last is taken. */
		if (whole && is_full(set) && set_position(set, device) == set->count) {
			set->left_out += count_rest(tree, i, brood.end, except);
			break;
		}
		if ((whole || tree_below(tree, device, top)) &&
		    !set_has(except, device))
			ret = set_add(set, device);
	}
	return ret;
}

const struct device *set_first_outside(const struct set *set,
				       const struct tree *tree,
				       const struct device *top)
{
	struct brood brood = kin_brood(tree, top);

	for (size_t i = brood.first; i < brood.end; i++) {
		const struct device *device = tree->kin.endpoint[i];

		if (!set_has(set, device) && tree_below(tree, device, top))
			return device;
	}
	return NULL;
}

void set_free(struct set *set)
{
	free(set->member);
	*set = (struct set){ 0 };
}
