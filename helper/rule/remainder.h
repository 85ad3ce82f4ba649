/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults that may be a device's and that no account shows as its.
 *
 * The module has an account for each function, and for other requester IDs as long
 * as there is room; what comes then is booked on the bus as a whole. And it tells of
 * IDs that never were a function only those who have CAP_NET_ADMIN. So of a device
 * that uses such an ID, as an alias or by a bridge above it, the accounts that are
 * shown are not all.
 */
#ifndef RULE_REMAINDER_H
#define RULE_REMAINDER_H

#include "model/tree.h"

/**
 * struct remainder - such faults
 * @device: that may have made them; NULL where there are none
 * @id: that it uses, and that has no account of those that are shown
 * @crowd: faults that are booked on the bus of @id as a whole; 0 where @id may only
 *	be one that is not shown
 */
struct remainder {
	const struct device *device;
	struct bdf id;
	uint64_t crowd;
};

/** remainder_is_possible() - whether a device uses an ID without an account */
bool remainder_is_possible(const struct tree *tree,
			   const struct device *device);

/** remainder_find() - faults that may be those of a device; can't fail */
struct remainder remainder_find(const struct tree *tree,
				const struct device *device);

/** remainder_explain() - in words; new text, or NULL without memory */
char *remainder_explain(const struct remainder *remainder,
			const struct faults *faults);

#endif
