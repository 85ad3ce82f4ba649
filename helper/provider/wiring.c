// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "provider/wiring.h"

/** struct way - a bridge and the bus that it leads to */
struct way {
	uint32_t segment;
	uint8_t bus;
	size_t bridge;
};

struct ways {
	struct way *item;
	size_t count;
};

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

/* Whether the registers of a physical function give it a virtual one there. */
static bool is_virtual_of(const struct device *physical,
			  const struct sriov *sriov, struct bdf address)
{
	int distance = address.id - physical->address.id - sriov->offset;

	if (address.segment != physical->address.segment || distance < 0 ||
	    !sriov->count)
		return false;
	if (!distance)
		return true;
	return sriov->stride && distance % sriov->stride == 0 &&
	       distance / sriov->stride < sriov->count;
}

static void find_physical(const struct wiring *wiring, struct device *virtual)
{
	const struct facts *facts = wiring->facts;

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *physical = &facts->devices[i];
		const struct sriov *sriov = &wiring->connection[i].sriov;

		if (!is_virtual_of(physical, sriov, virtual->address))
			continue;
		field_set_address(device_fields, DEVICE_PHYSFN, virtual,
				  physical->address);
		if (device_has(physical, DEVICE_VENDOR)) {
			set(virtual, DEVICE_VENDOR, physical->vendor);
			set(virtual, DEVICE_DEVICE, sriov->device);
		}
		return;
	}
}

void wiring_mark_virtual(const struct wiring *wiring)
{
	const struct facts *facts = wiring->facts;

	for (size_t i = 0; i < facts->device_count; i++) {
		struct device *device = &facts->devices[i];
		const struct sriov *sriov = &wiring->connection[i].sriov;

		if (!wiring->connection[i].named)
			find_physical(wiring, device);
		if (!sriov->total)
			continue;
		set(device, DEVICE_TOTAL_VFS, sriov->total);
		set(device, DEVICE_NUM_VFS, sriov->count);
	}
}

static int compare_ways(const struct way *a, const struct way *b)
{
	if (a->segment != b->segment)
		return a->segment < b->segment ? -1 : 1;
	return a->bus - b->bus;
}

static int by_bus(const void *a, const void *b)
{
	const struct way *x = a, *y = b;
	int order = compare_ways(x, y);

	return order ? order : x->bridge < y->bridge ? -1 : 1;
}

static int note_backwards(struct facts *facts,
			  const struct device *bridge, unsigned int bus)
{
	char text[BDF_TEXT];

	return text_list_add(&facts->unseen,
		"what is below %s: it names bus %02x, which cannot be below its own",
		bdf_format(bridge->address, text), bus);
}

/* Bridges lead to buses of higher numbers only; so there is no way in a ring. */
static int collect_ways(const struct wiring *wiring, struct ways *ways)
{
	struct facts *facts = wiring->facts;
	int ret = 0;

	ways->item = calloc(facts->device_count + 1, sizeof(*ways->item));
	if (!ways->item)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		uint8_t bus = wiring->connection[i].bridge.secondary;

		if (bus > bdf_bus(device->address))
			ways->item[ways->count++] = (struct way){
				device->address.segment, bus, i };
		else if (bus)
			ret = note_backwards(facts, device, bus);
	}
	qsort(ways->item, ways->count, sizeof(*ways->item), by_bus);
	return ret;
}

/* Of several bridges to a bus the first counts, as for the kernel. */
static int drop_doubles(struct facts *facts, struct ways *ways)
{
	size_t kept = 0;
	int ret = 0;

	for (size_t i = 1; !ret && i < ways->count; i++) {
		const struct way *way = &ways->item[i];
		char one[BDF_TEXT], other[BDF_TEXT];

		if (compare_ways(way, &ways->item[kept])) {
			ways->item[++kept] = *way;
			continue;
		}
		bdf_format(facts->devices[ways->item[kept].bridge].address, one);
		bdf_format(facts->devices[way->bridge].address, other);
		ret = text_list_add(&facts->unseen,
			"what is below %s: it names bus %02x, as %s does", other,
			way->bus, one);
	}
	if (ways->count)
		ways->count = kept + 1;
	return ret;
}

static const struct way *find_way(const struct ways *ways, struct bdf address)
{
	struct way key = { address.segment, bdf_bus(address), 0 };
	size_t low = 0, high = ways->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_ways(&ways->item[middle], &key);

		if (!order)
			return &ways->item[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Others of these types are at home on a root bus, or have a link above. */
static bool belongs_on_root(const struct device *device)
{
	return device->port_type == PORT_ROOT ||
	       device->port_type == PORT_RC_ENDPOINT ||
	       device->port_type == PORT_RC_EVENT_COLLECTOR ||
	       device->class >> 8 == 0x0600;
}

static bool is_switch(const struct device *device)
{
	return device->port_type == PORT_UPSTREAM ||
	       device->port_type == PORT_DOWNSTREAM;
}

/*
 * Whether a bus that no bridge leads to is a root bus. In a part of a machine
 * it may as well be one whose bridge was left out. Bus 0 is one always, but for
 * what cannot be.
 */
static bool is_root_bus(const struct device *first, size_t count)
{
	bool root = !bdf_bus(first->address);

	for (size_t i = 0; i < count; i++) {
		if (is_switch(&first[i]))
			return false;
		root |= belongs_on_root(&first[i]);
	}
	return root;
}

static size_t count_on_bus(const struct facts *facts, size_t first)
{
	const struct device *device = &facts->devices[first];
	size_t count = 1;

	while (first + count < facts->device_count &&
	       device[count].address.segment == device->address.segment &&
	       bdf_bus(device[count].address) == bdf_bus(device->address))
		count++;
	return count;
}

static int note_orphans(struct facts *facts, const struct device *first)
{
	return text_list_add(&facts->unseen,
		"what is above bus %04x:%02x: no bridge leads there",
		first->address.segment, bdf_bus(first->address));
}

/* Virtual functions are where their physical one is, on whatever bus. */
static int place_bus(const struct wiring *wiring, const struct ways *ways,
		     size_t first, size_t count)
{
	struct facts *facts = wiring->facts;
	struct device *device = &facts->devices[first];
	const struct way *way = find_way(ways, device->address);
	bool root = is_root_bus(device, count);
	bool orphans = false;

	for (size_t i = 0; i < count; i++) {
		if (device_has(&device[i], DEVICE_PHYSFN))
			continue;
		if (way || root)
			set(&device[i], DEVICE_ROOT_BUS, !way);
		if (way)
			field_set_address(device_fields, DEVICE_PARENT,
				&device[i],
				facts->devices[way->bridge].address);
		else if (!root)
			set(&device[i], DEVICE_PARENT_UNKNOWN, REASON_NO_ACCESS);
		orphans |= !way && !root;
	}
	return orphans ? note_orphans(facts, device) : 0;
}

static void place_virtual(const struct facts *facts, struct device *virtual)
{
	const struct device *physical = facts_find(facts, virtual->physfn);

	if (device_has(physical, DEVICE_ROOT_BUS))
		set(virtual, DEVICE_ROOT_BUS, physical->root_bus);
	if (device_has(physical, DEVICE_PARENT))
		field_set_address(device_fields, DEVICE_PARENT, virtual,
				  physical->parent);
	if (device_has(physical, DEVICE_PARENT_UNKNOWN))
		set(virtual, DEVICE_PARENT_UNKNOWN, physical->parent_unknown);
}

static int place_all(const struct wiring *wiring, const struct ways *ways)
{
	struct facts *facts = wiring->facts;
	size_t count;
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i += count) {
		count = count_on_bus(facts, i);
		ret = place_bus(wiring, ways, i, count);
	}
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (device_has(&facts->devices[i], DEVICE_PHYSFN))
			place_virtual(facts, &facts->devices[i]);
	return ret;
}

/* Its number in its device; with ARI there is one device on a bus. */
static unsigned int function_number(const struct wiring *wiring,
				    const struct ways *ways,
				    const struct device *device)
{
	const struct way *way = find_way(ways, device->address);

	if (way && wiring->connection[way->bridge].bridge.ari)
		return device->address.id & 0xff;
	return bdf_function(device->address);
}

static bool is_beside(const struct device *a, const struct device *b)
{
	return a->address.segment == b->address.segment &&
	       a->address.id >> 3 == b->address.id >> 3;
}

static bool has_sibling(const struct facts *facts, size_t index)
{
	const struct device *device = &facts->devices[index];

	return index + 1 < facts->device_count &&
	       is_beside(device, device + 1);
}

/* As the kernel's pci_scan_slot(); of a function 0 its header says so. */
static bool is_one_of_several(const struct wiring *wiring,
			      const struct ways *ways, size_t index)
{
	const struct device *device = &wiring->facts->devices[index];

	if (device_has(device, DEVICE_PHYSFN))
		return false;
	if (function_number(wiring, ways, device))
		return true;
	if (wiring->connection[index].header)
		return wiring->connection[index].several;
	return has_sibling(wiring->facts, index);
}

int wiring_link(const struct wiring *wiring)
{
	struct facts *facts = wiring->facts;
	struct ways ways = { 0 };
	int ret = collect_ways(wiring, &ways);

	if (!ret)
		ret = drop_doubles(facts, &ways);
	if (!ret)
		ret = place_all(wiring, &ways);
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		set(&facts->devices[i], DEVICE_MULTIFUNCTION,
		    is_one_of_several(wiring, &ways, i));
	free(ways.item);
	return ret;
}
