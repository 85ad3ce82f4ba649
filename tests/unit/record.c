// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model/device.h"
#include "record.h"
#include "suite.h"

void record_clear(void *record, unsigned int index)
{
	*(uint64_t *)record &= ~(UINT64_C(1) << index);
}

static uint64_t largest(const struct field *field)
{
	switch (field->kind) {
	case FIELD_ENUM:
		return field->names->count;
	case FIELD_ANSWER:
		return ANSWER_YES;
	case FIELD_FLAG:
		return 1;
	case FIELD_SET:
		return (UINT64_C(1) << field->names->count) - 1;
	case FIELD_HEX:
		return UINT64_MAX >> (64 - 4 * field->digits);
	default:
		return UINT64_MAX >> (64 - 8 * field->size);
	}
}

void record_fill(const struct field *table, unsigned int count, void *record)
{
	static const char text[] = "\x1b[2J\n\"\\ \xe2\x80\xae/\xf0\x9f\x98\x80";
	uint8_t bytes[BYTES_MAX];

	memset(bytes, 0x81, sizeof(bytes));
	for (unsigned int i = 0; i < count; i++)
		switch (table[i].kind) {
		case FIELD_TEXT:
			field_set_text(table, i, record, text, strlen(text));
			break;
		case FIELD_ADDRESS:
			field_set_address(table, i, record,
				(struct bdf){ 0xfedcba98, 0xfeff });
			break;
		case FIELD_BYTES:
		case FIELD_DEVFNS:
			assert_int_equal(field_set_bytes(table, i, record,
				bytes, sizeof(bytes)), 0);
			break;
		case FIELD_ACS:
			record_fill(acs_fields, ACS_FIELDS,
			     (char *)record + table[i].offset);
			field_mark(record, i);
			break;
		case FIELD_AGE:
			break;
		default:
			assert_int_equal(field_set_number(table, i, record,
				largest(&table[i])), 0);
		}
}

void record_compare(const struct field *table, unsigned int count,
		    const void *a, const void *b)
{
	assert_int_equal(*(const uint64_t *)a, *(const uint64_t *)b);
	for (unsigned int i = 0; i < count; i++) {
		const void *x = (const char *)a + table[i].offset;
		const void *y = (const char *)b + table[i].offset;

		if (!field_known(a, i))
			continue;
		if (table[i].kind == FIELD_TEXT)
			assert_string_equal(*(char *const *)x,
					    *(char *const *)y);
		else if (table[i].kind == FIELD_ADDRESS)
			assert_int_equal(bdf_compare(*(const struct bdf *)x,
						     *(const struct bdf *)y), 0);
		else if (table[i].kind == FIELD_ACS)
			record_compare(acs_fields, ACS_FIELDS, x, y);
		else
			assert_memory_equal(x, y, table[i].size);
	}
}
