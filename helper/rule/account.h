/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults booked on functions: as many accounts as there are or were functions, and
 * one for the rest, however many requester IDs somebody makes up.
 *
 * What is counted only grows, and stays with its account when the function goes and
 * comes back: a monitoring system takes what shrinks for a counter that began anew.
 * One exception cannot be helped: that an ID without a function is used by another,
 * which has it as an alias or is the bridge to its bus, only that function tells. When
 * it goes, faults under that ID become nobody's. What goes below a bridge moves nothing.
 */
#ifndef RULE_ACCOUNT_H
#define RULE_ACCOUNT_H

#include "rule/identity.h"

/** ACCOUNT_REASONS - numbers that an IOMMU can give for its reason */
#define ACCOUNT_REASONS 256

/**
 * struct account - of one function, or of all IDs that are nobody's
 * @address: of the function, which may be gone; not of @nobody
 * @nobody: IDs of no function. Those that a function puts on requests beside its
 *	own are booked on that function
 * @watched: somebody counts, and all that is counted was told: zeros say that there
 *	were no faults
 * @reasons: faults by number of the reason; NULL where there were none
 * @other_reasons: faults for reasons that the module did not keep apart
 * @last_seen: of the last fault, nanoseconds since 1970; 0 where not known
 */
struct account {
	struct bdf address;
	bool nobody, watched;
	uint64_t reads, writes, others;
	uint64_t *reasons;
	uint64_t other_reasons;
	uint64_t last_seen;
};

/** struct accounts - by address, that of nobody last */
struct accounts {
	struct account *item;
	size_t count;
};

/**
 * accounts_find() - book all faults
 * @accounts: freed by accounts_free(), also after an error
 *
 * There is no account of nobody where the module did not tell of IDs that never
 * were a function, because whoever asked may not know.
 *
 * Return: 0, or -ENOMEM.
 */
int accounts_find(struct accounts *accounts, const struct tree *tree);

/** accounts_free() - free it */
void accounts_free(struct accounts *accounts);

#endif
