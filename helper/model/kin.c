// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/tree.h"

#define NO_KEY SIZE_MAX

static size_t place_of(const struct tree *tree, const struct device *device)
{
	return device ? (size_t)(device - tree->facts->devices) : NO_KEY;
}

static size_t bridge_key(const struct tree *tree, const struct device *device)
{
	return place_of(tree, tree_parent(tree, device));
}

static size_t bus_key(const struct tree *tree, const struct device *device)
{
	return tree->kin.bus[place_of(tree, device)];
}

static size_t root_bus_key(const struct tree *tree, const struct device *device)
{
	return tree_parent(tree, device) ? NO_KEY : bus_key(tree, device);
}

static size_t group_key(const struct tree *tree, const struct device *device)
{
	const struct facts *facts = tree->facts;

	return device_has(device, DEVICE_GROUP) ?
		(size_t)(facts_group(facts, device->group) - facts->groups) :
		NO_KEY;
}

static size_t physical_key(const struct tree *tree, const struct device *device)
{
	return device_has(device, DEVICE_PHYSFN) ?
		place_of(tree, facts_find(tree->facts, device->physfn)) :
		NO_KEY;
}

/* Relatives go by the place of its bridge, first device, group or function. */
static size_t (*const keys[KINSHIPS])(const struct tree *tree,
				      const struct device *device) = {
	[KINSHIP_BRIDGE] = bridge_key,
	[KINSHIP_ROOT_BUS] = root_bus_key,
	[KINSHIP_BUS] = bus_key,
	[KINSHIP_GROUP] = group_key,
	[KINSHIP_PHYSICAL] = physical_key,
};

/* Counts relatives two places behind its own, so that filling moves starts there. */
static void sort_in(struct relations *relations, const struct tree *tree,
		    enum kinship kinship, size_t key_count)
{
	const struct facts *facts = tree->facts;
	size_t *start = relations->start;

	for (size_t i = 0; i < facts->device_count; i++) {
		size_t key = keys[kinship](tree, &facts->devices[i]);

		if (key != NO_KEY)
			start[key + 2]++;
	}
	for (size_t i = 2; i < key_count + 2; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < facts->device_count; i++) {
		size_t key = keys[kinship](tree, &facts->devices[i]);

		if (key != NO_KEY)
			relations->member[start[key + 1]++] = &facts->devices[i];
	}
}

static int find_relations(struct tree *tree, enum kinship kinship)
{
	const struct facts *facts = tree->facts;
	struct relations *relations = &tree->kin.relations[kinship];
	size_t key_count = kinship == KINSHIP_GROUP ? facts->group_count :
						      facts->device_count;

	relations->member = calloc(facts->device_count + 1,
				  sizeof(*relations->member));
	relations->start = calloc(key_count + 2, sizeof(*relations->start));
	if (!relations->member || !relations->start)
		return -ENOMEM;
	sort_in(relations, tree, kinship, key_count);
	return 0;
}

/* Facts are in the order of addresses, so a bus is one run of them. */
static void find_buses(const struct tree *tree)
{
	const struct device *devices = tree->facts->devices;
	size_t *bus = tree->kin.bus;

	for (size_t i = 0; i < tree->facts->device_count; i++)
		bus[i] = i && bdf_same_bus(devices[i - 1].address,
					   devices[i].address) ?
			bus[i - 1] : i;
}

static void count_up(const struct tree *tree, const struct device *endpoint,
		     size_t place)
{
	const struct device *up = endpoint;

	for (; up; up = tree_parent(tree, up)) {
		struct brood *brood = &tree->kin.brood[place_of(tree, up)];

		if (!brood->count++)
			brood->first = place;
		brood->end = place + 1;
	}
}

static void find_broods(struct tree *tree)
{
	const struct facts *facts = tree->facts;
	struct kin *kin = &tree->kin;

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (!device_is_endpoint(device))
			continue;
		count_up(tree, device, kin->endpoint_count);
		kin->endpoint[kin->endpoint_count++] = device;
	}
}

int kin_find(struct tree *tree)
{
	size_t count = tree->facts->device_count + 1;
	struct kin *kin = &tree->kin;
	int ret = 0;

	kin->bus = calloc(count, sizeof(*kin->bus));
	kin->endpoint = calloc(count, sizeof(*kin->endpoint));
	kin->brood = calloc(count, sizeof(*kin->brood));
	if (!kin->bus || !kin->endpoint || !kin->brood)
		return -ENOMEM;
	find_buses(tree);
	find_broods(tree);
	for (enum kinship i = 0; !ret && i < KINSHIPS; i++)
		ret = find_relations(tree, i);
	return ret;
}

void kin_free(struct kin *kin)
{
	for (enum kinship i = 0; i < KINSHIPS; i++) {
		free(kin->relations[i].member);
		free(kin->relations[i].start);
	}
	free(kin->bus);
	free(kin->endpoint);
	free(kin->brood);
	*kin = (struct kin){ 0 };
}

static struct relatives relatives_of(const struct tree *tree, enum kinship kinship,
			       size_t key)
{
	const struct relations *relations = &tree->kin.relations[kinship];

	if (key == NO_KEY)
		return (struct relatives){ 0 };
	return (struct relatives){
		.member = &relations->member[relations->start[key]],
		.count = relations->start[key + 1] - relations->start[key],
	};
}

struct relatives kin_children(const struct tree *tree, const struct device *bridge)
{
	return relatives_of(tree, KINSHIP_BRIDGE, place_of(tree, bridge));
}

struct relatives kin_beside(const struct tree *tree, const struct device *device)
{
	enum kinship kinship = tree_parent(tree, device) ? KINSHIP_BRIDGE :
							   KINSHIP_ROOT_BUS;

	return relatives_of(tree, kinship, keys[kinship](tree, device));
}

struct relatives kin_bus(const struct tree *tree, const struct device *device)
{
	return relatives_of(tree, KINSHIP_BUS, bus_key(tree, device));
}

struct relatives kin_members(const struct tree *tree, const struct group *group)
{
	return relatives_of(tree, KINSHIP_GROUP,
			    (size_t)(group - tree->facts->groups));
}

struct relatives kin_group(const struct tree *tree, const struct device *device)
{
	return relatives_of(tree, KINSHIP_GROUP, group_key(tree, device));
}

struct relatives kin_virtual(const struct tree *tree, const struct device *device)
{
	return relatives_of(tree, KINSHIP_PHYSICAL, place_of(tree, device));
}

struct brood kin_brood(const struct tree *tree, const struct device *device)
{
	return tree->kin.brood[place_of(tree, device)];
}

bool brood_is_whole(const struct brood *brood)
{
	return brood->count == brood->end - brood->first;
}
