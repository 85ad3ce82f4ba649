/* SPDX-License-Identifier: GPL-2.0 */
/* Requester IDs that faults were counted of, and what is to be made of each. */
#ifndef RULE_SUSPECT_H
#define RULE_SUSPECT_H

#include "rule/forgery.h"
#include "rule/identity.h"
#include "rule/remainder.h"
#include "rule/watch.h"

/**
 * struct suspect - one of them
 * @device: that has the ID now, or NULL
 * @exact: as of watch_is_exact()
 * @grown: faults since an earlier reading; @seconds: that was so long before, 0
 *	where there was none or counts began anew
 */
struct suspect {
	const struct requester *requester;
	const struct device *device;
	struct identity identity;
	bool exact;
	struct forgery forgery;
	uint64_t grown;
	double seconds;
};

/**
 * struct question - what is asked for
 * @only: these IDs, @count of them, and those beside its own that a device with
 *	one of them uses; 0 for all
 * @all: also those without faults
 * @before: an earlier reading to compare with, or NULL
 */
struct question {
	const struct bdf *only;
	size_t count;
	bool all;
	const struct faults *before;
};

/**
 * struct suspects - the answer
 * @item: most active first
 * @faults: of all that was asked for; where that is everything, also those whose
 *	requester is not known or not shown
 * @watched: devices asked for whose faults are counted; @unwatched: not
 * @losses, @inexact: as of watch.h, in the segment of any of these devices
 * @hides: everything was asked for, and not everything is shown
 * @remainder: of the first device asked for that has one
 * @gap: the first device that is not watched, NULL where all are; @why of it
 */
struct suspects {
	struct suspect *item;
	size_t count;
	uint64_t faults;
	size_t watched, unwatched;
	bool losses, inexact, hides;
	struct remainder remainder;
	const struct device *gap;
	struct watch why;
};

/**
 * suspects_find() - look at all that is asked for
 * @suspects: freed by suspects_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int suspects_find(struct suspects *suspects, const struct tree *tree,
		  const struct question *question);

/** suspects_all_watched() - whether somebody looks at every device asked for */
bool suspects_all_watched(const struct suspects *suspects);

/** suspects_are_none() - whether there were none, for all that is known */
bool suspects_are_none(const struct suspects *suspects);

/** suspect_reason() - a reason of a requester in words, a constant text */
const char *suspect_reason(const struct faults *faults,
			   const struct requester *requester, uint8_t code);

/** suspects_free() - free it */
void suspects_free(struct suspects *suspects);

#endif
