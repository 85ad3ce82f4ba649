/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about whose interrupts a group can raise. */
#ifndef RULE_INTERRUPT_H
#define RULE_INTERRUPT_H

#include "rule/rule.h"

bool interrupt_is_shared(const struct subject *subject);
bool interrupt_is_unchecked(const struct subject *subject);
bool interrupt_is_unknown(const struct subject *subject);
bool interrupt_may_be_shared(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *interrupt_show(const struct subject *subject);

#endif
