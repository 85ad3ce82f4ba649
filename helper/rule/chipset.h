/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ports of Intel's chipsets that the kernel takes for isolated because it set
 * registers of their own in place of ACS when it started.
 */
#ifndef RULE_CHIPSET_H
#define RULE_CHIPSET_H

#include "rule/rule.h"

/* One is not set as the kernel believes; the kernel may not be able to do it. */
bool chipset_port_is_off(const struct subject *subject);
bool chipset_port_cannot_be_on(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *chipset_show_port(const struct subject *subject);

/** chipset_unread_ports() - collect those that nobody has looked at */
int chipset_unread_ports(const struct inquiry *inquiry, struct set *ports);

#endif
