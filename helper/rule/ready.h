/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is left to do before a guest can have a set, and what is in the way of
 * it. An axis of its own: steps are normal and never change a verdict.
 */
#ifndef RULE_READY_H
#define RULE_READY_H

#include "rule/inquiry.h"

enum action {
	ACTION_REMOVE_VFS = 1,
	ACTION_UNBIND,
	ACTION_BIND,
};

extern const struct names action_names;

/** struct step - one thing to do; @driver is borrowed, or NULL */
struct step {
	enum action action;
	const struct device *device;
	const char *driver;
};

/**
 * struct obstacle - one thing in the way
 * @use: by the host; NULL where a process of user space owns the group
 */
struct obstacle {
	const struct device *device;
	const struct use *use;
};

/** struct ready - in the order in which things are done */
struct ready {
	struct step *step;
	size_t step_count;
	struct obstacle *obstacle;
	size_t obstacle_count;
};

/**
 * ready_find() - find both
 * @ready: freed by ready_free(), also after an error
 *
 * Of a set that a guest has already, both are empty.
 *
 * Return: 0, or -ENOMEM.
 */
int ready_find(struct ready *ready, const struct inquiry *inquiry);

/** ready_free() - free it */
void ready_free(struct ready *ready);

/** step_describe() - new text, not escaped; NULL without memory */
char *step_describe(const struct step *step);

/** obstacle_describe() - likewise */
char *obstacle_describe(const struct obstacle *obstacle);

/** obstacle_kind() - name of a use; "owner" of what vfio has */
const char *obstacle_kind(const struct obstacle *obstacle);

#endif
