/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about the members of the set themselves. */
#ifndef RULE_MEMBER_H
#define RULE_MEMBER_H

#include "rule/rule.h"

bool member_has_no_group(const struct subject *subject);

/* A member whose group is not known, by the reason. */
bool member_is_asleep(const struct subject *subject);
bool member_is_gone(const struct subject *subject);
bool member_is_unreadable(const struct subject *subject);

bool member_shares_interrupts(const struct subject *subject);
bool member_hides_interrupts(const struct subject *subject);
bool member_is_untrusted(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *member_show_group(const struct subject *subject);
char *member_show_interrupts(const struct subject *subject);
char *member_show_trust(const struct subject *subject);

#endif
