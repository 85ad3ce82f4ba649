// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "render/faults.h"
#include "render/json.h"
#include "render/json_fault.h"
#include "render/json_record.h"

/* Takes a text that was made for this over. */
static int add_own_text(struct json_object *to, const char *key, char *text)
{
	int ret = text ? json_add(to, key, json_text(text)) : -ENOMEM;

	free(text);
	return ret;
}

static int add_bool(struct json_object *to, const char *key, bool value)
{
	return json_add(to, key, json_object_new_boolean(value));
}

static int add_words(struct json_object *to, const struct facts *facts,
		     const struct requester *requester)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add(to, "reason_words", object);

	for (uint8_t i = 0; !ret && i < requester->reason_count; i++) {
		uint8_t code = requester->reason[i].code;
		char key[sizeof("0x00")];

		text_print(key, sizeof(key), "0x%02x", code);
		ret = json_add(object, key, json_text(
			suspect_reason(&facts->faults, requester, code)));
	}
	return ret;
}

static int add_forgers(struct json_object *to, const struct set *forgers)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "forgers", array);

	for (size_t i = 0; !ret && i < forgers->count; i++)
		ret = json_append(array,
				  json_address(forgers->member[i]->address));
	if (ret || !forgers->left_out)
		return ret;
	return json_add(to, "forgers_left_out",
			json_object_new_int64((int64_t)forgers->left_out));
}

/* Absent where it is not known. */
static int add_forgery(struct json_object *to, const struct forgery *forgery)
{
	int ret;

	if (!forgery->forgeable && forgery->unknown)
		return 0;
	ret = add_bool(to, "forgeable", forgery->forgeable);
	if (ret || !forgery->forgeable)
		return ret;
	return add_forgers(to, &forgery->forgers);
}

static int add_device(struct json_object *to, const struct device *device)
{
	int ret = 0;

	if (device && device_has(device, DEVICE_DRIVER))
		ret = json_add(to, "driver", json_text(device->driver));
	if (!ret && device && device_has(device, DEVICE_GROUP))
		ret = json_add(to, "group",
			       json_object_new_int64(device->group));
	return ret;
}

static struct json_object *make_suspect(const struct facts *facts,
					const struct suspect *suspect)
{
	struct json_object *object = json_requester(suspect->requester);
	int ret = object ? add_device(object, suspect->device) : -ENOMEM;

	if (!ret)
		ret = add_words(object, facts, suspect->requester);
	if (!ret)
		ret = add_bool(object, "faults_at_least", !suspect->exact);
	if (!ret)
		ret = add_forgery(object, &suspect->forgery);
	if (!ret && suspect->identity.kind != IDENTITY_FUNCTION)
		ret = add_own_text(object, "who",
				   identity_explain(&suspect->identity));
	if (!ret && suspect->seconds)
		ret = json_add(object, "faults_per_second",
			       json_object_new_double((double)suspect->grown /
						      suspect->seconds));
	return json_finished(object, ret);
}

static int add_lists(struct json_object *to, const struct facts *facts,
		     const struct suspects *suspects)
{
	const struct faults *faults = &facts->faults;
	struct json_object *sources = json_object_new_array();
	struct json_object *requesters = json_object_new_array();
	int ret = json_add(to, "sources", sources);

	if (json_add(to, "requesters", requesters))
		return -ENOMEM;
	for (size_t i = 0; !ret && i < faults->source_count; i++)
		ret = json_append(sources, json_source(&faults->sources[i]));
	for (size_t i = 0; !ret && i < suspects->count; i++)
		ret = json_append(requesters,
				  make_suspect(facts, &suspects->item[i]));
	return ret;
}

static int add_watch(struct json_object *to, const struct facts *facts,
		     const struct suspects *suspects)
{
	int ret = add_bool(to, "watched", suspects_all_watched(suspects));

	if (!ret && suspects->gap)
		ret = json_add(to, "unwatched", json_address(suspects->gap->address));
	if (!ret && suspects->gap)
		ret = add_own_text(to, "unwatched_reason",
				   watch_explain(&suspects->why, facts));
	if (ret || !facts->faults.told)
		return ret;
	ret = json_add(to, "time", json_time(facts->faults.time));
	return ret ? ret : add_bool(to, "detailed", facts->faults.detailed);
}

static int add_hidden(struct json_object *to, const struct facts *facts,
		      const struct suspects *suspects)
{
	const struct faults *faults = &facts->faults;
	int ret = 0;

	if (faults->told && !faults->detailed &&
	    (faults_hidden(faults) || !faults_hide_some(faults)))
		ret = json_add(to, "records_not_shown",
			       json_object_new_uint64(faults_hidden(faults)));
	if (ret || !suspects->remainder.device)
		return ret;
	return add_own_text(to, "uncertain",
			    remainder_explain(&suspects->remainder, faults));
}

struct json_object *faults_json(const struct facts *facts,
				const struct suspects *suspects)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add_common(object, facts, NULL);

	if (!ret)
		ret = add_watch(object, facts, suspects);
	if (!ret)
		ret = add_hidden(object, facts, suspects);
	if (!ret)
		ret = add_lists(object, facts, suspects);
	return json_finished(object, ret);
}
