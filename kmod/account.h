/* SPDX-License-Identifier: GPL-2.0 */
/* What one requester did: a line of the ledger. */
#ifndef IOW_ACCOUNT_H
#define IOW_ACCOUNT_H

#include <linux/list.h>
#include <linux/llist.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include "fault.h"

/* Different reasons kept apart for one requester; further ones share a count. */
#define IOW_TALLY_REASONS	8

/**
 * struct iow_tally - counts of one requester; none ever goes down
 * @reads: faults of requests to read
 * @writes: faults of requests to write
 * @others: of neither, or not known which
 * @reason_count: faults by reason, in the order of @reason
 * @other_reasons: faults of reasons that found no room in @reason
 * @first_seen: time of the first fault, ns since 1970 (UTC)
 * @last: the last fault
 * @unit: number of the unit that reported @last
 * @reasons: entries of @reason and @reason_count
 * @reason: the IOMMU's own numbers
 *
 * Faults whose source told no reason are in none of the counts by reason.
 */
struct iow_tally {
	u64 reads;
	u64 writes;
	u64 others;
	u64 reason_count[IOW_TALLY_REASONS];
	u64 other_reasons;
	u64 first_seen;
	struct iow_fault last;
	u16 unit;
	u8 reasons;
	u8 reason[IOW_TALLY_REASONS];
};

/**
 * struct iow_account - a requester and its tally
 * @node: in the ledger's chain of its key
 * @changed_node: in the ledger's list of accounts that changed
 * @lock: of who counts; held for a few dozen instructions
 * @sequence: lets others read a tally of one moment without @lock
 * @tally: the counts
 * @before: total when the function present was plugged in, so that of what stood
 *	    there before; under the ledger's lock, as are the flags below
 * @flags: bit IOW_ACCOUNT_CHANGED
 * @segment: PCI segment
 * @requester: requester ID; of a bucket, the first of its bus
 * @is_bucket: it counts all requesters of a bus that found no account
 * @was_present: there was a function with this requester ID
 * @is_present: there is one
 */
struct iow_account {
	struct hlist_node node;
	struct llist_node changed_node;
	raw_spinlock_t lock;
	seqcount_raw_spinlock_t sequence;
	struct iow_tally tally;
	u64 before;
	unsigned long flags;
	u32 segment;
	u16 requester;
	bool is_bucket;
	bool was_present;
	bool is_present;
};

#define IOW_ACCOUNT_CHANGED	0

void iow_account_init(struct iow_account *account, u32 segment, u16 requester);
void iow_account_count(struct iow_account *account, const struct iow_fault *fault, u16 unit);
struct iow_tally iow_account_read(const struct iow_account *account);
u64 iow_tally_total(const struct iow_tally *tally);

#endif /* IOW_ACCOUNT_H */
