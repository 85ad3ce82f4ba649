/* SPDX-License-Identifier: GPL-2.0 */
/* The objects of a snapshot: devices, groups and what the host tells. */
#ifndef PROVIDER_SNAPSHOT_OBJECT_H
#define PROVIDER_SNAPSHOT_OBJECT_H

#include "model/facts.h"
#include "provider/json_reader.h"

/**
 * struct snapshot - a file on its way into facts
 * @name: what the file is called for people
 * @root: all of it
 */
struct snapshot {
	const char *name;
	struct json_object *root;
	struct facts *facts;
	struct problem *problem;
};

/** snapshot_place() - where an object stands; @format names it */
__attribute__((format(printf, 2, 3)))
struct json_place snapshot_place(const struct snapshot *snapshot,
				 const char *format, ...);

/**
 * snapshot_member() - a value of an object that must have a type
 * @value: set to it, or to NULL where @must is false and it is not there
 *
 * Return: 0, or -EBADMSG.
 */
int snapshot_member(struct json_object *object, const struct json_place *place,
		    const char *key, enum json_type type, bool must,
		    struct json_object **value);

/** snapshot_check_object() - refuse what is no object */
int snapshot_check_object(struct json_object *object,
			  const struct json_place *place);

/** snapshot_no_memory() - say so; returns -ENOMEM */
int snapshot_no_memory(const struct snapshot *snapshot);

/* Each adds to the facts and returns 0, -ENOMEM, or -EBADMSG. */

int snapshot_add_devices(const struct snapshot *snapshot);
int snapshot_add_groups(const struct snapshot *snapshot);
int snapshot_add_host(const struct snapshot *snapshot);
int snapshot_add_uses(const struct snapshot *snapshot);
int snapshot_add_faults(const struct snapshot *snapshot);

/**
 * snapshot_check_members() - hold the groups' lists against their devices
 *
 * After facts_finish(). Return: as above.
 */
int snapshot_check_members(const struct snapshot *snapshot);

#endif
