/* SPDX-License-Identifier: GPL-2.0 */
/* A record out of a JSON object, by its table of fields. */
#ifndef PROVIDER_JSON_READER_H
#define PROVIDER_JSON_READER_H

#include <json-c/json.h>

#include "model/field.h"
#include "model/problem.h"

/**
 * struct json_place - an object of a file, for words about what is wrong in it
 * @file: where it was read from
 * @object: "devices[3]", or "" for the outermost
 * @problem: receives the words
 */
struct json_place {
	const char *file;
	char object[64];
	struct problem *problem;
};

/**
 * json_refuse() - say what is wrong with a key of an object
 * @key: NULL where the object itself is wrong
 *
 * Return: -EBADMSG.
 */
__attribute__((format(printf, 3, 4)))
int json_refuse(const struct json_place *place, const char *key,
		const char *format, ...);

/**
 * json_read_record() - fill a record from an object
 * @record: empty; what the object does not have stays unknown
 *
 * Keys that no row has are passed over: the contract only grows.
 *
 * Return: 0, -ENOMEM, or -EBADMSG for a value that its row cannot have, with
 * words in the problem of @place.
 */
int json_read_record(struct json_object *object, const struct field *table,
		     unsigned int count, void *record,
		     const struct json_place *place);

/**
 * json_read_text() - a text that a record can hold
 * @text: set to a text of @value
 *
 * Return: 0, or -EINVAL for another type or a text with a NUL in it.
 */
int json_read_text(struct json_object *value, const char **text);

/** json_read_time() - a moment; as json_read_text(), or -ERANGE */
int json_read_time(struct json_object *value, uint64_t *moment);

/** json_read_address() - an address; as json_read_text() */
int json_read_address(struct json_object *value, struct bdf *address);

#endif
