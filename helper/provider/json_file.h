/* SPDX-License-Identifier: GPL-2.0 */
/* A file of JSON. */
#ifndef PROVIDER_JSON_FILE_H
#define PROVIDER_JSON_FILE_H

#include <json-c/json.h>

#include "provider/content.h"

/**
 * JSON_FILE_VALUES - the most values: a machine of 30,000 functions. A value
 * takes up to 700 bytes of memory for two of the file, so the limit on bytes
 * does not hold memory, and what is done with groups and devices takes time
 */
#define JSON_FILE_VALUES ((size_t)1 << 20)

/**
 * json_file_parse() - the one JSON object that a file is
 * @object: set to an object for json_object_put()
 * @problem: set on error
 *
 * Return: 0; -EBADMSG for a file that is no JSON object, -EFBIG beyond the
 * limit, or -ENOMEM.
 */
int json_file_parse(const struct content *content, struct json_object **object,
		    struct problem *problem);

#endif
