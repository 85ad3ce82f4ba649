// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/field.h"

static void *member(const struct field *field, void *record)
{
	return (char *)record + field->offset;
}

uint64_t field_number(const struct field *table, unsigned int index,
		      const void *record)
{
	const char *from = (const char *)record + table[index].offset;
	union { uint8_t u8; uint16_t u16; uint32_t u32; uint64_t u64; } value;

	if (!field_known(record, index))
		return 0;
	memcpy(&value, from, table[index].size);
	switch (table[index].size) {
	case 1: return value.u8;
	case 2: return value.u16;
	case 4: return value.u32;
	default: return value.u64;
	}
}

static bool fits(const struct field *field, uint64_t value)
{
	unsigned int bits = field->size * 8u;

	if (field->kind == FIELD_HEX)
		bits = field->digits * 4u;
	if (field->kind == FIELD_ENUM || field->kind == FIELD_ANSWER)
		return names_get(field->names, value);
	if (field->kind == FIELD_FLAG)
		return value <= 1;
	return bits >= 64 || value >> bits == 0;
}

int field_set_number(const struct field *table, unsigned int index,
		     void *record, uint64_t value)
{
	const struct field *field = &table[index];
	uint8_t u8 = (uint8_t)value;
	uint16_t u16 = (uint16_t)value;
	uint32_t u32 = (uint32_t)value;

	if (!fits(field, value))
		return -ERANGE;
	switch (field->size) {
	case 1: memcpy(member(field, record), &u8, 1); break;
	case 2: memcpy(member(field, record), &u16, 2); break;
	case 4: memcpy(member(field, record), &u32, 4); break;
	default: memcpy(member(field, record), &value, 8); break;
	}
	field_mark(record, index);
	return 0;
}

int field_set_text(const struct field *table, unsigned int index, void *record,
		   const char *text, size_t length)
{
	char **owned = member(&table[index], record);
	char *copy = strndup(text, length);

	if (!copy)
		return -ENOMEM;
	free(*owned);
	*owned = copy;
	field_mark(record, index);
	return 0;
}

void field_set_address(const struct field *table, unsigned int index,
		       void *record, struct bdf bdf)
{
	memcpy(member(&table[index], record), &bdf, sizeof(bdf));
	field_mark(record, index);
}

int field_set_bytes(const struct field *table, unsigned int index, void *record,
		    const void *bytes, size_t length)
{
	struct bytes *to = member(&table[index], record);

	if (length > BYTES_MAX)
		return -ERANGE;
	to->length = (uint8_t)length;
	memcpy(to->byte, bytes, length);
	field_mark(record, index);
	return 0;
}
