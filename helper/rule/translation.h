/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about whether an IOMMU translates for a member at all. */
#ifndef RULE_TRANSLATION_H
#define RULE_TRANSLATION_H

#include "rule/rule.h"

bool translation_is_absent(const struct subject *subject);
bool translation_is_pretended(const struct subject *subject);
bool translation_may_be_pretended(const struct subject *subject);
bool translation_spares_the_host(const struct subject *subject);

/* A member whose group is not known, by the reason. */
bool translation_is_asleep(const struct subject *subject);
bool translation_is_gone(const struct subject *subject);
bool translation_is_unreadable(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *translation_show_group(const struct subject *subject);
char *translation_show_mode(const struct subject *subject);
char *translation_show_type(const struct subject *subject);

#endif
