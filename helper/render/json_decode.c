// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "render/json.h"
#include "render/json_decode.h"
#include "render/json_record.h"

static struct json_object *make_hex(uint64_t value, int digits)
{
	char text[sizeof("0x0123456789abcdef")];

	text_print(text, sizeof(text), "0x%0*llx", digits,
		   (unsigned long long)value);
	return json_text(text);
}

/* Nothing, where there is no text. */
static int add_text(struct json_object *to, const char *key, const char *text)
{
	return text && *text ? json_add(to, key, json_text(text)) : 0;
}

static int add_texts(struct json_object *to, const char *key,
		     const struct text_list *list)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, key, array);

	for (size_t i = 0; !ret && i < list->count; i++)
		ret = json_append(array, json_text(list->item[i]));
	return ret;
}

static int add_requester(struct json_object *to, const struct decoded *decoded)
{
	const struct fault *fault = &decoded->row->fault;
	int ret = 0;

	if (fault->has_requester)
		ret = json_add(to, "requester",
			       json_address(decoded->origin.address));
	if (!ret && fault->has_requester && !fault->has_segment)
		ret = json_add(to, "segment_assumed",
			       json_object_new_boolean(true));
	if (!ret && fault->has_stream)
		ret = json_add(to, "stream",
			       json_object_new_int64(fault->stream));
	if (!ret)
		ret = add_text(to, "client", fault->client);
	return ret ? ret : add_text(to, "unit", fault->unit);
}

static int add_reason(struct json_object *to, const struct fault *fault)
{
	const struct fault_reason *reason;
	int ret;

	if (!fault->has_code)
		return 0;
	reason = fault_reason_find(fault->driver, fault->code);
	ret = json_add(to, "reason", make_hex(fault->code, 4));
	if (!ret && reason)
		ret = add_text(to, "event", reason->event);
	return ret ? ret : json_add(to, "reason_words", json_text(
		fault_reason_words(fault->driver, fault->code)));
}

static int add_access(struct json_object *to, const struct fault *fault)
{
	int ret = add_text(to, "kind",
			   names_get(&fault_kind_names, fault->kind));

	if (!ret && fault->has_pasid)
		ret = json_add(to, "pasid",
			       json_object_new_int64(fault->pasid));
	if (!ret)
		ret = add_reason(to, fault);
	if (!ret && fault->has_flags)
		ret = json_add(to, "flags", make_hex(fault->flags, 4));
	if (!ret && fault->has_flags && fault->kind)
		ret = json_add(to, "flag_words",
			       json_names(&fault_flag_names, fault->flags));
	return ret;
}

static int add_places(struct json_object *to, const struct tally_row *row)
{
	bool index = row->fault.kind == FAULT_INTERRUPT &&
		     row->fault.driver == FAULT_VTD;
	int digits = index ? 4 : 16;
	int ret = json_add(to, "count",
			   json_object_new_int64((int64_t)row->count));

	if (!ret && row->fault.has_address)
		ret = json_add(to, index ? "first_index" : "first_address",
			       make_hex(row->fault.address, digits));
	if (!ret && row->fault.has_address)
		ret = json_add(to, index ? "last_index" : "last_address",
			       make_hex(row->last_address, digits));
	if (!ret)
		ret = add_text(to, "first_time", row->first);
	return ret ? ret : add_text(to, "last_time", row->last);
}

static struct json_object *make_decoded(const struct decoded *decoded)
{
	const struct device *device = decoded->origin.device;
	struct json_object *object = json_object_new_object();
	int ret = json_add(object, "driver", json_text(names_get(
			&fault_driver_names, decoded->row->fault.driver)));

	if (!ret)
		ret = add_requester(object, decoded);
	if (!ret)
		ret = add_access(object, &decoded->row->fault);
	if (!ret)
		ret = add_places(object, decoded->row);
	if (!ret && device)
		ret = json_add(object, "device", json_device(device));
	if (!ret)
		ret = add_texts(object, "remarks", &decoded->origin.remarks);
	if (!ret)
		ret = json_add(object, "cause", json_text(decoded->cause->id));
	if (!ret)
		ret = json_add(object, "likely",
			       json_text(decoded->cause->likely));
	return json_finished(object, ret);
}

static struct json_object *make_log(const struct fault_log *log)
{
	const struct {
		const char *key;
		uint64_t value;
	} counts[] = {
		{ "lines", log->lines }, { "faults", log->faults },
		{ "not_understood", log->damaged },
		{ "not_kernel", log->foreign },
		{ "reports", log->reports }, { "suppressed", log->suppressed },
		{ "left_out", log->tally.left_out },
	};
	struct json_object *object = json_object_new_object();
	int ret = object ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < sizeof(counts) / sizeof(counts[0]); i++)
		ret = json_add(object, counts[i].key,
			       json_object_new_int64((int64_t)counts[i].value));
	if (!ret)
		ret = json_add(object, "overflow",
			       json_object_new_boolean(log->overflow));
	if (!ret)
		ret = add_text(object, "kernel", log->kernel);
	if (!ret)
		ret = add_texts(object, "not_understood_lines",
				&log->damaged_text);
	return json_finished(object, ret);
}

struct json_object *json_decode(const struct decoding *decoding)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	int ret = json_add_common(object, decoding->facts, &decoding->remarks);

	if (!ret)
		ret = json_add(object, "log", make_log(decoding->log));
	if (json_add(object, "faults", array))
		ret = -ENOMEM;
	for (size_t i = 0; !ret && i < decoding->count; i++)
		ret = json_append(array, make_decoded(&decoding->item[i]));
	return json_finished(object, ret);
}
