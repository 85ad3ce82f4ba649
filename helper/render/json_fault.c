// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "model/text.h"
#include "render/json_fault.h"
#include "render/json_record.h"

struct json_object *json_source(const struct source *source)
{
	return json_record(source_fields, SOURCE_FIELDS, source);
}

static int add_reasons(struct json_object *to, const struct requester *requester)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add(to, "reasons", object);

	for (uint8_t i = 0; !ret && i < requester->reason_count; i++) {
		const struct reason_count *reason = &requester->reason[i];
		char code[sizeof("0x00")];

		text_print(code, sizeof(code), "0x%02x", reason->code);
		ret = json_add(object, code,
			       json_object_new_uint64(reason->count));
	}
	return ret;
}

struct json_object *json_requester(const struct requester *requester)
{
	struct json_object *object = json_record(requester_fields,
						 REQUESTER_FIELDS, requester);

	return json_finished(object, add_reasons(object, requester));
}

static struct json_object *make_kept(const struct requester *requester)
{
	struct requester kept = *requester;

	kept.known &= ~(UINT64_C(1) << REQUESTER_LAST_ADDRESS |
			UINT64_C(1) << REQUESTER_LAST_PASID);
	return json_requester(&kept);
}

static int add_lists(struct json_object *to, const struct faults *faults)
{
	struct json_object *sources = json_object_new_array();
	struct json_object *requesters = json_object_new_array();
	int ret = json_add(to, "sources", sources);

	if (json_add(to, "requesters", requesters))
		return -ENOMEM;
	for (size_t i = 0; !ret && i < faults->source_count; i++)
		ret = json_append(sources, json_source(&faults->sources[i]));
	for (size_t i = 0; !ret && i < faults->requester_count; i++)
		ret = json_append(requesters,
				  make_kept(&faults->requesters[i]));
	return ret;
}

int json_add_kept_faults(struct json_object *to, const struct faults *faults)
{
	struct json_object *object;
	int ret;

	if (!faults->told)
		return 0;
	object = json_object_new_object();
	ret = json_add(to, "faults", object);
	if (!ret)
		ret = json_add(object, "time", json_time(faults->time));
	if (!ret)
		ret = json_add(object, "detailed",
			       json_object_new_boolean(faults->detailed));
	return ret ? ret : add_lists(object, faults);
}
