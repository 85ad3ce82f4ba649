// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "model/schema.h"
#include "render/json.h"
#include "render/json_record.h"

static int add_list(struct json_object *to, const char *key,
		    const struct text_list *first,
		    const struct text_list *second)
{
	const struct text_list *lists[] = { first, second };
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, key, array);

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; !ret && lists[i] && j < lists[i]->count; j++)
			ret = json_append(array,
					  json_text(lists[i]->item[j]));
	return ret;
}

int json_add_common(struct json_object *to, const struct facts *facts,
		    const struct text_list *unseen)
{
	int ret;

	ret = json_add(to, "schema_version",
		       json_object_new_int(SCHEMA_VERSION));
	if (!ret)
		ret = json_add(to, "provider", json_text(facts->provider));
	if (!ret)
		ret = json_add(to, "kernel", json_text(facts->kernel));
	return ret ? ret : add_list(to, "unseen", &facts->unseen, unseen);
}

struct json_object *json_device(const struct device *device)
{
	return json_record(device_fields, DEVICE_FIELDS, device);
}

/* A group with its lists, which are still empty. */
static struct json_object *make_group(const struct group *group)
{
	struct json_object *object = json_record(group_fields, GROUP_FIELDS,
						 group);
	int ret = json_add(object, "devices", json_object_new_array());

	if (!ret && field_known(group, GROUP_RESERVED_COUNT))
		ret = json_add(object, "reserved_regions",
			       json_object_new_array());
	return json_finished(object, ret);
}

int json_add_devices(struct json_object *to, const struct facts *facts)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "devices", array);

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		ret = json_append(array, json_device(&facts->devices[i]));
	return ret;
}

/* Into the list @key of the group @id of @groups, if it has such a list. */
static int add_to_group(struct json_object *groups, const struct facts *facts,
			uint32_t id, const char *key, struct json_object *value)
{
	const struct group *group = facts_group(facts, id);
	struct json_object *object = NULL, *list = NULL;

	if (group)
		object = json_object_array_get_idx(groups,
			(size_t)(group - facts->groups));
	if (json_object_object_get_ex(object, key, &list))
		return json_append(list, value);
	json_object_put(value);
	return 0;
}

int json_add_groups(struct json_object *to, const struct facts *facts)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "groups", array);

	for (size_t i = 0; !ret && i < facts->group_count; i++)
		ret = json_append(array, make_group(&facts->groups[i]));
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (device_has(&facts->devices[i], DEVICE_GROUP))
			ret = add_to_group(array, facts,
				facts->devices[i].group, "devices",
				json_address(facts->devices[i].address));
	for (size_t i = 0; !ret && i < facts->region_count; i++)
		ret = add_to_group(array, facts, facts->regions[i].group,
			"reserved_regions",
			json_record(region_fields, REGION_FIELDS,
				    &facts->regions[i]));
	return ret;
}

static struct json_object *make_hop(const struct hop *hop)
{
	struct json_object *object = json_object_new_object();
	const char *type = names_get(&port_type_names, hop->device->port_type);
	const char *reason = names_get(&reason_names, hop->acs.reason);
	int ret;

	ret = json_add(object, "bdf", json_address(hop->device->address));
	if (!ret && type)
		ret = json_add(object, "port_type", json_text(type));
	if (!ret)
		ret = json_add(object, "basis", json_text(
			names_get(&basis_names, hop->basis)));
	if (!ret && hop->basis == BASIS_UNKNOWN && reason)
		ret = json_add(object, "acs_unknown", json_text(reason));
	if (!ret)
		ret = json_add(object, "missing",
			       json_names(&acs_bit_names, hop->acs.missing));
	return json_finished(object, ret);
}

static struct json_object *make_path(const struct path *path)
{
	struct json_object *object = json_object_new_object();
	struct json_object *hops = json_object_new_array();
	int ret;

	ret = json_add(object, "device",
		       json_address(path->hop[0].device->address));
	if (json_add(object, "hops", hops))
		ret = -ENOMEM;
	for (size_t i = 0; !ret && i < path->count; i++)
		ret = json_append(hops, make_hop(&path->hop[i]));
	return json_finished(object, ret);
}

int json_add_paths(struct json_object *to, const struct path *path,
		     size_t count)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "path", array);

	for (size_t i = 0; !ret && i < count; i++)
		ret = json_append(array, make_path(&path[i]));
	return ret;
}

struct json_object *json_show(const struct facts *facts,
			      const struct path *path)
{
	struct json_object *object = json_device(path->hop[0].device);
	int ret = object ? json_add_common(object, facts, NULL) : -ENOMEM;

	if (!ret)
		ret = json_add_paths(object, path, 1);
	return json_finished(object, ret);
}

int json_print(FILE *stream, struct json_object *object)
{
	const char *text;

	text = object ? json_object_to_json_string_ext(object,
		JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
		JSON_C_TO_STRING_NOSLASHESCAPE) : NULL;
	if (text)
		fprintf(stream, "%s\n", text);
	json_object_put(object);
	return text ? 0 : -ENOMEM;
}
