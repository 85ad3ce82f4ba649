// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>
#include "probe_lock.h"
#include "unit.h"

/**
 * iow_unit_init() - prepare a unit for counting
 * @unit: zeroed memory, with its segment set
 *
 * Context: process context; may sleep.
 * Return: 0, or -ENOMEM, and then there is nothing to free.
 */
int iow_unit_init(struct iow_unit *unit)
{
	unsigned int bus;

	unit->buckets = kvcalloc(IOW_BUSES, sizeof(*unit->buckets), GFP_KERNEL);
	if (!unit->buckets)
		return -ENOMEM;
	for (bus = 0; bus < IOW_BUSES; bus++) {
		iow_account_init(&unit->buckets[bus], unit->segment, bus << 8);
		unit->buckets[bus].is_bucket = true;
	}
	raw_spin_lock_init(&unit->lock);
	seqcount_raw_spinlock_init(&unit->sequence, &unit->lock);
	return 0;
}

/**
 * iow_unit_free() - undo iow_unit_init()
 * @unit: nobody counts any more
 *
 * Context: process context; may sleep.
 */
void iow_unit_free(struct iow_unit *unit)
{
	kvfree(unit->buckets);
}

static u64 *counter(struct iow_unit_counts *counts, enum iow_unit_event event)
{
	switch (event) {
	case IOW_UNIT_RECORD:
		return &counts->records;
	case IOW_UNIT_UNATTRIBUTED:
		return &counts->unattributed;
	case IOW_UNIT_OVERFLOW:
		return &counts->overflows;
	default:
		return &counts->missed;
	}
}

/**
 * iow_unit_count() - note that something happened
 * @unit: where
 * @event: what
 *
 * Context: any; NMI only as probe_lock.h says. Takes @unit->lock.
 */
void iow_unit_count(struct iow_unit *unit, enum iow_unit_event event)
{
	unsigned long flags;

	iow_probe_lock(&unit->lock, flags);
	raw_write_seqcount_begin(&unit->sequence);
	++*counter(&unit->counts, event);
	raw_write_seqcount_end(&unit->sequence);
	raw_spin_unlock_irqrestore(&unit->lock, flags);
}

/**
 * iow_unit_read() - all counts as they were at one moment
 * @unit: the unit
 *
 * Context: process context.
 * Return: a copy.
 */
struct iow_unit_counts iow_unit_read(const struct iow_unit *unit)
{
	struct iow_unit_counts counts;
	unsigned int sequence;

	do {
		sequence = read_seqcount_begin(&unit->sequence);
		counts = unit->counts;
	} while (read_seqcount_retry(&unit->sequence, sequence));
	return counts;
}

/**
 * iow_unit_look() - whether a unit is watched now
 * @unit: the unit
 *
 * Context: process context; may sleep.
 * Return: its state.
 */
struct iow_unit_state iow_unit_look(const struct iow_unit *unit)
{
	return unit->look ? unit->look(unit) : unit->state;
}

/**
 * iow_unit_is_lower_bound() - whether there were more faults than records
 * @counts: of a unit
 *
 * Context: any.
 * Return: whether faults may have been lost, by hardware or by us.
 */
bool iow_unit_is_lower_bound(const struct iow_unit_counts *counts)
{
	return counts->overflows || counts->missed;
}
