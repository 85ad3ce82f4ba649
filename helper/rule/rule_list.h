/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rules of one severity, a file each. Within it the most telling first: the
 * first worst is the headline.
 */
#ifndef RULE_RULE_LIST_H
#define RULE_RULE_LIST_H

#include "rule/rule.h"

/** struct rule_list - rows that are all of one severity */
struct rule_list {
	const struct rule *row;
	size_t count;
};

#define RULE_LIST(rows_) { (rows_), sizeof(rows_) / sizeof((rows_)[0]) }

extern const struct rule_list rules_unsafe;
extern const struct rule_list rules_unknown;
extern const struct rule_list rules_warning;
extern const struct rule_list rules_info;

#endif
