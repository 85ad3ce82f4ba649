/* SPDX-License-Identifier: GPL-2.0 */
/* Every set of a machine judged: its groups, and devices that are in none. */
#ifndef RULE_AUDIT_H
#define RULE_AUDIT_H

#include "rule/assessment.h"
#include "rule/prospect.h"

/**
 * struct audited - one set
 * @first: the first of the group, or the one that is in none
 * @asked: the endpoints of a group, or one endpoint that is in none; and what
 *	the process that has them through vfio has beside them: one guest's
 * @covered: a member is bound to vfio, or may be: the audit answers for it
 */
struct audited {
	const struct device *first;
	struct set asked;
	struct assessment assessment;
	bool covered;
};

/**
 * struct audit - all sets
 * @survey: which answers for each of them are found by
 * @item: groups in the order of their numbers, then devices without one
 * @covered: how many the audit answers for
 * @verdict: the worst of these; SEVERITY_INFO where there are none
 * @slots: what could be expected below each port
 * @unseen: what was not judged of any set, each text once
 */
struct audit {
	struct survey survey;
	struct audited *item;
	size_t count;
	size_t covered;
	enum severity verdict;
	struct prospects slots;
	struct text_list unseen;
};

/**
 * audit_run() - judge them
 * @audit: freed by audit_free(), also after an error
 * @prediction: and its tree, must live as long
 *
 * Return: 0, or -ENOMEM.
 */
int audit_run(struct audit *audit, const struct prediction *prediction);

/** audit_count() - how many sets that it answers for have a verdict */
size_t audit_count(const struct audit *audit, enum severity verdict);

/** audit_free() - free it */
void audit_free(struct audit *audit);

#endif
