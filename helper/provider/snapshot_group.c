// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "provider/snapshot_object.h"

static int add_region(const struct snapshot *snapshot, uint32_t group,
		      struct json_object *object,
		      const struct json_place *place)
{
	struct region *region;
	int ret = snapshot_check_object(object, place);

	if (ret)
		return ret;
	region = facts_add_region(snapshot->facts);
	if (!region)
		return snapshot_no_memory(snapshot);
	region->group = group;
	ret = json_read_record(object, region_fields, REGION_FIELDS, region,
			       place);
	for (unsigned int i = 0; !ret && i < REGION_FIELDS; i++)
		if (i != REGION_KIND && !field_known(region, i))
			ret = json_refuse(place, region_fields[i].name,
					  "is missing");
	if (!ret && region->end < region->start)
		ret = json_refuse(place, "end", "is before its start");
	return ret;
}

static int add_regions(const struct snapshot *snapshot,
		       struct json_object *object, const struct group *group,
		       const struct json_place *place)
{
	struct json_object *array;
	size_t count = 0;
	int ret = snapshot_member(object, place, "reserved_regions",
				  json_type_array, false, &array);

	if (!ret && array)
		count = json_object_array_length(array);
	for (size_t i = 0; !ret && i < count; i++) {
		struct json_place region = snapshot_place(snapshot,
			"%s.reserved_regions[%zu]", place->object, i);

		ret = add_region(snapshot, group->id,
				 json_object_array_get_idx(array, i), &region);
	}
	if (!ret && (array || group->reserved_count) &&
	    (!field_known(group, GROUP_RESERVED_COUNT) ||
	     group->reserved_count != count))
		ret = json_refuse(place, "reserved_count",
				  "is not the number of reserved_regions, %zu",
				  count);
	return ret;
}

static int add_group(const struct snapshot *snapshot,
		     struct json_object *object, size_t index)
{
	struct json_place place = snapshot_place(snapshot, "groups[%zu]",
						 index);
	struct group *group;
	int ret = snapshot_check_object(object, &place);

	if (ret)
		return ret;
	group = facts_add_group(snapshot->facts);
	if (!group)
		return snapshot_no_memory(snapshot);
	ret = json_read_record(object, group_fields, GROUP_FIELDS, group,
			       &place);
	if (!ret && !field_known(group, GROUP_ID))
		ret = json_refuse(&place, "id", "is missing");
	return ret ? ret : add_regions(snapshot, object, group, &place);
}

int snapshot_add_groups(const struct snapshot *snapshot)
{
	struct json_place top = snapshot_place(snapshot, "%s", "");
	struct json_object *array;
	int ret = snapshot_member(snapshot->root, &top, "groups",
				  json_type_array, true, &array);

	for (size_t i = 0; !ret && i < json_object_array_length(array); i++)
		ret = add_group(snapshot, json_object_array_get_idx(array, i),
				i);
	return ret;
}

/* A group's list, as places in facts->devices, each once. */
static int mark_members(const struct snapshot *snapshot,
			struct json_object *array, uint32_t id,
			const struct json_place *place, bool *listed)
{
	const struct facts *facts = snapshot->facts;
	int ret = 0;

	for (size_t i = 0; !ret && i < json_object_array_length(array); i++) {
		const struct device *device = NULL;
		struct bdf address;

		if (json_read_address(json_object_array_get_idx(array, i),
				      &address))
			return json_refuse(place, "devices",
				"must be an array of PCI addresses");
		device = facts_find(facts, address);
		if (!device || !device_has(device, DEVICE_GROUP) ||
		    device->group != id || listed[device - facts->devices])
			ret = json_refuse(place, "devices",
				"item %zu contradicts devices: it is not there, in another group, or here twice",
				i);
		else
			listed[device - facts->devices] = true;
	}
	return ret;
}

static int mark_all(const struct snapshot *snapshot, bool *listed)
{
	struct json_object *groups, *group, *id, *array;
	int ret = 0;

	json_object_object_get_ex(snapshot->root, "groups", &groups);
	for (size_t i = 0; !ret && i < json_object_array_length(groups); i++) {
		struct json_place place = snapshot_place(snapshot,
							 "groups[%zu]", i);

		group = json_object_array_get_idx(groups, i);
		json_object_object_get_ex(group, "id", &id);
		ret = snapshot_member(group, &place, "devices",
				      json_type_array, true, &array);
		if (!ret)
			ret = mark_members(snapshot, array,
				(uint32_t)json_object_get_uint64(id), &place,
				listed);
	}
	return ret;
}

int snapshot_check_members(const struct snapshot *snapshot)
{
	const struct facts *facts = snapshot->facts;
	bool *listed = calloc(facts->device_count + 1, sizeof(*listed));
	int ret = listed ? mark_all(snapshot, listed) : snapshot_no_memory(snapshot);

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		char address[BDF_TEXT];

		if (listed[i] || !device_has(&facts->devices[i], DEVICE_GROUP))
			continue;
		ret = problem_set(snapshot->problem, -EBADMSG,
			"%s: groups: the list of group %u does not have %s",
			snapshot->name, facts->devices[i].group,
			bdf_format(facts->devices[i].address, address));
	}
	free(listed);
	return ret;
}
