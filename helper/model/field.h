/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a record (a device, its ACS registers, a group, the module) can tell,
 * as a table. Providers fill records by it, renderers read them by it: a new
 * fact is one more row.
 *
 * A record starts with a word of bits, one for each row. A clear bit means "not
 * there, or not known"; where it is "not known", another field of the record
 * whose name ends in _unknown carries the reason.
 */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/bdf.h"
#include "model/names.h"

enum field_kind {
	FIELD_NUMBER,	/* unsigned, written in decimal */
	FIELD_HEX,	/* unsigned, written as @digits hexadecimal digits */
	FIELD_FLAG,	/* bool */
	FIELD_ENUM,	/* one value of @names */
	FIELD_ANSWER,	/* one value of answer_names, written as true or false */
	FIELD_SET,	/* bits of @names */
	FIELD_TEXT,	/* char *, owned by the record */
	FIELD_ADDRESS,	/* struct bdf */
	FIELD_BYTES,	/* struct bytes, written in hexadecimal */
	FIELD_DEVFNS,	/* struct bytes: a bit for each devfn, written as numbers */
	FIELD_ACS,	/* struct acs */
	FIELD_AGE,	/* milliseconds; of the moment, so no part of JSON */
	FIELD_TIME,	/* nanoseconds since 1970, written as RFC 3339 has it */
};

#define BYTES_MAX 32

/** struct bytes - raw bytes as the hardware or the kernel has them */
struct bytes {
	uint8_t length;
	uint8_t byte[BYTES_MAX];
};

/**
 * struct field - one row: one thing that a record can tell
 * @name: in JSON, and with spaces for people
 * @kind: how it is stored and written
 * @size: bytes of the member
 * @digits: of FIELD_HEX when written; the value must fit into them
 * @offset: of the member in the record
 * @names: of FIELD_ENUM, FIELD_ANSWER and FIELD_SET
 */
struct field {
	const char *name;
	enum field_kind kind;
	uint8_t size;
	uint8_t digits;
	size_t offset;
	const struct names *names;
};

#define FIELD(record, member, kind_, ...) {				\
	.kind = kind_, .offset = offsetof(struct record, member),	\
	.size = sizeof(((struct record *)0)->member), __VA_ARGS__ }

/** field_known() - whether row @index of a record is filled */
static inline bool field_known(const void *record, unsigned int index)
{
	return *(const uint64_t *)record >> index & 1;
}

/** field_mark() - say that row @index of a record is filled */
static inline void field_mark(void *record, unsigned int index)
{
	*(uint64_t *)record |= UINT64_C(1) << index;
}

/**
 * field_number() - read a row of a kind that is a number, a flag or an enum
 *
 * Return: the value, 0 where it is not known.
 */
uint64_t field_number(const struct field *table, unsigned int index,
		      const void *record);

/**
 * field_set_number() - fill a row of such a kind
 *
 * Return: 0, or -ERANGE for a value that the row cannot have.
 */
int field_set_number(const struct field *table, unsigned int index,
		     void *record, uint64_t value);

/**
 * field_set_text() - fill a FIELD_TEXT with a copy
 * @length: bytes of @text to take
 *
 * Return: 0, or -ENOMEM.
 */
int field_set_text(const struct field *table, unsigned int index, void *record,
		   const char *text, size_t length);

/** field_set_address() - fill a FIELD_ADDRESS */
void field_set_address(const struct field *table, unsigned int index,
		       void *record, struct bdf bdf);

/**
 * field_set_bytes() - fill a FIELD_BYTES or FIELD_DEVFNS
 *
 * Return: 0, or -ERANGE for more than BYTES_MAX.
 */
int field_set_bytes(const struct field *table, unsigned int index, void *record,
		    const void *bytes, size_t length);

#endif
