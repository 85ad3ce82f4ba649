/* SPDX-License-Identifier: GPL-2.0 */
/* A file of JSON, read whole. */
#ifndef PROVIDER_JSON_FILE_H
#define PROVIDER_JSON_FILE_H

#include <json-c/json.h>
#include <stddef.h>

#include "model/problem.h"

/** JSON_FILE_BYTES - the longest file that is read */
#define JSON_FILE_BYTES ((size_t)64 << 20)

/**
 * JSON_FILE_VALUES - the most values: a machine of 30,000 functions. A value
 * takes up to 700 bytes of memory for two of the file, so the limit above does
 * not hold memory, and what is done with groups and devices takes time
 */
#define JSON_FILE_VALUES ((size_t)1 << 20)

/**
 * json_file_name() - what a path is called in words for people
 * @path: "-" stands for standard input
 */
const char *json_file_name(const char *path);

/**
 * json_file_read() - read a file that is one JSON object
 * @path: "-" reads standard input
 * @object: set to an object for json_object_put()
 * @problem: set on error
 *
 * Return: 0; -EBADMSG for a file that is no JSON object, -EFBIG beyond the
 * limits, -ENOMEM, or why it could not be read.
 */
int json_file_read(const char *path, struct json_object **object,
		   struct problem *problem);

#endif
