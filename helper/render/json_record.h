/* SPDX-License-Identifier: GPL-2.0 */
/* A record as a JSON object, by its table of fields. */
#ifndef RENDER_JSON_RECORD_H
#define RENDER_JSON_RECORD_H

#include <json-c/json.h>

#include "model/device.h"

/**
 * json_add() - put a value into an object
 * @object: owner from now on; NULL is taken for missing memory
 * @value: NULL is taken for missing memory; freed on error
 *
 * Return: 0, or -ENOMEM.
 */
int json_add(struct json_object *object, const char *key,
	     struct json_object *value);

/** json_append() - put a value at the end of an array; as json_add() */
int json_append(struct json_object *array, struct json_object *value);

/** json_finished() - @object, or after an error NULL with @object freed */
struct json_object *json_finished(struct json_object *object, int error);

/** json_text() - a text, made valid; NULL without memory */
struct json_object *json_text(const char *text);

/** json_address() - an address as dddd:bb:dd.f; NULL without memory */
struct json_object *json_address(struct bdf bdf);

/** json_time() - a moment, see model/moment.h; NULL without memory */
struct json_object *json_time(uint64_t moment);

/** json_names() - the names of the bits that are set, as an array */
struct json_object *json_names(const struct names *names, uint64_t bits);

/**
 * json_record() - the known fields of a record
 *
 * Return: an object, or NULL without memory.
 */
struct json_object *json_record(const struct field *table, unsigned int count,
				const void *record);

#endif
