/* SPDX-License-Identifier: GPL-2.0 */
/* Where the kernel's groups and the prediction are not the same. */
#ifndef PREDICT_COMPARISON_H
#define PREDICT_COMPARISON_H

#include "predict/prediction.h"

/** struct pair - two devices; NULL where there is no such pair */
struct pair {
	const struct device *one, *other;
};

/**
 * struct comparison - the first pair of each kind, in order of address
 * @split: the kernel keeps apart what the prediction has in one group
 * @joined: the other way round
 */
struct comparison {
	struct pair split, joined;
};

/**
 * comparison_make() - compare all groups that are predicted with certainty
 *
 * Return: 0, or -ENOMEM.
 */
int comparison_make(struct comparison *comparison,
		    const struct prediction *prediction);

/** comparison_splits() - whether the kernel keeps two devices apart, see above */
bool comparison_splits(const struct prediction *prediction,
		       const struct device *one, const struct device *other);

/** comparison_joins() - whether it does not, and the prediction does */
bool comparison_joins(const struct prediction *prediction,
		      const struct device *one, const struct device *other);

#endif
