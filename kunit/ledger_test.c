// SPDX-License-Identifier: GPL-2.0
/*
 * All accounts: what is reserved, what is left for requesters that are no
 * function, and that a device which forges requester IDs spoils no more than the
 * detail of a bus.
 */
#include "device.h"
#include "open_ledger.h"
#include "suite.h"

#define SEGMENT		0x1000
#define FUNCTION	0x0108
#define IDS		65536

static int woken;

static void wake(struct iow_ledger *ledger)
{
	woken++;
}

/* A ledger with so many units, whose memory @units is the test's. */
static struct iow_ledger *make_ledger(struct kunit *test, struct iow_unit **units,
				      unsigned int count)
{
	struct iow_ledger *ledger;
	unsigned int i;

	*units = kunit_kzalloc(test, count * sizeof(**units), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, *units);
	ledger = open_ledger(test);
	for (i = 0; i < count; i++) {
		(*units)[i].segment = SEGMENT;
		open_unit(test, ledger, &(*units)[i]);
	}
	return ledger;
}

static void count(struct iow_ledger *ledger, struct iow_unit *unit, u32 segment, u16 requester)
{
	const struct iow_fault fault = {
		.segment = segment, .requester = requester, .access = IOWARDEN_ACCESS_READ,
	};

	iow_ledger_count(ledger, unit, &fault);
}

static u64 total_at(struct kunit *test, struct iow_ledger *ledger, u32 segment, u16 requester)
{
	const struct iow_account *account = iow_ledger_find(ledger, IOW_KEY(segment, requester));

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	return total_of(account);
}

/* IDs from @first on, as many as the pool has room for and no more. */
static void use_up_pool(struct iow_ledger *ledger, struct iow_unit *unit, u16 first)
{
	unsigned int i;

	for (i = 0; i < IOW_LEDGER_POOL; i++)
		count(ledger, unit, SEGMENT, first + i);
}

static void units_are_numbered_as_they_come(struct kunit *test)
{
	struct iow_unit *units;
	struct iow_ledger *ledger = make_ledger(test, &units, 3);
	const struct iow_unit *unit;
	int i = 0;

	list_for_each_entry(unit, &ledger->units, siblings) {
		KUNIT_EXPECT_PTR_EQ(test, unit, &units[i]);
		KUNIT_EXPECT_EQ(test, unit->index, i++);
	}
	KUNIT_EXPECT_EQ(test, i, 3);
}

static void function_has_an_account_before_its_first_fault(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	const struct iow_account *account;

	iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, FUNCTION), true);
	account = iow_ledger_find(ledger, IOW_KEY(SEGMENT, FUNCTION));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	KUNIT_EXPECT_EQ(test, account->segment, SEGMENT);
	KUNIT_EXPECT_EQ(test, account->requester, FUNCTION);
	KUNIT_EXPECT_TRUE(test, account->is_present);
	KUNIT_EXPECT_TRUE(test, account->was_present);
	KUNIT_EXPECT_FALSE(test, account->is_bucket);
	KUNIT_EXPECT_EQ(test, total_of(account), 0);
	KUNIT_EXPECT_EQ(test, ledger->used, 0);
}

static void unknown_requester_gets_an_account_of_the_pool(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	const struct iow_account *account;

	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_find(ledger, IOW_KEY(SEGMENT, FUNCTION)), NULL);
	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, SEGMENT, FUNCTION);
	account = iow_ledger_find(ledger, IOW_KEY(SEGMENT, FUNCTION));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	KUNIT_EXPECT_EQ(test, total_of(account), 2);
	KUNIT_EXPECT_FALSE(test, account->was_present);
	KUNIT_EXPECT_EQ(test, ledger->used, 1);
	KUNIT_EXPECT_EQ(test, iow_unit_read(unit).records, 2);
}

static void segments_are_kept_apart(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);

	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, 0xffffffff, FUNCTION);
	count(ledger, unit, 0xffffffff, FUNCTION);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, SEGMENT, FUNCTION), 1);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, 0xffffffff, FUNCTION), 2);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_find(ledger, IOW_KEY(0, FUNCTION)), NULL);
}

static void requesters_beyond_the_pool_share_the_bucket_of_their_bus(struct kunit *test)
{
	struct iow_unit *units;
	struct iow_ledger *ledger = make_ledger(test, &units, 2);

	use_up_pool(ledger, &units[0], 0x1000);
	count(ledger, &units[0], SEGMENT, 0x4200);
	count(ledger, &units[0], SEGMENT, 0x42ff);
	count(ledger, &units[1], SEGMENT, 0x42ff);
	count(ledger, &units[1], SEGMENT, 0x4300);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_find(ledger, IOW_KEY(SEGMENT, 0x4200)), NULL);
	KUNIT_EXPECT_EQ(test, total_of(&units[0].buckets[0x42]), 2);
	KUNIT_EXPECT_EQ(test, total_of(&units[1].buckets[0x42]), 1);
	KUNIT_EXPECT_EQ(test, total_of(&units[1].buckets[0x43]), 1);
	KUNIT_EXPECT_TRUE(test, units[1].buckets[0x43].is_bucket);
	KUNIT_EXPECT_EQ(test, units[1].buckets[0x43].segment, SEGMENT);
	KUNIT_EXPECT_EQ(test, units[1].buckets[0x43].requester, 0x4300);
	/* Those that have an account keep it. */
	count(ledger, &units[1], SEGMENT, 0x1000);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, SEGMENT, 0x1000), 2);
}

/**
 * struct survey - what is met on a walk
 * @accounts: that are no buckets
 * @buckets: that are
 * @total: faults on all of them
 */
struct survey {
	unsigned int accounts;
	unsigned int buckets;
	u64 total;
};

static struct survey survey(struct iow_ledger *ledger)
{
	const struct iow_account *account;
	struct survey found = { };
	u64 place = 0;

	while ((account = iow_ledger_next(ledger, &place, true))) {
		found.total += total_of(account);
		if (account->is_bucket)
			found.buckets++;
		else
			found.accounts++;
	}
	return found;
}

static void forging_every_requester_id_spoils_no_function(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	struct survey found;
	unsigned int id;

	iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, 0xff08), true);
	for (id = 0; id < IDS; id++)
		count(ledger, unit, SEGMENT, id);
	for (id = 0; id < IDS; id++)
		count(ledger, unit, SEGMENT, id);
	count(ledger, unit, SEGMENT, 0xff08);
	found = survey(ledger);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, SEGMENT, 0xff08), 3);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, SEGMENT, 0), 2);
	KUNIT_EXPECT_EQ(test, found.accounts, 1 + IOW_LEDGER_POOL);
	KUNIT_EXPECT_EQ(test, found.buckets, IOW_BUSES - IOW_LEDGER_POOL / 256);
	KUNIT_EXPECT_EQ(test, found.total, 2 * IDS + 1);
	KUNIT_EXPECT_EQ(test, iow_unit_read(unit).records, 2 * IDS + 1);
	KUNIT_EXPECT_EQ(test, total_of(&unit->buckets[0xff]), 2 * 255);
	KUNIT_EXPECT_EQ(test, total_of(&unit->buckets[2]), 2 * 256);
}

/* Plugged in when the pool is used up. */
static void function_that_comes_later_has_its_account_all_the_same(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);

	use_up_pool(ledger, unit, 0x1000);
	count(ledger, unit, SEGMENT, FUNCTION);
	iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, FUNCTION), true);
	count(ledger, unit, SEGMENT, FUNCTION);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, SEGMENT, FUNCTION), 1);
	KUNIT_EXPECT_EQ(test, total_of(&unit->buckets[FUNCTION >> 8]), 1);
}

static void function_inherits_what_was_booked_on_its_id(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	const struct iow_account *account;

	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, SEGMENT, FUNCTION);
	iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, FUNCTION), true);
	count(ledger, unit, SEGMENT, FUNCTION);
	account = iow_ledger_find(ledger, IOW_KEY(SEGMENT, FUNCTION));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	KUNIT_EXPECT_EQ(test, total_of(account), 3);
	KUNIT_EXPECT_EQ(test, account->before, 2);
	KUNIT_EXPECT_TRUE(test, account->was_present);
	/* The place that was kept for it is still there for the next. */
	KUNIT_EXPECT_EQ(test, ledger->reserved, 0);
	KUNIT_EXPECT_EQ(test, survey(ledger).accounts, 1);
}

static void successor_at_the_same_place_is_told_from_what_stood_there(struct kunit *test)
{
	const u64 key = IOW_KEY(SEGMENT, FUNCTION);
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	const struct iow_account *account;

	iow_ledger_set_present(ledger, key, true);
	account = iow_ledger_find(ledger, key);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	count(ledger, unit, SEGMENT, FUNCTION);
	/* Heard of twice, as at load. */
	iow_ledger_set_present(ledger, key, true);
	KUNIT_EXPECT_EQ(test, account->before, 0);
	iow_ledger_set_present(ledger, key, false);
	KUNIT_EXPECT_FALSE(test, account->is_present);
	KUNIT_EXPECT_TRUE(test, account->was_present);
	count(ledger, unit, SEGMENT, FUNCTION);
	KUNIT_EXPECT_EQ(test, account->before, 0);
	iow_ledger_set_present(ledger, key, true);
	KUNIT_EXPECT_TRUE(test, account->is_present);
	KUNIT_EXPECT_EQ(test, account->before, 2);
	KUNIT_EXPECT_EQ(test, total_of(account), 2);
}

static void removal_of_what_is_not_known_adds_nothing(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);

	iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, FUNCTION), false);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_find(ledger, IOW_KEY(SEGMENT, FUNCTION)), NULL);
	KUNIT_EXPECT_EQ(test, survey(ledger).accounts, 0);
}

static void functions_beyond_the_last_place_use_the_pool(struct kunit *test)
{
	const unsigned int most = IOW_LEDGER_CHUNK * IOW_LEDGER_CHUNKS;
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	struct survey found;
	unsigned int i;

	for (i = 0; i < most; i++)
		iow_ledger_set_present(ledger, IOW_KEY(SEGMENT + i / IDS, i % IDS), true);
	iow_ledger_set_present(ledger, IOW_KEY(0, FUNCTION), true);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_find(ledger, IOW_KEY(0, FUNCTION)), NULL);
	count(ledger, unit, 0, FUNCTION);
	count(ledger, unit, SEGMENT, 0xffff);
	/* One that has an account still comes and goes. */
	iow_ledger_set_present(ledger, IOW_KEY(0, FUNCTION), true);
	found = survey(ledger);
	KUNIT_EXPECT_EQ(test, found.accounts, most + 1);
	KUNIT_EXPECT_EQ(test, found.total, 2);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, 0, FUNCTION), 1);
	KUNIT_EXPECT_EQ(test, total_at(test, ledger, SEGMENT, 0xffff), 1);
}

static void walk_over_an_empty_ledger_ends_at_once(struct kunit *test)
{
	struct iow_unit *units;
	struct iow_ledger *ledger = make_ledger(test, &units, 2);
	u64 place = 0;

	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_next(ledger, &place, true), NULL);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_next(ledger, &place, true), NULL);
}

/* The first and last bucket of each unit, and those between that hold something. */
static void walk_meets_the_buckets_that_hold_something(struct kunit *test)
{
	static const struct {
		int unit;
		u16 requester;
	} rows[] = { { 0, 0x0000 }, { 0, 0xff00 }, { 1, 0x0000 }, { 1, 0x8000 }, { 2, 0xff00 } };
	struct iow_unit *units;
	struct iow_ledger *ledger = make_ledger(test, &units, 3);
	const struct iow_account *account;
	u64 place = IOW_LEDGER_CHUNK * IOW_LEDGER_CHUNKS + IOW_LEDGER_POOL;
	int i;

	use_up_pool(ledger, &units[0], 0x1000);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		count(ledger, &units[rows[i].unit], SEGMENT, rows[i].requester);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		account = iow_ledger_next(ledger, &place, true);
		KUNIT_EXPECT_PTR_EQ(test, account,
				    &units[rows[i].unit].buckets[rows[i].requester >> 8]);
	}
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_next(ledger, &place, true), NULL);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_next(ledger, &place, true), NULL);
}

static void walk_without_buckets_ends_before_them(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	unsigned int accounts = 0;
	u64 place = 0;

	use_up_pool(ledger, unit, 0x1000);
	count(ledger, unit, SEGMENT, FUNCTION);
	while (iow_ledger_next(ledger, &place, false))
		accounts++;
	KUNIT_EXPECT_EQ(test, accounts, IOW_LEDGER_POOL);
	KUNIT_EXPECT_PTR_EQ(test, iow_ledger_next(ledger, &place, true),
			    &unit->buckets[FUNCTION >> 8]);
}

/* What stood there when the walk began is met once, whatever comes meanwhile. */
static void walk_across_growth_meets_each_account_once(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	const unsigned int before = 2 * IOW_LEDGER_CHUNK + 3;
	u8 *met = kunit_kzalloc(test, IDS, GFP_KERNEL);
	const struct iow_account *account;
	unsigned int i, came = 0;
	u64 place = 0;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, met);
	for (i = 0; i < before; i++) {
		iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, i), true);
		count(ledger, unit, SEGMENT, 0x1000 + i);
	}
	while ((account = iow_ledger_next(ledger, &place, true))) {
		met[account->requester] += !account->is_bucket;
		if (came++ % 2) {
			iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, 0x2000 + came), true);
			count(ledger, unit, SEGMENT, 0x3000 + came);
		}
	}
	for (i = 0; i < before; i++) {
		KUNIT_EXPECT_EQ(test, met[i], 1);
		KUNIT_EXPECT_EQ(test, met[0x1000 + i], 1);
	}
	for (i = 0; i < IDS; i++)
		KUNIT_EXPECT_TRUE(test, met[i] <= 1);
}

static unsigned int tell(struct iow_ledger *ledger)
{
	struct iow_account *account;
	unsigned int told = 0;

	llist_for_each_entry(account, iow_ledger_take_changed(ledger), changed_node) {
		clear_bit(IOW_ACCOUNT_CHANGED, &account->flags);
		told++;
	}
	return told;
}

static void generation_tells_of_functions_that_came(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);
	const unsigned int empty = iow_ledger_generation(ledger);
	unsigned int one;

	iow_ledger_set_present(ledger, IOW_KEY(SEGMENT, FUNCTION), true);
	one = iow_ledger_generation(ledger);
	KUNIT_EXPECT_NE(test, one, empty);
	count(ledger, unit, SEGMENT, FUNCTION + 1);
	KUNIT_EXPECT_EQ(test, iow_ledger_generation(ledger), one);
}

static void account_that_changed_is_listed_once(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);

	/* Nobody to wake yet: it is listed all the same. */
	count(ledger, unit, SEGMENT, FUNCTION);
	ledger->wake = wake;
	woken = 0;
	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, SEGMENT, FUNCTION + 1);
	KUNIT_EXPECT_EQ(test, woken, 0);
	KUNIT_EXPECT_EQ(test, tell(ledger), 2);
	KUNIT_EXPECT_EQ(test, tell(ledger), 0);
	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, SEGMENT, FUNCTION + 1);
	KUNIT_EXPECT_EQ(test, woken, 1);
	KUNIT_EXPECT_EQ(test, tell(ledger), 2);
}

static void bucket_that_changed_is_listed_too(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);

	use_up_pool(ledger, unit, 0x1000);
	KUNIT_EXPECT_EQ(test, tell(ledger), IOW_LEDGER_POOL);
	count(ledger, unit, SEGMENT, FUNCTION);
	count(ledger, unit, SEGMENT, FUNCTION + 1);
	KUNIT_EXPECT_EQ(test, tell(ledger), 1);
}

/* What no account shows is told of, too, and wakes who tells. */
static void loss_at_a_unit_is_noted_once(struct kunit *test)
{
	struct iow_unit *units;
	struct iow_ledger *ledger = make_ledger(test, &units, 2);

	/* Nobody to wake yet: it is noted all the same. */
	iow_ledger_note(ledger, &units[0], IOW_UNIT_MISSED);
	KUNIT_EXPECT_TRUE(test, test_and_clear_bit(IOW_UNIT_CHANGED, &units[0].flags));
	ledger->wake = wake;
	woken = 0;
	iow_ledger_note(ledger, &units[0], IOW_UNIT_OVERFLOW);
	iow_ledger_note(ledger, &units[0], IOW_UNIT_UNATTRIBUTED);
	KUNIT_EXPECT_EQ(test, woken, 1);
	iow_ledger_note(ledger, &units[1], IOW_UNIT_UNATTRIBUTED);
	KUNIT_EXPECT_EQ(test, woken, 2);
	KUNIT_EXPECT_TRUE(test, test_and_clear_bit(IOW_UNIT_CHANGED, &units[0].flags));
	iow_ledger_note(ledger, &units[0], IOW_UNIT_MISSED);
	KUNIT_EXPECT_EQ(test, woken, 3);
	KUNIT_EXPECT_EQ(test, iow_unit_read(&units[0]).missed, 2);
	KUNIT_EXPECT_EQ(test, iow_unit_read(&units[0]).overflows, 1);
	KUNIT_EXPECT_EQ(test, iow_unit_read(&units[0]).unattributed, 1);
	KUNIT_EXPECT_EQ(test, tell(ledger), 0);
}

static void record_is_told_by_its_account_alone(struct kunit *test)
{
	struct iow_unit *unit;
	struct iow_ledger *ledger = make_ledger(test, &unit, 1);

	count(ledger, unit, SEGMENT, FUNCTION);
	KUNIT_EXPECT_EQ(test, unit->flags, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(units_are_numbered_as_they_come),
	KUNIT_CASE(function_has_an_account_before_its_first_fault),
	KUNIT_CASE(unknown_requester_gets_an_account_of_the_pool),
	KUNIT_CASE(segments_are_kept_apart),
	KUNIT_CASE(requesters_beyond_the_pool_share_the_bucket_of_their_bus),
	KUNIT_CASE(forging_every_requester_id_spoils_no_function),
	KUNIT_CASE(function_that_comes_later_has_its_account_all_the_same),
	KUNIT_CASE(function_inherits_what_was_booked_on_its_id),
	KUNIT_CASE(successor_at_the_same_place_is_told_from_what_stood_there),
	KUNIT_CASE(removal_of_what_is_not_known_adds_nothing),
	KUNIT_CASE(functions_beyond_the_last_place_use_the_pool),
	KUNIT_CASE(walk_over_an_empty_ledger_ends_at_once),
	KUNIT_CASE(walk_meets_the_buckets_that_hold_something),
	KUNIT_CASE(walk_without_buckets_ends_before_them),
	KUNIT_CASE(walk_across_growth_meets_each_account_once),
	KUNIT_CASE(generation_tells_of_functions_that_came),
	KUNIT_CASE(account_that_changed_is_listed_once),
	KUNIT_CASE(bucket_that_changed_is_listed_too),
	KUNIT_CASE(loss_at_a_unit_is_noted_once),
	KUNIT_CASE(record_is_told_by_its_account_alone),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_ledger",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: accounts of all requesters");
MODULE_LICENSE("GPL");
