// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/moment.h"
#include "model/text.h"
#include "render/escape.h"
#include "render/json_record.h"

int json_add(struct json_object *object, const char *key,
	     struct json_object *value)
{
	if (object && value && !json_object_object_add(object, key, value))
		return 0;
	json_object_put(value);
	return -ENOMEM;
}

int json_append(struct json_object *array, struct json_object *value)
{
	if (array && value && !json_object_array_add(array, value))
		return 0;
	json_object_put(value);
	return -ENOMEM;
}

struct json_object *json_finished(struct json_object *object, int error)
{
	if (!error)
		return object;
	json_object_put(object);
	return NULL;
}

struct json_object *json_text(const char *text)
{
	char *valid = escape_json(text);
	struct json_object *object;

	object = valid ? json_object_new_string(valid) : NULL;
	free(valid);
	return object;
}

struct json_object *json_address(struct bdf bdf)
{
	char text[BDF_TEXT];

	return json_object_new_string(bdf_format(bdf, text));
}

static struct json_object *hex(uint64_t value, int digits)
{
	char text[2 + 16 + 1];

	text_print(text, sizeof(text), "0x%0*llx", digits,
		   (unsigned long long)value);
	return json_object_new_string(text);
}

struct json_object *json_names(const struct names *names, uint64_t bits)
{
	struct json_object *array = json_object_new_array();
	int ret = array ? 0 : -ENOMEM;

	for (unsigned int i = 0; !ret && i < names->count; i++)
		if (bits >> i & 1)
			ret = json_append(array, json_text(names->name[i]));
	if (!ret)
		return array;
	json_object_put(array);
	return NULL;
}

static struct json_object *hex_bytes(const struct bytes *bytes)
{
	char text[2 * BYTES_MAX + 1] = "";

	for (size_t i = 0; i < bytes->length; i++)
		text_print(text + 2 * i, 3, "%02x", bytes->byte[i]);
	return json_object_new_string(text);
}

static struct json_object *set_of_bits(const struct bytes *bytes)
{
	struct json_object *array = json_object_new_array();
	int ret = array ? 0 : -ENOMEM;

	for (int i = 0; !ret && i < bytes->length * 8; i++)
		if (bytes->byte[i / 8] >> i % 8 & 1)
			ret = json_append(array, json_object_new_int(i));
	if (!ret)
		return array;
	json_object_put(array);
	return NULL;
}

struct json_object *json_time(uint64_t moment)
{
	char text[MOMENT_TEXT];

	return json_object_new_string(moment_format(moment, text));
}

static struct json_object *number_value(const struct field *field,
					uint64_t value)
{
	switch (field->kind) {
	case FIELD_HEX:
		return hex(value, field->digits);
	case FIELD_FLAG:
		return json_object_new_boolean(value != 0);
	case FIELD_ANSWER:
		return json_object_new_boolean(value == ANSWER_YES);
	case FIELD_ENUM:
		return json_text(names_get(field->names, value));
	case FIELD_SET:
		return json_names(field->names, value);
	case FIELD_TIME:
		return json_time(value);
	default:
		return json_object_new_uint64(value);
	}
}

static struct json_object *make_value(const struct field *table,
				      unsigned int index, const void *record)
{
	const struct field *field = &table[index];
	const char *at = (const char *)record + field->offset;

	switch (field->kind) {
	case FIELD_TEXT:
		return json_text(*(char *const *)at);
	case FIELD_ADDRESS:
		return json_address(*(const struct bdf *)at);
	case FIELD_BYTES:
		return hex_bytes((const struct bytes *)at);
	case FIELD_DEVFNS:
		return set_of_bits((const struct bytes *)at);
	case FIELD_ACS:
		return json_record(acs_fields, ACS_FIELDS, at);
	default:
		return number_value(field, field_number(table, index, record));
	}
}

struct json_object *json_record(const struct field *table, unsigned int count,
				const void *record)
{
	struct json_object *object = json_object_new_object();
	int ret = object ? 0 : -ENOMEM;

	for (unsigned int i = 0; !ret && i < count; i++)
		if (field_known(record, i) && table[i].kind != FIELD_AGE)
			ret = json_add(object, table[i].name,
				       make_value(table, i, record));
	if (!ret)
		return object;
	json_object_put(object);
	return NULL;
}
