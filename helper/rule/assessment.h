/* SPDX-License-Identifier: GPL-2.0 */
/* All of the answer about one set: question, judgement, and what is left to do. */
#ifndef RULE_ASSESSMENT_H
#define RULE_ASSESSMENT_H

#include "rule/judgement.h"
#include "rule/ready.h"

/** struct assessment - about one set */
struct assessment {
	struct inquiry inquiry;
	struct judgement judgement;
	struct ready ready;
};

/**
 * assessment_find() - judge a set
 * @assessment: freed by assessment_free(), also after an error
 * @survey: must live as long
 * @asked: the devices that the user named; likewise
 * @handed_over: a guest has the set already
 * @most: as of struct inquiry
 *
 * Return: 0, or -ENOMEM.
 */
int assessment_find(struct assessment *assessment,
		const struct survey *survey, const struct set *asked,
		bool handed_over, size_t most);

/** assessment_free() - free it */
void assessment_free(struct assessment *assessment);

#endif
