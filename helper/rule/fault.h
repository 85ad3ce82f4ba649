/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about DMA faults, and what was counted of a set. */
#ifndef RULE_FAULT_H
#define RULE_FAULT_H

#include "rule/remainder.h"
#include "rule/rule.h"
#include "rule/watch.h"

/** FAULT_WINDOW - faults that are longer ago bear on no verdict: a day, in ns */
#define FAULT_WINDOW (UINT64_C(86400) * 1000000000)

bool fault_is_recent(const struct subject *subject);
bool fault_is_unwatched(const struct subject *subject);

/* Evidence: new text, or NULL without memory. */
char *fault_show_recent(const struct subject *subject);
char *fault_show_unwatched(const struct subject *subject);

/**
 * struct fault_sum - of all members of a set
 * @told: somebody counts on this machine
 * @gap: the first member that is not watched, NULL where all are; @why of it
 * @total: faults of whoever has the IDs now
 * @remainder: of the first member that has one
 * @at_least: there may have been more: lost, booked on nobody, or not looked for
 */
struct fault_sum {
	bool told;
	const struct device *gap;
	struct watch why;
	struct remainder remainder;
	uint64_t total;
	bool at_least;
};

/** fault_sum_up() - what was counted of a set; can't fail */
struct fault_sum fault_sum_up(const struct inquiry *inquiry);

/** fault_sum_explain() - the gap in words; new text, or NULL without memory */
char *fault_sum_explain(const struct fault_sum *sum, const struct facts *facts);

#endif
