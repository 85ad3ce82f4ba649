/* SPDX-License-Identifier: GPL-2.0 */
/* One IOMMU as a fault source watches it, and what was counted of it in all. */
#ifndef IOW_UNIT_H
#define IOW_UNIT_H

#include <linux/iowarden.h>
#include <linux/list.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include "account.h"

#define IOW_BUSES	256

/**
 * struct iow_unit_counts - of one unit; none ever goes down
 * @records: fault records that were read, booked on a requester each
 * @unattributed: fault records that the kernel took before they could be read, or
 *	that name no requester; whose they were is not known
 * @overflows: how often the hardware had lost faults for lack of room, how many
 *	at a time it does not say
 * @missed: how often a probe could not run, or found the unit not answering
 */
struct iow_unit_counts {
	u64 records;
	u64 unattributed;
	u64 overflows;
	u64 missed;
};

/**
 * struct iow_unit_state - whether a unit is watched
 * @state: enum iowarden_source_state
 * @why: the reason in words, NULL where there is nothing to say
 * @missed: how often the kernel could not run a probe, besides what was counted
 * @lower_bound: something was missed of which it is not known that it was not this unit's
 */
struct iow_unit_state {
	u8 state;
	const char *why;
	u64 missed;
	bool lower_bound;
};

/**
 * struct iow_unit - one IOMMU
 * @siblings: in the ledger's list
 * @source: name of the source
 * @index: number in the ledger's list
 * @segment: PCI segment, valid with @has_address
 * @address: physical address of its registers, valid with @has_address
 * @has_address: this is an IOMMU; else it stands for all that a source watches
 * @state: whether it is watched, where @look is NULL
 * @look: whether it is watched now; process context
 * @lock: of who counts
 * @sequence: lets others read the counts of one moment without @lock
 * @counts: the counts
 * @flags: bit IOW_UNIT_CHANGED
 * @buckets: an account for each bus, for requesters that find no other
 */
struct iow_unit {
	struct list_head siblings;
	const char *source;
	u16 index;
	u32 segment;
	u64 address;
	bool has_address;
	struct iow_unit_state state;
	struct iow_unit_state (*look)(const struct iow_unit *unit);
	raw_spinlock_t lock;
	seqcount_raw_spinlock_t sequence;
	struct iow_unit_counts counts;
	unsigned long flags;
	struct iow_account *buckets;
};

/* Something other than a record was counted since listeners were told last. */
#define IOW_UNIT_CHANGED	0

/* What may happen at a unit, besides a record that was read. */
enum iow_unit_event {
	IOW_UNIT_RECORD,
	IOW_UNIT_UNATTRIBUTED,
	IOW_UNIT_OVERFLOW,
	IOW_UNIT_MISSED,
};

static inline struct iow_unit_state iow_unit_state(u8 state, const char *why)
{
	return (struct iow_unit_state){ .state = state, .why = why };
}

static inline struct iow_unit_state iow_failed(const char *why)
{
	return iow_unit_state(IOWARDEN_SOURCE_STATE_FAILED, why);
}

static inline struct iow_unit_state iow_off(const char *why)
{
	return iow_unit_state(IOWARDEN_SOURCE_STATE_OFF, why);
}

int iow_unit_init(struct iow_unit *unit);
void iow_unit_free(struct iow_unit *unit);
void iow_unit_count(struct iow_unit *unit, enum iow_unit_event event);
struct iow_unit_counts iow_unit_read(const struct iow_unit *unit);
struct iow_unit_state iow_unit_look(const struct iow_unit *unit);
bool iow_unit_is_lower_bound(const struct iow_unit_counts *counts);

#endif /* IOW_UNIT_H */
