// SPDX-License-Identifier: GPL-2.0
/*
 * Names in brackets are those of drivers/iommu/iommu.c, whose steps are kept in
 * their order: the first group that is found wins. What the kernel repeats for
 * every device of the machine is kept here once it is known, and only the bus of
 * a device is searched.
 *
 * Where a fact is missing the wider answer is taken, and the group that it
 * decided about is marked.
 */
#include <stdlib.h>
#include <string.h>

#include "predict/grouping.h"
#include "predict/scope.h"
#include "predict/way.h"

#define NOBODY SIZE_MAX

/**
 * struct grouping - the state of the whole run
 * @visited: functions of a bus that one search has been at [devfns]
 * @found: a device that has a group; NOBODY as long as none was found
 * @joining: by which step
 * @through: of JOIN_PATH
 * @unsure: a missing fact decided about the device at hand
 */
struct grouping {
	struct prediction *prediction;
	const struct device *devices;
	size_t count;
	struct ways ways;
	uint8_t visited[DEVFNS / 8];
	size_t found;
	enum joining joining;
	const struct device *through;
	bool unsure;
};

static size_t index_of(const struct grouping *grouping,
		       const struct device *device)
{
	return device ? (size_t)(device - grouping->devices) : NOBODY;
}

static size_t parent_of(const struct grouping *grouping, size_t index)
{
	return index_of(grouping, tree_parent(grouping->prediction->tree,
					      &grouping->devices[index]));
}

/* Stop at a device that has a group [iommu_group_get()]. */
static bool finds(struct grouping *grouping, size_t index, enum joining joining)
{
	if (!grouping->prediction->place[index].grouped)
		return false;
	grouping->found = index;
	grouping->joining = joining;
	return true;
}

/*
 * Behind Intel's VMD another function issues the requests, and only the module
 * tells which; the segments there are beyond those that firmware can name.
 */
static bool may_have_requester(const struct device *device)
{
	return device->address.segment > 0xffff &&
	       !device_has(device, DEVICE_QUIRKS);
}

/* The function that issues another's requests [pci_real_dma_dev()]. */
static size_t real_requester(struct grouping *grouping, size_t index)
{
	const struct device *device = &grouping->devices[index];
	const struct device *real;

	if (!device_has(device, DEVICE_DMA_DEVICE)) {
		grouping->unsure |= may_have_requester(device);
		return index;
	}
	real = facts_find(grouping->prediction->tree->facts, device->dma_device);
	grouping->unsure |= !real;
	return real ? index_of(grouping, real) : index;
}

/* Whether a bridge puts its own requester ID on what comes from below. */
static bool speaks_for_others(struct grouping *grouping, size_t bridge)
{
	switch (grouping->devices[bridge].port_type) {
	case PORT_CONVENTIONAL:
	case PORT_PCI_TO_PCIE:
		return true;
	case PORT_PCIE_TO_PCI:
		grouping->unsure |= grouping->prediction->fixup[bridge].unknown;
		return !(grouping->prediction->fixup[bridge].marks &
			 QUIRK_NO_BRIDGE_ALIAS);
	case 0:
		grouping->unsure = true;
		return true;
	default:
		return false;
	}
}

/* Up to the last in whose name it speaks [pci_for_each_dma_alias()]. */
static bool find_by_requester(struct grouping *grouping, size_t *top)
{
	size_t bridge;

	*top = real_requester(grouping, *top);
	if (finds(grouping, *top, JOIN_REQUESTER))
		return true;
	for (bridge = parent_of(grouping, *top); bridge != NOBODY;
	     bridge = parent_of(grouping, bridge)) {
		if (grouping->prediction->fixup[bridge].marks &
		    QUIRK_BRIDGE_XLATE_ROOT)
			return false;
		if (!speaks_for_others(grouping, bridge))
			continue;
		*top = bridge;
		if (finds(grouping, bridge, JOIN_REQUESTER))
			return true;
	}
	return false;
}

/* On to where the way up is isolated [pci_acs_path_enabled()]. */
static bool find_by_path(struct grouping *grouping, size_t *top)
{
	size_t bridge;

	for (bridge = parent_of(grouping, *top); bridge != NOBODY;
	     bridge = parent_of(grouping, bridge)) {
		const struct way *way = ways_from(&grouping->ways, bridge);

		if (way->isolates == ANSWER_YES)
			return false;
		if (!way->isolates)
			grouping->unsure = true;
		grouping->through = &grouping->devices[way->hop];
		*top = bridge;
		if (finds(grouping, bridge, JOIN_PATH))
			return true;
	}
	return false;
}

static bool same_bus(const struct grouping *grouping, size_t a, size_t b)
{
	struct bdf x = grouping->devices[a].address;
	struct bdf y = grouping->devices[b].address;

	return x.segment == y.segment && bdf_bus(x) == bdf_bus(y);
}

static bool same_slot(const struct grouping *grouping, size_t a, size_t b)
{
	return same_bus(grouping, a, b) &&
	       bdf_slot(grouping->devices[a].address) ==
	       bdf_slot(grouping->devices[b].address);
}

/* First function of the run of neighbours that @same holds together. */
static size_t run_start(const struct grouping *grouping, size_t index,
			bool (*same)(const struct grouping *, size_t, size_t))
{
	while (index && same(grouping, index - 1, index))
		index--;
	return index;
}

static uint8_t devfn(const struct grouping *grouping, size_t index)
{
	return grouping->devices[index].address.id & 0xff;
}

/* [pci_devs_are_dma_aliases()], which are functions of one bus here. */
static bool are_aliases(const struct grouping *grouping, size_t a, size_t b)
{
	const struct fixup *fixup = grouping->prediction->fixup;

	return fixup_has_alias(&fixup[a], devfn(grouping, b)) ||
	       fixup_has_alias(&fixup[b], devfn(grouping, a));
}

static bool visit(struct grouping *grouping, size_t index)
{
	uint8_t *byte = &grouping->visited[devfn(grouping, index) / 8];
	uint8_t bit = (uint8_t)(1u << devfn(grouping, index) % 8);

	if (*byte & bit)
		return false;
	*byte |= bit;
	return true;
}

static bool find_by_function(struct grouping *grouping, size_t index);

/* [get_pci_alias_group()] */
static bool find_by_alias(struct grouping *grouping, size_t index,
			  enum joining joining)
{
	size_t i;

	if (!visit(grouping, index))
		return false;
	if (finds(grouping, index, joining))
		return true;
	if (!ways_bus_has_aliases(&grouping->ways, index))
		return false;
	i = run_start(grouping, index, same_bus);
	for (; i < grouping->count && same_bus(grouping, i, index); i++)
		if (i != index && are_aliases(grouping, i, index) &&
		    (find_by_alias(grouping, i, JOIN_ALIAS) ||
		     find_by_function(grouping, i)))
			return true;
	return false;
}

static bool is_one_of_many(const struct grouping *grouping, size_t index)
{
	const struct device *device = &grouping->devices[index];

	return device->multifunction && !device_has(device, DEVICE_PHYSFN);
}

/* [get_pci_function_alias_group()] */
static bool find_by_function(struct grouping *grouping, size_t index)
{
	const struct effective *acs = grouping->prediction->acs;
	size_t i;

	if (!is_one_of_many(grouping, index) ||
	    acs[index].isolates == ANSWER_YES)
		return false;
	i = run_start(grouping, index, same_slot);
	for (; i < grouping->count && same_slot(grouping, i, index); i++) {
		if (i == index || acs[i].isolates == ANSWER_YES ||
		    !find_by_alias(grouping, i, JOIN_FUNCTION))
			continue;
		if (!acs[index].isolates || !acs[i].isolates)
			grouping->unsure = true;
		return true;
	}
	return false;
}

/* The bus is searched for what is the same for all its aliases. */
static bool find_on_bus(struct grouping *grouping, size_t top)
{
	memset(grouping->visited, 0, sizeof(grouping->visited));
	return find_by_alias(grouping, top, JOIN_ALIAS) ||
	       find_by_function(grouping, top);
}

static struct predicted_group *start_group(struct grouping *grouping,
					   size_t index)
{
	struct prediction *prediction = grouping->prediction;
	struct predicted_group *group;

	prediction->place[index].group = (uint32_t)prediction->group_count;
	group = &prediction->group[prediction->group_count++];
	*group = (struct predicted_group){ .first = index };
	return group;
}

static struct predicted_group *join_group(struct grouping *grouping,
					  size_t index)
{
	struct prediction *prediction = grouping->prediction;
	struct place *place = &prediction->place[index];

	place->group = prediction->place[grouping->found].group;
	place->joining = grouping->joining;
	place->with = &grouping->devices[grouping->found];
	if (place->joining == JOIN_PATH)
		place->through = grouping->through;
	return &prediction->group[place->group];
}

/* Of a part of a machine: what is above it may hold others of its group. */
static bool is_cut_off(const struct grouping *grouping, size_t index)
{
	const struct device *top = tree_root(grouping->prediction->tree,
					     &grouping->devices[index]);

	return device_has(top, DEVICE_PARENT_UNKNOWN);
}

/* [pci_device_group()] */
static void place_device(struct grouping *grouping, size_t index)
{
	struct predicted_group *group;
	size_t top = index;

	grouping->found = NOBODY;
	grouping->through = NULL;
	grouping->unsure = grouping->prediction->fixup[index].unknown ||
			   is_cut_off(grouping, index);
	if (find_by_requester(grouping, &top) || find_by_path(grouping, &top) ||
	    find_on_bus(grouping, top))
		group = join_group(grouping, index);
	else
		group = start_group(grouping, index);
	grouping->prediction->place[index].grouped = true;
	group->count++;
	group->uncertain |= grouping->unsure;
}

int grouping_run(struct prediction *prediction, const size_t *order)
{
	const struct facts *facts = prediction->tree->facts;
	struct grouping grouping = { .prediction = prediction,
				     .devices = facts->devices,
				     .count = facts->device_count };
	struct scope scope = scope_of(facts);
	int ret = ways_open(&grouping.ways, prediction);

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (scope_has(&scope, &facts->devices[order[i]]))
			place_device(&grouping, order[i]);
	ways_close(&grouping.ways);
	return ret;
}
