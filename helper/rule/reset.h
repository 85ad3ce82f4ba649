/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about how a member is reset between its users. */
#ifndef RULE_RESET_H
#define RULE_RESET_H

#include "rule/rule.h"

bool reset_is_impossible(const struct subject *subject);
bool reset_is_wide(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *reset_show_none(const struct subject *subject);
char *reset_show_wide(const struct subject *subject);

#endif
