/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every question about a machine asks of it, whichever set it is about. Made
 * once, so that the time for a set is that of the set and of what is beside its
 * way, on a machine of ten functions and of ten thousand.
 */
#ifndef RULE_SURVEY_H
#define RULE_SURVEY_H

#include "model/set.h"
#include "predict/prediction.h"
#include "rule/usage.h"

/**
 * struct survey - of one machine
 * @prediction: of its groups; borrowed
 * @open: for each device of the facts, whether as a hop it shows a way sideways,
 *	or may have one
 * @next_guest: for each place among the endpoints of struct kin, that of the next
 *	one which is given to user space
 * @next_stranger: likewise, of which that could not be seen
 * @usage: how the host uses its devices
 */
struct survey {
	const struct prediction *prediction;
	bool *open;
	size_t *next_guest, *next_stranger;
	struct usage usage;
};

/**
 * survey_make() - look at all devices
 * @survey: freed by survey_free(), also after an error
 * @prediction: and its tree, must live as long
 *
 * Return: 0, or -ENOMEM.
 */
int survey_make(struct survey *survey, const struct prediction *prediction);

/** survey_may_be_open() - whether a hop may let requests pass sideways */
bool survey_may_be_open(const struct survey *survey,
			const struct device *device);

/**
 * survey_guest() - the first endpoint at or below a device that is given to user
 * space and not in a set, or NULL
 */
const struct device *survey_guest(const struct survey *survey,
				  const struct device *top,
				  const struct set *set);

/** survey_stranger() - likewise, of which that could not be seen */
const struct device *survey_stranger(const struct survey *survey,
				     const struct device *top,
				     const struct set *set);

/** survey_free() - free it, not the prediction */
void survey_free(struct survey *survey);

#endif
