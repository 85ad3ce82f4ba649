/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the kernel's groups are finer or wider than registers and the kernel's
 * own quirks make them: conditions of rules, and what a split rests on.
 */
#ifndef RULE_SPLIT_H
#define RULE_SPLIT_H

#include "rule/rule.h"

/** enum split - why the kernel may keep two devices apart */
enum split {
	SPLIT_NONE,		/* it does not, or should, or nobody can tell */
	SPLIT_STALE,		/* registers that are off kept them apart once */
	SPLIT_UNEXPLAINED,
};

/** split_between() - of two devices of which one is handed over */
enum split split_between(const struct prediction *prediction,
			 const struct device *one, const struct device *other);

/** split_other() - an endpoint that a member is kept from for no reason, or NULL */
const struct device *split_other(const struct inquiry *inquiry,
				 const struct device *member);

/* A member is kept from an endpoint. */
bool split_is_unexplained(const struct subject *subject);
bool split_is_override(const struct subject *subject);

/* Only bridges are kept from the set. */
bool split_is_of_bridges(const struct subject *subject);
bool split_is_override_of_bridges(const struct subject *subject);

/* An override is in force: no group of the set needs it, or that is not known. */
bool split_is_elsewhere(const struct subject *subject);
bool split_is_untold(const struct subject *subject);

/* A hop that was closed when groups were formed. */
bool split_is_stale(const struct subject *subject);

/* Members share a group that would be several. */
bool split_is_missing(const struct subject *subject);

/* The kernel is newer than the quirks, or not known, and does not agree. */
bool split_is_of_newer_kernel(const struct subject *subject);
bool split_is_of_unknown_kernel(const struct subject *subject);

/* Evidence and object: new text, or NULL without memory. */
char *split_show(const struct subject *subject);
char *split_name_other(const struct subject *subject);
char *split_show_bridges(const struct subject *subject);
char *split_show_stale(const struct subject *subject);
char *split_show_missing(const struct subject *subject);
char *split_show_newer(const struct subject *subject);
char *split_show_unknown(const struct subject *subject);

#endif
