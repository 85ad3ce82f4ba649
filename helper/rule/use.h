/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about what the host does with a member right now. */
#ifndef RULE_USE_H
#define RULE_USE_H

#include "rule/rule.h"

bool use_is_critical(const struct subject *subject);
bool use_is_held(const struct subject *subject);
bool use_is_owned(const struct subject *subject);

/* Evidence and object: new text, or NULL without memory. */
char *use_show_critical(const struct subject *subject);
char *use_show_holders(const struct subject *subject);
char *use_show_owner(const struct subject *subject);
char *use_name_critical(const struct subject *subject);
char *use_name_holders(const struct subject *subject);

/** use_is_owner() - whether a use is vfio's: a guest, or somebody like it */
bool use_is_owner(const struct use *use);

/**
 * use_describe() - what a use means for whoever wants the device
 * @device: has the use, or the virtual function that has it
 *
 * Return: new text that completes "DEVICE ...", not escaped; NULL without
 * memory.
 */
char *use_describe(const struct use *use, const struct device *device);

#endif
