// SPDX-License-Identifier: GPL-2.0
#include <linux/hash.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include "device.h"
#include "ledger.h"
#include "probe_lock.h"

static u64 key_of(const struct iow_account *account)
{
	return IOW_KEY(account->segment, account->requester);
}

static struct hlist_head *chain(struct iow_ledger *ledger, u64 key)
{
	return &ledger->chains[hash_64(key, ilog2(IOW_LEDGER_CHAINS))];
}

/* Accounts are only ever added, so that none can go while it is looked at. */
static struct iow_account *find(struct iow_ledger *ledger, u64 key)
{
	struct iow_account *account;

	hlist_for_each_entry_rcu_notrace(account, chain(ledger, key), node)
		if (key_of(account) == key)
			return account;
	return NULL;
}

static void enter(struct iow_ledger *ledger, struct iow_account *account, u64 key)
{
	iow_account_init(account, key >> 16, key & 0xffff);
	hlist_add_head_rcu(&account->node, chain(ledger, key));
}

/* An account of the pool, entered while requests to count come in. */
static struct iow_account *take_from_pool(struct iow_ledger *ledger, u64 key)
{
	struct iow_account *account;
	unsigned long flags;

	/* For ever: who forges IDs is in nobody's way from then on. */
	if (smp_load_acquire(&ledger->used) == IOW_LEDGER_POOL)
		return find(ledger, key);
	iow_probe_lock(&ledger->growth, flags);
	account = find(ledger, key);
	if (!account && ledger->used < IOW_LEDGER_POOL) {
		account = &ledger->pool[ledger->used];
		enter(ledger, account, key);
		/* Pairs with the load in iow_ledger_next(). */
		smp_store_release(&ledger->used, ledger->used + 1);
	}
	raw_spin_unlock_irqrestore(&ledger->growth, flags);
	return account;
}

static void wake(struct iow_ledger *ledger)
{
	void (*const call)(struct iow_ledger *ledger) = READ_ONCE(ledger->wake);

	if (call)
		call(ledger);
}

static void note_changed(struct iow_ledger *ledger, struct iow_account *account)
{
	if (test_and_set_bit(IOW_ACCOUNT_CHANGED, &account->flags))
		return;
	if (llist_add(&account->changed_node, &ledger->changed))
		wake(ledger);
}

/**
 * iow_ledger_count() - book a fault
 * @ledger: the ledger
 * @unit: that reported it, one of @ledger
 * @fault: the fault
 *
 * Allocates nothing, sends nothing, prints nothing.
 *
 * Context: any (NMI: see probe_lock.h). Takes the lock of one account,
 *	    then that of @unit, and before them that of the ledger for a requester
 *	    that is seen the first time and is no function.
 */
void iow_ledger_count(struct iow_ledger *ledger, struct iow_unit *unit,
		      const struct iow_fault *fault)
{
	const u64 key = IOW_KEY(fault->segment, fault->requester);
	struct iow_account *account;

	account = find(ledger, key) ?: take_from_pool(ledger, key) ?:
		  &unit->buckets[fault->requester >> 8];
	iow_account_count(account, fault, unit->index);
	iow_unit_count(unit, IOW_UNIT_RECORD);
	note_changed(ledger, account);
}

/**
 * iow_ledger_mark() - note that listeners are to be told of a unit
 * @ledger: the ledger
 * @unit: one of @ledger
 *
 * Context: any.
 */
void iow_ledger_mark(struct iow_ledger *ledger, struct iow_unit *unit)
{
	if (!test_and_set_bit(IOW_UNIT_CHANGED, &unit->flags))
		wake(ledger);
}

/**
 * iow_ledger_note() - count what can be booked on nobody
 * @ledger: the ledger
 * @unit: where it happened, one of @ledger
 * @event: what, other than a record
 *
 * Allocates nothing, sends nothing, prints nothing.
 *
 * Context: any; NMI only as probe_lock.h says. Takes the lock of @unit.
 */
void iow_ledger_note(struct iow_ledger *ledger, struct iow_unit *unit,
		     enum iow_unit_event event)
{
	iow_unit_count(unit, event);
	iow_ledger_mark(ledger, unit);
}

/* The place of the next function's account; memory for it is made if need be. */
static struct iow_account *reserve(struct iow_ledger *ledger)
{
	const unsigned int chunk = ledger->reserved / IOW_LEDGER_CHUNK;

	lockdep_assert_held(&ledger->reserving);
	if (chunk == IOW_LEDGER_CHUNKS)
		return NULL;
	if (!ledger->chunks[chunk])
		ledger->chunks[chunk] = kvcalloc(IOW_LEDGER_CHUNK, sizeof(**ledger->chunks),
						 GFP_KERNEL);
	if (!ledger->chunks[chunk])
		return NULL;
	return &ledger->chunks[chunk][ledger->reserved % IOW_LEDGER_CHUNK];
}

static void mark_present(struct iow_account *account, bool present)
{
	struct iow_tally tally;

	if (present && !account->is_present) {
		tally = iow_account_read(account);
		account->before = iow_tally_total(&tally);
	}
	account->is_present = present;
	account->was_present = true;
}

/**
 * iow_ledger_set_present() - a function came or went
 * @ledger: the ledger
 * @key: IOW_KEY() of the function
 * @present: it came
 *
 * One that came gets an account, if it has none. Where there is no memory for it
 * its faults are booked as those of an unknown requester.
 *
 * Context: process context; may sleep.
 */
void iow_ledger_set_present(struct iow_ledger *ledger, u64 key, bool present)
{
	struct iow_account *account, *spare;
	unsigned long flags;

	mutex_lock(&ledger->reserving);
	spare = present ? reserve(ledger) : NULL;
	raw_spin_lock_irqsave(&ledger->growth, flags);
	account = find(ledger, key);
	if (!account && spare) {
		account = spare;
		enter(ledger, account, key);
		/* Pairs with the load in iow_ledger_next(). */
		smp_store_release(&ledger->reserved, ledger->reserved + 1);
	}
	if (account)
		mark_present(account, present);
	raw_spin_unlock_irqrestore(&ledger->growth, flags);
	mutex_unlock(&ledger->reserving);
}

/**
 * iow_ledger_find() - the account of a requester
 * @ledger: the ledger
 * @key: IOW_KEY() of it
 *
 * Context: any.
 * Return: the account, which stays for as long as the ledger does, or NULL.
 */
struct iow_account *iow_ledger_find(struct iow_ledger *ledger, u64 key)
{
	return find(ledger, key);
}

/**
 * iow_ledger_generation() - tells a walk that functions came meanwhile
 * @ledger: the ledger
 *
 * Context: any.
 * Return: another number, never 0, where functions have accounts that had none.
 */
unsigned int iow_ledger_generation(const struct iow_ledger *ledger)
{
	return READ_ONCE(ledger->reserved) + 1;
}

static struct iow_account *next_bucket(struct iow_ledger *ledger, u64 *place, u64 bucket)
{
	struct iow_unit *unit;
	struct iow_tally tally;

	list_for_each_entry(unit, &ledger->units, siblings) {
		for (; bucket < IOW_BUSES; bucket++, ++*place) {
			tally = iow_account_read(&unit->buckets[bucket]);
			if (iow_tally_total(&tally)) {
				++*place;
				return &unit->buckets[bucket];
			}
		}
		bucket -= IOW_BUSES;
	}
	return NULL;
}

/**
 * iow_ledger_next() - walk along all accounts
 * @ledger: the ledger
 * @place: 0 at first; where to go on
 * @with_buckets: else the end is before them; to look for those that are not empty
 *	takes long
 *
 * Functions first, then other requesters, then buckets that are not empty.
 * Accounts that are added meanwhile may be missed.
 *
 * Context: process context.
 * Return: an account, or NULL at the end.
 */
struct iow_account *iow_ledger_next(struct iow_ledger *ledger, u64 *place, bool with_buckets)
{
	const u64 functions = IOW_LEDGER_CHUNK * IOW_LEDGER_CHUNKS;
	const u64 buckets = functions + IOW_LEDGER_POOL;
	/* What is below was entered whole. */
	const unsigned int reserved = smp_load_acquire(&ledger->reserved);
	const unsigned int used = smp_load_acquire(&ledger->used);	/* likewise */
	u64 i;

	if (*place >= reserved && *place < functions)
		*place = functions;
	if (*place >= functions + used && *place < buckets)
		*place = buckets;
	if (*place >= buckets)
		return with_buckets ? next_bucket(ledger, place, *place - buckets) : NULL;
	i = (*place)++;
	if (i >= functions)
		return &ledger->pool[i - functions];
	return &ledger->chunks[i / IOW_LEDGER_CHUNK][i % IOW_LEDGER_CHUNK];
}

/**
 * iow_ledger_take_changed() - what changed since it was asked last
 * @ledger: the ledger
 *
 * Clear IOW_ACCOUNT_CHANGED of an account before it is read, and take the next
 * of the list before that.
 *
 * Context: process context; one caller at a time.
 * Return: a list of accounts by their changed_node, or NULL.
 */
struct llist_node *iow_ledger_take_changed(struct iow_ledger *ledger)
{
	return llist_del_all(&ledger->changed);
}

/**
 * iow_ledger_add_unit() - open the counts of a unit
 * @ledger: the ledger
 * @unit: zeroed but for what it is; stays the caller's, who frees it after
 *	  iow_ledger_close()
 *
 * Context: process context; may sleep. Nobody walks along the ledger yet.
 * Return: 0 or -ENOMEM.
 */
int iow_ledger_add_unit(struct iow_ledger *ledger, struct iow_unit *unit)
{
	int err = iow_unit_init(unit);

	if (err)
		return err;
	unit->index = ledger->unit_count++;
	list_add_tail(&unit->siblings, &ledger->units);
	return 0;
}

/**
 * iow_ledger_open() - an empty ledger
 *
 * Context: process context; may sleep.
 * Return: the ledger, or NULL without memory.
 */
struct iow_ledger *iow_ledger_open(void)
{
	struct iow_ledger *ledger = kvzalloc(sizeof(*ledger), GFP_KERNEL);

	if (!ledger)
		return NULL;
	ledger->pool = kvcalloc(IOW_LEDGER_POOL, sizeof(*ledger->pool), GFP_KERNEL);
	if (!ledger->pool) {
		kvfree(ledger);
		return NULL;
	}
	raw_spin_lock_init(&ledger->growth);
	mutex_init(&ledger->reserving);
	INIT_LIST_HEAD(&ledger->units);
	init_llist_head(&ledger->changed);
	return ledger;
}

/**
 * iow_ledger_close() - throw all counts away
 * @ledger: nobody counts or reads any more
 *
 * Context: process context; may sleep.
 */
void iow_ledger_close(struct iow_ledger *ledger)
{
	struct iow_unit *unit;
	unsigned int i;

	list_for_each_entry(unit, &ledger->units, siblings)
		iow_unit_free(unit);
	for (i = 0; i < IOW_LEDGER_CHUNKS; i++)
		kvfree(ledger->chunks[i]);
	kvfree(ledger->pool);
	kvfree(ledger);
}
