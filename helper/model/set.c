// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/set.h"

/* Where @device is or belongs: the facts keep devices in order of address. */
static size_t place(const struct set *set, const struct device *device)
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
	size_t at = place(set, device);

	return at < set->count && set->member[at] == device;
}

int set_add(struct set *set, const struct device *device)
{
	const struct device **member;
	size_t at = place(set, device);

	if (set_has(set, device))
		return 0;
	if (set->most && set->count >= set->most) {
		set->left_out++;
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

static bool shares_group(const struct set *set, const struct device *device)
{
	for (size_t i = 0; i < set->count; i++)
		if (device_has(set->member[i], DEVICE_GROUP) &&
		    set->member[i]->group == device->group)
			return true;
	return false;
}

int set_add_groups(struct set *set, const struct facts *facts)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_has(device, DEVICE_GROUP) &&
		    device_is_endpoint(device) && shares_group(set, device))
			ret = set_add(set, device);
	}
	return ret;
}

void set_free(struct set *set)
{
	free(set->member);
	*set = (struct set){ 0 };
}
