// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/moment.h"
#include "provider/snapshot_object.h"

static int check_known(const void *record, const struct field *table,
		       const unsigned int *must, size_t count,
		       const struct json_place *place)
{
	for (size_t i = 0; i < count; i++)
		if (!field_known(record, must[i]))
			return json_refuse(place, table[must[i]].name,
					   "is missing");
	return 0;
}

static int add_source(const struct snapshot *snapshot,
		      struct json_object *object,
		      const struct json_place *place)
{
	static const unsigned int must[] = {
		SOURCE_INDEX, SOURCE_NAME, SOURCE_STATE, SOURCE_RECORDS,
		SOURCE_UNATTRIBUTED, SOURCE_OVERFLOWS, SOURCE_FAULTS_AT_LEAST,
	};
	struct source *source = faults_add_source(&snapshot->facts->faults);
	int ret;

	if (!source)
		return snapshot_no_memory(snapshot);
	ret = json_read_record(object, source_fields, SOURCE_FIELDS, source,
			       place);
	if (!ret)
		ret = check_known(source, source_fields, must,
				  sizeof(must) / sizeof(*must), place);
	if (!ret && field_known(source, SOURCE_UNIT) !=
		    field_known(source, SOURCE_SEGMENT))
		ret = json_refuse(place, NULL, "needs unit and segment, or neither");
	return ret;
}

static int read_reason(const char *code, struct json_object *count,
		       struct requester *requester,
		       const struct json_place *place)
{
	struct reason_count *reason;

	if (strlen(code) != 4 || strncmp(code, "0x", 2) ||
	    strspn(code + 2, "0123456789abcdef") != 2)
		return json_refuse(place, "reasons",
				   "keys must be two hexadecimal digits behind 0x");
	if (!json_object_is_type(count, json_type_int) ||
	    json_object_get_int64(count) < 0)
		return json_refuse(place, "reasons",
				   "values must be whole numbers");
	if (requester->reason_count == REASONS_MAX)
		return json_refuse(place, "reasons", "more than %d",
				   REASONS_MAX);
	reason = &requester->reason[requester->reason_count++];
	reason->code = (uint8_t)strtoul(code, NULL, 16);
	reason->count = json_object_get_uint64(count);
	return 0;
}

static int read_reasons(struct json_object *object, struct requester *requester,
			const struct json_place *place)
{
	struct json_object_iterator at, end;
	struct json_object *reasons;
	int ret = snapshot_member(object, place, "reasons", json_type_object,
				  false, &reasons);

	if (ret || !reasons)
		return ret;
	at = json_object_iter_begin(reasons);
	end = json_object_iter_end(reasons);
	for (; !ret && !json_object_iter_equal(&at, &end);
	     json_object_iter_next(&at))
		ret = read_reason(json_object_iter_peek_name(&at),
				  json_object_iter_peek_value(&at), requester,
				  place);
	return ret;
}

static int add_requester(const struct snapshot *snapshot,
			 struct json_object *object,
			 const struct json_place *place)
{
	static const unsigned int must[] = {
		REQUESTER_ADDRESS, REQUESTER_TOTAL, REQUESTER_READS,
		REQUESTER_WRITES,
	};
	struct requester *requester;
	int ret;

	requester = faults_add_requester(&snapshot->facts->faults);
	if (!requester)
		return snapshot_no_memory(snapshot);
	ret = json_read_record(object, requester_fields, REQUESTER_FIELDS,
			       requester, place);
	if (!ret)
		ret = check_known(requester, requester_fields, must,
				  sizeof(must) / sizeof(*must), place);
	return ret ? ret : read_reasons(object, requester, place);
}

/** typedef add_item - takes an object of a list */
typedef int add_item(const struct snapshot *snapshot,
		     struct json_object *object,
		     const struct json_place *place);

static int add_list(const struct snapshot *snapshot, struct json_object *object,
		    const struct json_place *place, const char *key,
		    add_item *add)
{
	struct json_object *array;
	int ret = snapshot_member(object, place, key, json_type_array, true,
				  &array);

	for (size_t i = 0; !ret && i < json_object_array_length(array); i++) {
		struct json_object *item = json_object_array_get_idx(array, i);
		struct json_place inside = snapshot_place(snapshot,
			"%s.%s[%zu]", place->object, key, i);

		ret = snapshot_check_object(item, &inside);
		if (!ret)
			ret = add(snapshot, item, &inside);
	}
	return ret;
}

static int read_head(const struct snapshot *snapshot,
		     struct json_object *object,
		     const struct json_place *place)
{
	struct faults *faults = &snapshot->facts->faults;
	struct json_object *value;

	if (!json_object_object_get_ex(object, "time", &value))
		return json_refuse(place, "time", "is missing");
	if (json_read_time(value, &faults->time))
		return json_refuse(place, "time",
				   "must be a time in UTC, " MOMENT_FORM);
	if (!json_object_object_get_ex(object, "detailed", &value))
		return 0;
	if (!json_object_is_type(value, json_type_boolean))
		return json_refuse(place, "detailed", "must be true or false");
	faults->detailed = json_object_get_boolean(value);
	return 0;
}

int snapshot_add_faults(const struct snapshot *snapshot)
{
	struct json_place top = snapshot_place(snapshot, "%s", "");
	struct json_place place = snapshot_place(snapshot, "faults");
	struct json_object *object;
	int ret = snapshot_member(snapshot->root, &top, "faults",
				  json_type_object, false, &object);

	if (ret || !object)
		return ret;
	ret = read_head(snapshot, object, &place);
	if (!ret)
		ret = add_list(snapshot, object, &place, "sources", add_source);
	if (!ret)
		ret = add_list(snapshot, object, &place, "requesters",
			       add_requester);
	snapshot->facts->faults.told = !ret;
	return ret;
}
