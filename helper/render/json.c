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

static struct json_object *finished(struct json_object *object, int error)
{
	if (!error)
		return object;
	json_object_put(object);
	return NULL;
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
	return finished(object, ret);
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

struct json_object *json_list(const struct facts *facts)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add_common(object, facts, NULL);

	if (!ret)
		ret = json_add_devices(object, facts);
	if (!ret)
		ret = json_add_groups(object, facts);
	return finished(object, ret);
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
	return finished(object, ret);
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
	return finished(object, ret);
}

static int add_paths(struct json_object *to, const struct path *path,
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
		ret = add_paths(object, path, 1);
	return finished(object, ret);
}

static int add_set(struct json_object *to, const char *key,
		   const struct set *set)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, key, array);

	for (size_t i = 0; !ret && i < set->count; i++)
		ret = json_append(array, json_address(set->member[i]->address));
	return ret;
}

static int add_crossing(struct json_object *to, const struct crossing *crossing)
{
	int ret;

	if (!crossing)
		return 0;
	ret = json_add(to, "hop", json_address(crossing->hop->device->address));
	return ret ? ret : add_set(to, "victims", &crossing->victims);
}

static struct json_object *make_finding(const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	const struct {
		const char *key;
		const char *text;
	} texts[] = {
		{ "id", rule->id },
		{ "severity", names_get(&severity_names, rule->severity) },
		{ "evidence", finding->evidence },
		{ "why", rule->why },
		{ "remedy", rule->remedy },
	};
	struct json_object *object = json_object_new_object();
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(texts) / sizeof(*texts); i++)
		ret = json_add(object, texts[i].key, json_text(texts[i].text));
	if (!ret)
		ret = json_add(object, "device",
			       json_address(finding->device->address));
	if (!ret)
		ret = add_crossing(object, finding->crossing);
	return finished(object, ret);
}

static int add_findings(struct json_object *to,
			const struct judgement *judgement)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "findings", array);

	for (size_t i = 0; !ret && i < judgement->finding_count; i++)
		ret = json_append(array, make_finding(&judgement->finding[i]));
	return ret;
}

/* Nobody counts faults yet: known, and not the same as "no faults". */
static int add_faults(struct json_object *to)
{
	struct json_object *faults = json_object_new_object();
	int ret = json_add(to, "faults", faults);

	return ret ? ret : json_add(faults, "watched",
				    json_object_new_boolean(0));
}

struct json_object *json_check(const struct inquiry *inquiry,
			       const struct judgement *judgement)
{
	struct json_object *object = json_object_new_object();
	int ret;

	ret = json_add_common(object, inquiry->tree->facts, &judgement->unseen);
	if (!ret)
		ret = json_add(object, "verdict", json_text(
			names_get(&verdict_names, judgement->verdict)));
	if (!ret && judgement->basis != BASIS_UNKNOWN)
		ret = json_add(object, "basis", json_text(
			names_get(&basis_names, judgement->basis)));
	if (!ret)
		ret = add_set(object, "set", &inquiry->set);
	if (!ret)
		ret = add_faults(object);
	if (!ret)
		ret = add_findings(object, judgement);
	if (!ret)
		ret = add_paths(object, inquiry->path, inquiry->set.count);
	return finished(object, ret);
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
