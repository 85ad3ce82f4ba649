/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about ACS that somebody talked away. */
#ifndef RULE_OVERRIDE_H
#define RULE_OVERRIDE_H

#include "rule/rule.h"

/* The kernel patch "pcie_acs_override": here, asked for, or both. */
bool override_is_in_force(const struct subject *subject);
bool override_is_inert(const struct subject *subject);
bool override_is_unknown(const struct subject *subject);
bool override_is_present(const struct subject *subject);

/** override_answer() - whether it is in force on a machine; 0 where not known */
enum answer override_answer(const struct tree *tree);

/* Evidence: new text, or NULL without memory. */
char *override_show(const struct subject *subject);

#endif
