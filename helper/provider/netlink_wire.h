/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attributes of a message into the fields of a record, by a table: strict in
 * everything the table names, blind to attributes it does not know, as the wire
 * only grows.
 */
#ifndef PROVIDER_NETLINK_WIRE_H
#define PROVIDER_NETLINK_WIRE_H

#include <netlink/attr.h>

#include "model/facts.h"

enum wire_type {
	WIRE_IGNORED,
	WIRE_U8,
	WIRE_U16,
	WIRE_U32,
	WIRE_U64,
	WIRE_FLAG,	/* absent means false; that is known */
	WIRE_TEXT,
	WIRE_BYTES,	/* 4 to BYTES_MAX, in words of four */
	WIRE_MASK,	/* BYTES_MAX exactly */
	WIRE_NEST,
	WIRE_NESTS,	/* any number; the decoder goes through them itself */
	WIRE_BDF,	/* of the record's own segment */
};

/**
 * struct wire - one row: what is known of an attribute
 * @type: how it is sent
 * @must: a message without it is refused
 * @by_hand: it is no field by itself; the decoder looks at it
 * @field: the row of the record's table that it fills
 * @name: for @by_hand, where there is no field to name it
 */
struct wire {
	enum wire_type type;
	bool must;
	bool by_hand;
	uint8_t field;
	const char *name;
};

/**
 * struct wire_format - a kind of message
 * @what: for error lines
 * @wire: indexed by attribute
 * @max: highest attribute in @wire
 * @fields: the record's table
 */
struct wire_format {
	const char *what;
	const struct wire *wire;
	int max;
	const struct field *fields;
};

/**
 * wire_parse() - find the attributes of a message and check their form
 * @found: @format->max + 1 pointers; NULL for an attribute that is absent
 *
 * Return: 0, or -EBADMSG for a bad length, a text without end, an attribute
 * that comes twice, a missing one, or bytes left over.
 */
int wire_parse(const struct wire_format *format, const struct nlattr *head,
	       int length, const struct nlattr **found,
	       struct problem *problem);

/**
 * wire_fill() - put what wire_parse() found into a record
 * @segment: for addresses
 *
 * Return: 0, -EBADMSG for a value that a field cannot have, or -ENOMEM.
 */
int wire_fill(const struct wire_format *format, const struct nlattr **found,
	      void *record, uint32_t segment, struct problem *problem);

/** wire_malformed() - refuse a message: -EBADMSG and a line */
int wire_malformed(const struct wire_format *format, const char *name,
		   const char *how, struct problem *problem);

#endif
