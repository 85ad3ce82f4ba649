/* SPDX-License-Identifier: GPL-2.0 */
/* The answer to an inquiry: findings, what they rest on, and the verdict. */
#ifndef RULE_JUDGEMENT_H
#define RULE_JUDGEMENT_H

#include "rule/rule.h"

/**
 * struct finding - a rule that applied
 * @device: member of the set that it is about
 * @crossing: the hop it is about, NULL if none; borrowed from the inquiry
 * @bypass: the way past the bits of a hop that it is about, likewise
 * @intrusion: the way in that it is about, likewise
 * @evidence: owned
 * @object: stands for the "@" of the headline, NULL where devices do; owned
 */
struct finding {
	const struct rule *rule;
	const struct device *device;
	const struct crossing *crossing;
	const struct bypass *bypass;
	const struct intrusion *intrusion;
	char *evidence;
	char *object;
};

/**
 * struct judgement - the answer
 * @verdict: SEVERITY_INFO where nothing is wrong: safe
 * @basis: what the weakest barrier around the set rests on; BASIS_UNKNOWN where
 *	a barrier could not be read
 * @finding: in the order of the rules, so the first of a severity tells most
 * @unseen: what was not judged and bears on the answer
 */
struct judgement {
	enum severity verdict;
	enum basis basis;
	struct finding *finding;
	size_t finding_count;
	struct text_list unseen;
};

/**
 * judgement_reach() - apply all rules
 * @judgement: freed by judgement_free(), also after an error
 * @inquiry: must live as long as the judgement
 *
 * Return: 0, or -ENOMEM.
 */
int judgement_reach(struct judgement *judgement, const struct inquiry *inquiry);

/** judgement_headline() - the finding that decided, NULL if safe */
const struct finding *judgement_headline(const struct judgement *judgement);

/** severity_status() - exit status: 0 safe, 1 warning, 2 unsafe, 3 unknown */
int severity_status(enum severity verdict);

/** judgement_count() - how many findings there are of a severity */
size_t judgement_count(const struct judgement *judgement,
		       enum severity severity);

/** judgement_free() - free it */
void judgement_free(struct judgement *judgement);

#endif
