// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "provider/netlink_wire.h"

static const struct {
	uint8_t least, most;
} lengths[] = {
	[WIRE_U8] = { 1, 1 },
	[WIRE_U16] = { 2, 2 },
	[WIRE_U32] = { 4, 4 },
	[WIRE_U64] = { 8, 8 },
	[WIRE_FLAG] = { 0, 0 },
	[WIRE_TEXT] = { 2, 255 },
	[WIRE_BYTES] = { 4, BYTES_MAX },
	[WIRE_MASK] = { BYTES_MAX, BYTES_MAX },
	[WIRE_NEST] = { 0, 255 },
	[WIRE_NESTS] = { 0, 255 },
	[WIRE_BDF] = { 2, 2 },
};

int wire_malformed(const struct wire_format *format, const char *name,
		   const char *how, struct problem *problem)
{
	return problem_set(problem, -EBADMSG,
		"the module's message about %s is malformed: %s %s",
		format->what, name, how);
}

static const char *name_of(const struct wire_format *format, int type)
{
	const struct wire *wire = &format->wire[type];

	return wire->name ? wire->name : format->fields[wire->field].name;
}

static bool is_text(const struct nlattr *attribute)
{
	const char *text = nla_data(attribute);
	size_t length = (size_t)nla_len(attribute);

	return memchr(text, '\0', length) == text + length - 1;
}

static bool well_formed(const struct nlattr *attribute, enum wire_type type)
{
	int length = nla_len(attribute);

	if (length < lengths[type].least || length > lengths[type].most)
		return false;
	if (type == WIRE_TEXT)
		return is_text(attribute);
	return type != WIRE_BYTES || length % 4 == 0;
}

static int take(const struct wire_format *format,
		const struct nlattr *attribute, const struct nlattr **found,
		struct problem *problem)
{
	int type = nla_type(attribute);

	if (type > format->max || format->wire[type].type == WIRE_IGNORED)
		return 0;
	if (found[type] && format->wire[type].type != WIRE_NESTS)
		return wire_malformed(format, name_of(format, type),
				      "comes twice", problem);
	if (!well_formed(attribute, format->wire[type].type))
		return wire_malformed(format, name_of(format, type),
				      "has a wrong length", problem);
	found[type] = attribute;
	return 0;
}

int wire_parse(const struct wire_format *format, const struct nlattr *head,
	       int length, const struct nlattr **found,
	       struct problem *problem)
{
	int ret = 0;

	memset(found, 0, sizeof(*found) * (size_t)(format->max + 1));
	while (!ret && nla_ok(head, length)) {
		ret = take(format, head, found, problem);
		head = nla_next(head, &length);
	}
	if (!ret && length > 0)
		ret = wire_malformed(format, "its end", "is cut off", problem);
	for (int i = 0; !ret && i <= format->max; i++)
		if (format->wire[i].must && !found[i])
			ret = wire_malformed(format, name_of(format, i),
					     "is missing", problem);
	return ret;
}

static uint64_t number(const struct nlattr *attribute, enum wire_type type)
{
	switch (type) {
	case WIRE_U8: return nla_get_u8(attribute);
	case WIRE_U16: return nla_get_u16(attribute);
	case WIRE_U32: return nla_get_u32(attribute);
	case WIRE_U64: return nla_get_u64(attribute);
	default: return 1;
	}
}

static int fill(const struct wire_format *format, int type,
		const struct nlattr *attribute, void *record, uint32_t segment)
{
	const struct wire *wire = &format->wire[type];
	const struct field *fields = format->fields;

	switch (wire->type) {
	case WIRE_TEXT:
		return field_set_text(fields, wire->field, record,
				      nla_data(attribute),
				      (size_t)nla_len(attribute));
	case WIRE_BYTES:
	case WIRE_MASK:
		return field_set_bytes(fields, wire->field, record,
				       nla_data(attribute),
				       (size_t)nla_len(attribute));
	case WIRE_BDF:
		field_set_address(fields, wire->field, record, (struct bdf){
			segment, nla_get_u16(attribute) });
		return 0;
	default:
		return field_set_number(fields, wire->field, record,
					number(attribute, wire->type));
	}
}

static int fill_absent(const struct wire_format *format, int type, void *record)
{
	if (format->wire[type].type != WIRE_FLAG)
		return 0;
	return field_set_number(format->fields, format->wire[type].field,
				record, 0);
}

int wire_fill(const struct wire_format *format, const struct nlattr **found,
	      void *record, uint32_t segment, struct problem *problem)
{
	int ret = 0;

	for (int i = 0; !ret && i <= format->max; i++) {
		if (format->wire[i].type == WIRE_IGNORED ||
		    format->wire[i].by_hand)
			continue;
		if (found[i])
			ret = fill(format, i, found[i], record, segment);
		else
			ret = fill_absent(format, i, record);
		if (ret == -ERANGE)
			ret = wire_malformed(format, name_of(format, i),
					     "has an impossible value",
					     problem);
	}
	return ret;
}
