/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about devices that vfio-pci refuses unless told not to. */
#ifndef RULE_DENYLIST_H
#define RULE_DENYLIST_H

#include "rule/rule.h"

bool denylist_covers(const struct subject *subject);
bool denylist_is_off(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *denylist_show(const struct subject *subject);
char *denylist_show_off(const struct subject *subject);

#endif
