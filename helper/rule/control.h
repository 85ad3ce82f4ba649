/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about Egress Control and Direct Translated P2P. */
#ifndef RULE_CONTROL_H
#define RULE_CONTROL_H

#include "rule/rule.h"

/* A control lets requests of the set through, or may. */
bool control_egress_is_open(const struct subject *subject);
bool control_egress_is_unknown(const struct subject *subject);
bool control_translated_is_open(const struct subject *subject);
bool control_translated_is_unknown(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *control_show_egress(const struct subject *subject);
char *control_show_translated(const struct subject *subject);

#endif
