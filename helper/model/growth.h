/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What grew between two readings of counts, whatever was missed between them:
 * totals only grow, so their difference is every fault there was.
 */
#ifndef MODEL_GROWTH_H
#define MODEL_GROWTH_H

#include "model/faults.h"

/**
 * struct growth - faults of one requester since it was last looked at
 * @now: all of it
 * @reason: what grew by reason; a reason for the first time is among them
 */
struct growth {
	struct requester now;
	uint64_t faults;
	uint8_t reason_count;
	struct reason_count reason[REASONS_MAX];
};

/**
 * growth_take() - compare an account with what is known, and know it from now on
 * @known: sorted; the account is put in its place, or added
 *
 * An account that is smaller than what is known is a message that was overtaken by
 * a later reading: nothing grew, and it is not known from now on.
 *
 * Return: 0, with @growth->faults 0 where nothing grew, or -ENOMEM.
 */
int growth_take(struct growth *growth, struct faults *known,
		const struct requester *now);

/**
 * struct loss - faults of one source that no account shows, since it was last
 * looked at
 * @source: all of it, as it is known now; valid until another is taken
 */
struct loss {
	const struct source *source;
	uint64_t unattributed, overflows, missed;
};

/**
 * loss_take() - as growth_take(), of a source
 * @now: stays the caller's
 *
 * Return: 0, with all counts of @loss 0 where none grew, or -ENOMEM.
 */
int loss_take(struct loss *loss, struct faults *known, const struct source *now);

/** loss_is_any() - whether a count grew */
static inline bool loss_is_any(const struct loss *loss)
{
	return loss->unattributed || loss->overflows || loss->missed;
}

/** struct sequence - numbers of messages, as far as they were seen */
struct sequence {
	bool begun;
	uint64_t last;
};

/**
 * sequence_step() - the next message has this number
 *
 * Return: how many were missed before it.
 */
uint64_t sequence_step(struct sequence *sequence, uint64_t number);

#endif
