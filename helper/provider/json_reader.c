// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/device.h"
#include "model/moment.h"
#include "model/text.h"
#include "provider/json_reader.h"

int json_refuse(const struct json_place *place, const char *key,
		const char *format, ...)
{
	struct problem words;
	va_list args;

	va_start(args, format);
	text_vprint(words.text, sizeof(words.text), format, args);
	va_end(args);
	return problem_set(place->problem, -EBADMSG, "%s: %s%s%s%s%s",
			   place->file, place->object,
			   *place->object && key ? "." : "", key ? key : "",
			   *place->object || key ? ": " : "", words.text);
}

int json_read_text(struct json_object *value, const char **text)
{
	if (!json_object_is_type(value, json_type_string))
		return -EINVAL;
	*text = json_object_get_string(value);
	if (strlen(*text) != (size_t)json_object_get_string_len(value))
		return -EINVAL;
	return 0;
}

int json_read_address(struct json_object *value, struct bdf *address)
{
	const char *text;

	if (json_read_text(value, &text) || bdf_parse(text, address))
		return -EINVAL;
	return 0;
}

/*
 * One reader for each kind of field: 0, -EINVAL for a value of another form,
 * -ERANGE for one that the field cannot have, -ENOMEM.
 */
typedef int reader(struct json_object *value, const struct field *table,
		   unsigned int index, void *record);

static int read_number(struct json_object *value, const struct field *table,
		       unsigned int index, void *record)
{
	if (!json_object_is_type(value, json_type_int))
		return -EINVAL;
	if (json_object_get_int64(value) < 0)
		return -ERANGE;
	return field_set_number(table, index, record,
				json_object_get_uint64(value));
}

static int read_hex(struct json_object *value, const struct field *table,
		    unsigned int index, void *record)
{
	const char *text;
	size_t digits;

	if (json_read_text(value, &text) || strncmp(text, "0x", 2))
		return -EINVAL;
	digits = strspn(text + 2, "0123456789abcdefABCDEF");
	if (!digits || text[2 + digits])
		return -EINVAL;
	if (digits > table[index].digits)
		return -ERANGE;
	return field_set_number(table, index, record,
				strtoull(text, NULL, 16));
}

int json_read_time(struct json_object *value, uint64_t *moment)
{
	const char *text;

	return json_read_text(value, &text) ? -EINVAL :
	       moment_parse(text, moment);
}

static int read_time(struct json_object *value, const struct field *table,
		     unsigned int index, void *record)
{
	uint64_t moment;
	int ret = json_read_time(value, &moment);

	return ret ? ret : field_set_number(table, index, record, moment);
}

static int read_flag(struct json_object *value, const struct field *table,
		     unsigned int index, void *record)
{
	if (!json_object_is_type(value, json_type_boolean))
		return -EINVAL;
	return field_set_number(table, index, record,
				json_object_get_boolean(value) != 0);
}

static int read_answer(struct json_object *value, const struct field *table,
		       unsigned int index, void *record)
{
	if (!json_object_is_type(value, json_type_boolean))
		return -EINVAL;
	return field_set_number(table, index, record,
				json_object_get_boolean(value) ? ANSWER_YES :
								 ANSWER_NO);
}

static int read_enum(struct json_object *value, const struct field *table,
		     unsigned int index, void *record)
{
	const char *text;

	if (json_read_text(value, &text))
		return -EINVAL;
	return field_set_number(table, index, record,
				names_find(table[index].names, text));
}

static int read_set(struct json_object *value, const struct field *table,
		    unsigned int index, void *record)
{
	uint64_t bits = 0, found;
	const char *text;

	if (!json_object_is_type(value, json_type_array))
		return -EINVAL;
	for (size_t i = 0; i < json_object_array_length(value); i++) {
		if (json_read_text(json_object_array_get_idx(value, i), &text))
			return -EINVAL;
		found = names_find(table[index].names, text);
		if (!found)
			return -ERANGE;
		bits |= UINT64_C(1) << (found - 1);
	}
	return field_set_number(table, index, record, bits);
}

static int read_text(struct json_object *value, const struct field *table,
		     unsigned int index, void *record)
{
	const char *text;

	if (json_read_text(value, &text))
		return -EINVAL;
	return field_set_text(table, index, record, text, strlen(text));
}

static int read_address(struct json_object *value, const struct field *table,
			unsigned int index, void *record)
{
	struct bdf address;

	if (json_read_address(value, &address))
		return -EINVAL;
	field_set_address(table, index, record, address);
	return 0;
}

static uint8_t nibble(char digit)
{
	return (uint8_t)(isdigit((unsigned char)digit) ?
			 digit - '0' : (digit | 0x20) - 'a' + 10);
}

static int read_bytes(struct json_object *value, const struct field *table,
		      unsigned int index, void *record)
{
	uint8_t bytes[BYTES_MAX];
	const char *text;
	size_t length;

	if (json_read_text(value, &text))
		return -EINVAL;
	length = strlen(text);
	if (length % 2 || text[strspn(text, "0123456789abcdefABCDEF")])
		return -EINVAL;
	if (length / 2 > BYTES_MAX)
		return -ERANGE;
	for (size_t i = 0; i < length / 2; i++)
		bytes[i] = (uint8_t)(nibble(text[2 * i]) << 4 |
				     nibble(text[2 * i + 1]));
	return field_set_bytes(table, index, record, bytes, length / 2);
}

static int read_devfns(struct json_object *value, const struct field *table,
		       unsigned int index, void *record)
{
	uint8_t bits[BYTES_MAX] = { 0 };
	size_t length = 0;

	if (!json_object_is_type(value, json_type_array))
		return -EINVAL;
	for (size_t i = 0; i < json_object_array_length(value); i++) {
		struct json_object *item = json_object_array_get_idx(value, i);
		int64_t devfn = json_object_get_int64(item);

		if (!json_object_is_type(item, json_type_int))
			return -EINVAL;
		if (devfn < 0 || devfn >= BYTES_MAX * 8)
			return -ERANGE;
		bits[devfn / 8] |= (uint8_t)(1u << devfn % 8);
		if (length <= (size_t)devfn / 8)
			length = (size_t)devfn / 8 + 1;
	}
	return field_set_bytes(table, index, record, bits, length);
}

static const struct {
	reader *read;
	const char *form;
} kinds[] = {
	[FIELD_NUMBER] = { read_number, "a whole number" },
	[FIELD_HEX] = { read_hex, "hexadecimal digits behind 0x, in quotes" },
	[FIELD_FLAG] = { read_flag, "true or false" },
	[FIELD_ENUM] = { read_enum, "a word" },
	[FIELD_ANSWER] = { read_answer, "true or false" },
	[FIELD_SET] = { read_set, "an array of words" },
	[FIELD_TEXT] = { read_text, "a text without a NUL in it" },
	[FIELD_ADDRESS] = { read_address, "a PCI address, dddd:bb:dd.f" },
	[FIELD_BYTES] = { read_bytes, "pairs of hexadecimal digits" },
	[FIELD_TIME] = { read_time, "a time in UTC, " MOMENT_FORM },
	[FIELD_DEVFNS] = { read_devfns, "an array of whole numbers" },
};

static int refuse_range(const struct json_place *place,
			const struct field *field)
{
	char *words = NULL;
	int ret;

	if (field->kind != FIELD_ENUM && field->kind != FIELD_SET)
		return json_refuse(place, field->name, "out of range");
	for (unsigned int i = 0; i < field->names->count; i++)
		if (text_append(&words, " %s", field->names->name[i]))
			break;
	ret = json_refuse(place, field->name, "must be of:%s",
			  words ? words : "");
	free(words);
	return ret;
}

static int read_value(struct json_object *value, const struct field *table,
		      unsigned int index, void *record,
		      const struct json_place *place)
{
	const struct field *field = &table[index];
	int ret = kinds[field->kind].read(value, table, index, record);

	if (ret == -EINVAL)
		return json_refuse(place, field->name, "must be %s",
				   kinds[field->kind].form);
	if (ret == -ERANGE)
		return refuse_range(place, field);
	return ret ? problem_set(place->problem, ret, "out of memory") : 0;
}

/*
 * Registers that are not there read as 0, and a capability of 0 offers nothing
 * that could be off: that would be a barrier made of nothing.
 */
static int check_acs(const struct acs *acs, const struct json_place *place)
{
	bool words = field_known(acs, ACS_CAP) && field_known(acs, ACS_CTRL);
	bool dwords = field_known(acs, ACS_CAP_DWORD) &&
		      field_known(acs, ACS_CTRL_DWORD);
	bool half = field_known(acs, ACS_CAP_DWORD) !=
		    field_known(acs, ACS_CTRL_DWORD);

	if ((words || dwords) && !half)
		return 0;
	return json_refuse(place, NULL,
			   "needs cap and ctrl, or cap_dword and ctrl_dword");
}

static int read_acs(struct json_object *value, const struct field *table,
		    unsigned int index, void *record,
		    const struct json_place *place)
{
	struct json_place inside = *place;
	void *acs = (char *)record + table[index].offset;
	int ret;

	if (!json_object_is_type(value, json_type_object))
		return json_refuse(place, table[index].name,
				   "must be an object");
	text_print(inside.object, sizeof(inside.object), "%s.%s",
		   place->object, table[index].name);
	ret = json_read_record(value, acs_fields, ACS_FIELDS, acs, &inside);
	if (!ret)
		ret = check_acs(acs, &inside);
	if (!ret)
		field_mark(record, index);
	return ret;
}

int json_read_record(struct json_object *object, const struct field *table,
		     unsigned int count, void *record,
		     const struct json_place *place)
{
	int ret = 0;

	for (unsigned int i = 0; !ret && i < count; i++) {
		struct json_object *value;

		if (table[i].kind == FIELD_AGE ||
		    !json_object_object_get_ex(object, table[i].name, &value))
			continue;
		ret = table[i].kind == FIELD_ACS ?
			read_acs(value, table, i, record, place) :
			read_value(value, table, i, record, place);
	}
	return ret;
}
