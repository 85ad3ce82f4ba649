/* SPDX-License-Identifier: GPL-2.0 */
/* A file for the provider snapshot: one path for all tests of a suite. */
#ifndef SNAPSHOT_FILE_H
#define SNAPSHOT_FILE_H

#include <json-c/json.h>
#include <stddef.h>

#include "model/facts.h"

extern char snapshot_path[];

/* Setup and teardown of a suite. */
int snapshot_file_make(void **state);
int snapshot_file_remove(void **state);

/** snapshot_file_write() - fill the file with these bytes */
void snapshot_file_write(const char *bytes, size_t length);

/** snapshot_file_text() - fill it with a text */
void snapshot_file_text(const char *text);

/** snapshot_file_object() - fill it with an object, which is freed */
void snapshot_file_object(struct json_object *object);

/** snapshot_file_load() - what the provider says of it */
int snapshot_file_load(struct facts *facts, struct problem *problem);

/** text_of() - an object as new text; the object is freed */
char *text_of(struct json_object *object);

#endif
