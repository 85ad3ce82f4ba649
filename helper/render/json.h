/* SPDX-License-Identifier: GPL-2.0 */
/* The machine-readable answers; Documentation/output.md is their contract. */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include <json-c/json.h>
#include <stdio.h>

#include "model/path.h"

/* Each adds to an object and returns 0 or -ENOMEM. */

/**
 * json_add_common() - the keys of every answer
 * @unseen: what the judgement did not look at; NULL for nothing
 */
int json_add_common(struct json_object *to, const struct facts *facts,
		    const struct text_list *unseen);

/** json_add_devices() - all devices, as of list */
int json_add_devices(struct json_object *to, const struct facts *facts);

/** json_add_groups() - all groups, as of list */
int json_add_groups(struct json_object *to, const struct facts *facts);

/* Each returns an object for json_object_put(), or NULL without memory. */

/** json_device() - one device of the list */
struct json_object *json_device(const struct device *device);

/** json_show() - the answer of show: a device and its path */
struct json_object *json_show(const struct facts *facts,
			      const struct path *path);

/**
 * json_add_common() - put in what every answer has
 * @unseen: what was not judged beside what was not seen; may be NULL
 *
 * Return: 0, or -ENOMEM.
 */
int json_add_common(struct json_object *to, const struct facts *facts,
		    const struct text_list *unseen);

/** json_add_paths() - put in ways up to the root; as json_add_common() */
int json_add_paths(struct json_object *to, const struct path *path,
		   size_t count);

/**
 * json_print() - write an object and free it
 * @object: NULL is taken for missing memory
 *
 * Return: 0, or -ENOMEM. Errors of @stream stay in it.
 */
int json_print(FILE *stream, struct json_object *object);

#endif
