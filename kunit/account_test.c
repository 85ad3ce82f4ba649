// SPDX-License-Identifier: GPL-2.0
/* What one requester did: counts that only grow, and stand still at their end. */
#include "account.h"
#include "suite.h"

#define UNIT	3

static void count(struct iow_account *account, u8 access, u8 reason)
{
	const struct iow_fault fault = { .access = access, .reason = reason, .has_reason = true };

	iow_account_count(account, &fault, UNIT);
}

static void account_begins_empty(struct kunit *test)
{
	struct iow_account account = { };
	struct iow_tally tally;

	iow_account_init(&account, 0x10000, 0x1234);
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, account.segment, 0x10000);
	KUNIT_EXPECT_EQ(test, account.requester, 0x1234);
	KUNIT_EXPECT_EQ(test, iow_tally_total(&tally), 0);
	KUNIT_EXPECT_EQ(test, tally.reasons, 0);
}

static void accesses_are_kept_apart(struct kunit *test)
{
	struct iow_account account = { };
	struct iow_tally tally;
	int i;

	iow_account_init(&account, 0, 0);
	for (i = 0; i < 3; i++)
		count(&account, IOWARDEN_ACCESS_READ, 6);
	for (i = 0; i < 5; i++)
		count(&account, IOWARDEN_ACCESS_WRITE, 5);
	count(&account, IOWARDEN_ACCESS_INTERRUPT, 0x22);
	count(&account, IOWARDEN_ACCESS_OTHER, 6);
	count(&account, 0, 6);
	count(&account, 0xff, 6);
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, tally.reads, 3);
	KUNIT_EXPECT_EQ(test, tally.writes, 5);
	KUNIT_EXPECT_EQ(test, tally.others, 4);
	KUNIT_EXPECT_EQ(test, iow_tally_total(&tally), 12);
}

static void reasons_are_kept_apart_in_the_order_they_came(struct kunit *test)
{
	struct iow_account account = { };
	struct iow_tally tally;

	iow_account_init(&account, 0, 0);
	count(&account, IOWARDEN_ACCESS_READ, 6);
	count(&account, IOWARDEN_ACCESS_WRITE, 0);
	count(&account, IOWARDEN_ACCESS_READ, 6);
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, tally.reasons, 2);
	KUNIT_EXPECT_EQ(test, tally.reason[0], 6);
	KUNIT_EXPECT_EQ(test, tally.reason_count[0], 2);
	KUNIT_EXPECT_EQ(test, tally.reason[1], 0);
	KUNIT_EXPECT_EQ(test, tally.reason_count[1], 1);
	KUNIT_EXPECT_EQ(test, tally.other_reasons, 0);
}

static void reasons_beyond_the_eighth_share_a_count(struct kunit *test)
{
	struct iow_account account = { };
	struct iow_tally tally;
	u64 sum = 0;
	int i;

	iow_account_init(&account, 0, 0);
	for (i = 0; i < 256; i++)
		count(&account, IOWARDEN_ACCESS_READ, i);
	/* One that has its own count goes on to use it. */
	count(&account, IOWARDEN_ACCESS_READ, IOW_TALLY_REASONS - 1);
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, tally.reasons, IOW_TALLY_REASONS);
	for (i = 0; i < IOW_TALLY_REASONS; i++) {
		KUNIT_EXPECT_EQ(test, tally.reason[i], i);
		sum += tally.reason_count[i];
	}
	KUNIT_EXPECT_EQ(test, tally.reason_count[IOW_TALLY_REASONS - 1], 2);
	KUNIT_EXPECT_EQ(test, tally.other_reasons, 256 - IOW_TALLY_REASONS);
	KUNIT_EXPECT_EQ(test, sum + tally.other_reasons, iow_tally_total(&tally));
}

static void reason_that_is_not_told_is_in_no_count_by_reason(struct kunit *test)
{
	const struct iow_fault fault = { .access = IOWARDEN_ACCESS_READ, .reason = 6 };
	struct iow_account account = { };
	struct iow_tally tally;

	iow_account_init(&account, 0, 0);
	iow_account_count(&account, &fault, UNIT);
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, iow_tally_total(&tally), 1);
	KUNIT_EXPECT_EQ(test, tally.reasons, 0);
	KUNIT_EXPECT_EQ(test, tally.other_reasons, 0);
}

static void first_time_stays_and_the_last_fault_is_kept(struct kunit *test)
{
	const struct iow_fault faults[] = {
		{ .time = 100, .address = 0x1000, .has_address = true, .pasid = 7,
		  .has_pasid = true, .access = IOWARDEN_ACCESS_WRITE },
		{ .time = 300, .address = 0x2000, .has_address = true },
		{ .time = 200, .access = IOWARDEN_ACCESS_READ, .reason = 6, .has_reason = true },
	};
	struct iow_account account = { };
	struct iow_tally tally;
	int i;

	iow_account_init(&account, 0, 0);
	for (i = 0; i < ARRAY_SIZE(faults); i++)
		iow_account_count(&account, &faults[i], i);
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, tally.first_seen, 100);
	KUNIT_EXPECT_EQ(test, tally.last.time, 200);
	KUNIT_EXPECT_EQ(test, tally.last.access, IOWARDEN_ACCESS_READ);
	KUNIT_EXPECT_EQ(test, tally.unit, 2);
	/* Nothing of an earlier one shows through. */
	KUNIT_EXPECT_FALSE(test, tally.last.has_address);
	KUNIT_EXPECT_FALSE(test, tally.last.has_pasid);
}

static void counters_stand_still_at_their_end(struct kunit *test)
{
	struct iow_account account = { };
	struct iow_tally tally;
	int i;

	iow_account_init(&account, 0, 0);
	for (i = 0; i <= IOW_TALLY_REASONS; i++)
		count(&account, IOWARDEN_ACCESS_READ, i);
	account.tally.reads = U64_MAX - 1;
	account.tally.writes = U64_MAX;
	account.tally.others = U64_MAX;
	account.tally.reason_count[0] = U64_MAX;
	account.tally.other_reasons = U64_MAX;
	for (i = 0; i < 3; i++) {
		count(&account, IOWARDEN_ACCESS_READ, 0);
		count(&account, IOWARDEN_ACCESS_WRITE, 0x80);
		count(&account, IOWARDEN_ACCESS_OTHER, 0);
	}
	tally = iow_account_read(&account);
	KUNIT_EXPECT_EQ(test, tally.reads, U64_MAX);
	KUNIT_EXPECT_EQ(test, tally.writes, U64_MAX);
	KUNIT_EXPECT_EQ(test, tally.others, U64_MAX);
	KUNIT_EXPECT_EQ(test, tally.reason_count[0], U64_MAX);
	KUNIT_EXPECT_EQ(test, tally.other_reasons, U64_MAX);
}

static void total_stands_still_where_the_sum_would_not_fit(struct kunit *test)
{
	static const struct {
		u64 reads, writes, others, total;
	} rows[] = {
		{ 1, 2, 4, 7 },
		{ U64_MAX, 0, 0, U64_MAX },
		{ U64_MAX - 1, 1, 0, U64_MAX },
		{ U64_MAX - 1, 1, 1, U64_MAX },
		{ U64_MAX, 1, 0, U64_MAX },
		{ 1, U64_MAX, 5, U64_MAX },
		{ U64_MAX, U64_MAX, U64_MAX, U64_MAX },
		{ 0, 0, U64_MAX - 1, U64_MAX - 1 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct iow_tally tally = {
			.reads = rows[i].reads, .writes = rows[i].writes, .others = rows[i].others,
		};

		KUNIT_EXPECT_EQ_MSG(test, iow_tally_total(&tally), rows[i].total, "row %d", i);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(account_begins_empty),
	KUNIT_CASE(accesses_are_kept_apart),
	KUNIT_CASE(reasons_are_kept_apart_in_the_order_they_came),
	KUNIT_CASE(reasons_beyond_the_eighth_share_a_count),
	KUNIT_CASE(reason_that_is_not_told_is_in_no_count_by_reason),
	KUNIT_CASE(first_time_stays_and_the_last_fault_is_kept),
	KUNIT_CASE(counters_stand_still_at_their_end),
	KUNIT_CASE(total_stands_still_where_the_sum_would_not_fit),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_account",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: what one requester did");
MODULE_LICENSE("GPL");
