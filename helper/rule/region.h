/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about addresses that firmware reserved for a device. */
#ifndef RULE_REGION_H
#define RULE_REGION_H

#include "rule/rule.h"

bool region_is_direct(const struct subject *subject);
bool region_is_relaxable(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *region_show_direct(const struct subject *subject);
char *region_show_relaxable(const struct subject *subject);

#endif
