/* SPDX-License-Identifier: GPL-2.0 */
/* A ledger and its units, gone with the test. */
#ifndef IOW_OPEN_LEDGER_H
#define IOW_OPEN_LEDGER_H

#include "ledger.h"
#include "owned.h"

static inline void close_ledger(struct kunit_resource *resource)
{
	iow_ledger_close(resource->data);
}

static inline struct iow_ledger *open_ledger(struct kunit *test)
{
	return owned(test, close_ledger, iow_ledger_open());
}

/* @unit outlives the ledger: memory of before open_ledger(), or static. */
static inline void open_unit(struct kunit *test, struct iow_ledger *ledger, struct iow_unit *unit)
{
	KUNIT_ASSERT_EQ(test, iow_ledger_add_unit(ledger, unit), 0);
}

static inline u64 total_of(const struct iow_account *account)
{
	const struct iow_tally tally = iow_account_read(account);

	return iow_tally_total(&tally);
}

#endif /* IOW_OPEN_LEDGER_H */
