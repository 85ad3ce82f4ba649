/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about slots that lead outside the case. */
#ifndef RULE_SLOT_H
#define RULE_SLOT_H

#include "rule/rule.h"

bool slot_is_external(const struct subject *subject);
bool slot_is_behind_external(const struct subject *subject);
bool slot_is_untrusted(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *slot_show_external(const struct subject *subject);
char *slot_show_removable(const struct subject *subject);
char *slot_show_trust(const struct subject *subject);

#endif
