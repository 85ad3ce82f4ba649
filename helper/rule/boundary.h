/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about the hops that requests of the set pass. */
#ifndef RULE_BOUNDARY_H
#define RULE_BOUNDARY_H

#include "rule/rule.h"

/* The way through an open hop, by what makes it open. */
bool boundary_port_is_off(const struct subject *subject);
bool boundary_port_is_weak(const struct subject *subject);
bool boundary_port_has_no_acs(const struct subject *subject);
bool boundary_root_turns_around(const struct subject *subject);
bool boundary_functions_are_open(const struct subject *subject);
bool boundary_functions_have_no_acs(const struct subject *subject);
bool boundary_is_bus(const struct subject *subject);

/* Root ports of one device that the kernel would not keep apart by itself. */
bool boundary_root_is_split(const struct subject *subject);

/* The kernel's groups promise what the open port does not keep. */
bool boundary_is_split(const struct subject *subject);

/* What the barrier rests on where registers do not say it. */
bool boundary_is_assumed_root(const struct subject *subject);
bool boundary_is_assumed(const struct subject *subject);
bool boundary_is_missing(const struct subject *subject);

/* A quirk of the kernel vouches for it, or takes a bit away. */
bool boundary_is_attested(const struct subject *subject);
bool boundary_is_claimed(const struct subject *subject);
bool boundary_lacks_sv(const struct subject *subject);

/* A hop that counts and could not be read, by the reason. */
bool boundary_is_asleep(const struct subject *subject);
bool boundary_is_gone(const struct subject *subject);
bool boundary_has_no_access(const struct subject *subject);
bool boundary_is_unreadable(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *boundary_show_open(const struct subject *subject);
char *boundary_show_state(const struct subject *subject);
char *boundary_show_root_split(const struct subject *subject);

bool boundary_is_cut_off(const struct subject *subject);
char *boundary_show_cut(const struct subject *subject);
char *boundary_show_split(const struct subject *subject);
char *boundary_show_assumed(const struct subject *subject);
char *boundary_show_attested(const struct subject *subject);
char *boundary_show_missing(const struct subject *subject);

#endif
