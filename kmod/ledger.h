/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All accounts and units. Memory for what is counted is there before it is
 * needed: an account for each function present, a pool for requesters that are
 * none, and when that is used up a bucket for each bus of each unit. A device
 * that forges requester IDs spoils the detail of a bus, not the ledger.
 */
#ifndef IOW_LEDGER_H
#define IOW_LEDGER_H

#include <linux/llist.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include "account.h"
#include "unit.h"

#define IOW_LEDGER_CHAINS	1024
#define IOW_LEDGER_POOL		512
/* Functions that ever were present: more than these share the pool. */
#define IOW_LEDGER_CHUNK	64
#define IOW_LEDGER_CHUNKS	1024

/**
 * struct iow_ledger - the accounts
 * @chains: by key; accounts are added, and never taken out
 * @growth: of @chains, @used, @reserved and the presence of accounts
 * @reserving: serializes who allocates @chunks
 * @pool: accounts for requesters that are no function
 * @used: accounts of @pool that are in @chains
 * @chunks: accounts of functions, IOW_LEDGER_CHUNK in each
 * @reserved: accounts of @chunks that are in @chains
 * @units: struct iow_unit; added before anything is counted there
 * @unit_count: entries of @units
 * @changed: accounts that changed since iow_ledger_take_changed()
 * @wake: called with the first of them, and when IOW_UNIT_CHANGED of a unit is set,
 *	in the context of who counts; or NULL
 */
struct iow_ledger {
	struct hlist_head chains[IOW_LEDGER_CHAINS];
	raw_spinlock_t growth;
	struct mutex reserving;	/* of @chunks */
	struct iow_account *pool;
	unsigned int used;
	struct iow_account *chunks[IOW_LEDGER_CHUNKS];
	unsigned int reserved;
	struct list_head units;
	u16 unit_count;
	struct llist_head changed;
	void (*wake)(struct iow_ledger *ledger);
};

struct iow_ledger *iow_ledger_open(void);
void iow_ledger_close(struct iow_ledger *ledger);
int iow_ledger_add_unit(struct iow_ledger *ledger, struct iow_unit *unit);
void iow_ledger_set_present(struct iow_ledger *ledger, u64 key, bool present);
void iow_ledger_count(struct iow_ledger *ledger, struct iow_unit *unit,
		      const struct iow_fault *fault);
void iow_ledger_mark(struct iow_ledger *ledger, struct iow_unit *unit);
void iow_ledger_note(struct iow_ledger *ledger, struct iow_unit *unit,
		     enum iow_unit_event event);
unsigned int iow_ledger_generation(const struct iow_ledger *ledger);
struct iow_account *iow_ledger_find(struct iow_ledger *ledger, u64 key);
struct iow_account *iow_ledger_next(struct iow_ledger *ledger, u64 *place, bool with_buckets);
struct llist_node *iow_ledger_take_changed(struct iow_ledger *ledger);

#endif /* IOW_LEDGER_H */
