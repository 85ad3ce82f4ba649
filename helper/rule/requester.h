/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about the requester IDs that a member's requests carry. */
#ifndef RULE_REQUESTER_H
#define RULE_REQUESTER_H

#include "rule/rule.h"

bool requester_is_anothers(const struct subject *subject);
bool requester_is_behind_vmd(const struct subject *subject);
bool requester_is_shared(const struct subject *subject);
bool requester_translates_itself(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *requester_show_another(const struct subject *subject);
char *requester_show_shared(const struct subject *subject);
char *requester_show_ats(const struct subject *subject);

#endif
