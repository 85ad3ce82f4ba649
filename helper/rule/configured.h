/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about ACS bits that the kernel command line switches. */
#ifndef RULE_CONFIGURED_H
#define RULE_CONFIGURED_H

#include "rule/rule.h"

/* A parameter names the hop: this kernel obeys it, or does not know it. */
bool configured_changes_hop(const struct subject *subject);
bool configured_is_inert(const struct subject *subject);

/* Without ATS the kernel also blocks translated requests where it can. */
bool configured_blocks_translated(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *configured_show(const struct subject *subject);
char *configured_show_blocking(const struct subject *subject);

#endif
