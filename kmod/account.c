// SPDX-License-Identifier: GPL-2.0
#include <linux/iowarden.h>
#include <linux/overflow.h>
#include "account.h"
#include "probe_lock.h"

/* A counter that stands still is less of a lie than one that starts again. */
static void bump(u64 *counter)
{
	if (*counter != U64_MAX)
		++*counter;
}

static u64 *access_counter(struct iow_tally *tally, u8 access)
{
	switch (access) {
	case IOWARDEN_ACCESS_READ:
		return &tally->reads;
	case IOWARDEN_ACCESS_WRITE:
		return &tally->writes;
	default:
		return &tally->others;
	}
}

static u64 *reason_counter(struct iow_tally *tally, u8 reason)
{
	unsigned int i;

	for (i = 0; i < tally->reasons; i++)
		if (tally->reason[i] == reason)
			return &tally->reason_count[i];
	if (i == IOW_TALLY_REASONS)
		return &tally->other_reasons;
	tally->reason[i] = reason;
	tally->reasons++;
	return &tally->reason_count[i];
}

static void add(struct iow_tally *tally, const struct iow_fault *fault, u16 unit)
{
	if (!iow_tally_total(tally))
		tally->first_seen = fault->time;
	bump(access_counter(tally, fault->access));
	if (fault->has_reason)
		bump(reason_counter(tally, fault->reason));
	tally->last = *fault;
	tally->unit = unit;
}

/**
 * iow_account_init() - open an account, with nothing in it
 * @account: zeroed memory
 * @segment: PCI segment
 * @requester: requester ID
 *
 * Context: any.
 */
void iow_account_init(struct iow_account *account, u32 segment, u16 requester)
{
	raw_spin_lock_init(&account->lock);
	seqcount_raw_spinlock_init(&account->sequence, &account->lock);
	account->segment = segment;
	account->requester = requester;
}

/**
 * iow_account_count() - add one fault
 * @account: of its requester
 * @fault: the fault
 * @unit: number of the unit that reported it
 *
 * Context: any; NMI only as probe_lock.h says. Takes @account->lock.
 */
void iow_account_count(struct iow_account *account, const struct iow_fault *fault, u16 unit)
{
	unsigned long flags;

	iow_probe_lock(&account->lock, flags);
	raw_write_seqcount_begin(&account->sequence);
	add(&account->tally, fault, unit);
	raw_write_seqcount_end(&account->sequence);
	raw_spin_unlock_irqrestore(&account->lock, flags);
}

/**
 * iow_account_read() - all counts as they were at one moment
 * @account: the account
 *
 * Whoever counts is not held up by it.
 *
 * Context: process context.
 * Return: a copy.
 */
struct iow_tally iow_account_read(const struct iow_account *account)
{
	struct iow_tally tally;
	unsigned int sequence;

	do {
		sequence = read_seqcount_begin(&account->sequence);
		tally = account->tally;
	} while (read_seqcount_retry(&account->sequence, sequence));
	return tally;
}

/**
 * iow_tally_total() - faults in all
 * @tally: the counts
 *
 * Context: any.
 * Return: a number of faults.
 */
u64 iow_tally_total(const struct iow_tally *tally)
{
	u64 sum;

	if (check_add_overflow(tally->reads, tally->writes, &sum) ||
	    check_add_overflow(sum, tally->others, &sum))
		return U64_MAX;
	return sum;
}
