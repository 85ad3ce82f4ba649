// SPDX-License-Identifier: GPL-2.0
/*
 * What listeners are told of faults: of each requester that changed once, of 50 at
 * a time, and that there was more. The family is replaced; who wakes the worker is
 * not.
 */
#include "../kmod/fault_event.c"
#include "open_ledger.h"
#include "suite.h"

/* What was told since forget(). */
static bool hears;
static unsigned int faults_told, sources_told, resyncs_told;
static u64 first_sequence, last_sequence, total_told;
static bool out_of_order;
/* Booked on the same requester while it is told of, once. */
static struct iow_unit *unit_meanwhile;

static struct iow_unit unit;

static void note_sequence(u64 number)
{
	if (!first_sequence)
		first_sequence = number;
	else if (number != last_sequence + 1)
		out_of_order = true;
	last_sequence = number;
}

static void book(struct iow_ledger *to, u16 requester)
{
	const struct iow_fault fault = {
		.requester = requester, .access = IOWARDEN_ACCESS_READ,
	};

	iow_ledger_count(to, &unit, &fault);
}

bool iow_netlink_hears_faults(void)
{
	return hears;
}

void iow_netlink_notify_fault(const struct iow_account *account, u64 number)
{
	faults_told++;
	total_told += total_of(account);
	note_sequence(number);
	if (unit_meanwhile) {
		unit_meanwhile = NULL;
		book(ledger, account->requester);
	}
}

void iow_netlink_notify_source(const struct iow_unit *of, u64 number)
{
	sources_told++;
	note_sequence(number);
}

void iow_netlink_notify_resync(u64 number)
{
	resyncs_told++;
	note_sequence(number);
}

static void forget(void)
{
	faults_told = 0;
	sources_told = 0;
	resyncs_told = 0;
	first_sequence = 0;
	total_told = 0;
	out_of_order = false;
}

static void stop_telling(struct kunit_resource *resource)
{
	iow_fault_event_stop();
	iow_fault_event_end();
}

/* Until who was woken has told all there is. */
static void wait_until_told(void)
{
	irq_work_sync(&starter);
	flush_delayed_work(&teller);
}

static struct iow_ledger *begin(struct kunit *test, bool heard)
{
	struct iow_ledger *opened;

	unit = (struct iow_unit){ .source = "test" };
	opened = open_ledger(test);
	open_unit(test, opened, &unit);
	hears = heard;
	iow_fault_event_start(opened);
	owned(test, stop_telling, opened);
	wait_until_told();
	forget();
	return opened;
}

static void book_on_each(struct iow_ledger *to, unsigned int requesters)
{
	unsigned int i;

	/* Nothing is told before all are booked. */
	WRITE_ONCE(to->wake, NULL);
	for (i = 0; i < requesters; i++)
		book(to, i);
	WRITE_ONCE(to->wake, wake);
	start_telling(&starter);
	wait_until_told();
}

static void expect_told(struct kunit *test, unsigned int faults, unsigned int resyncs)
{
	KUNIT_EXPECT_EQ(test, faults_told, faults);
	KUNIT_EXPECT_EQ(test, resyncs_told, resyncs);
	KUNIT_EXPECT_FALSE(test, out_of_order);
}

static void requester_is_told_of_once_with_its_total(struct kunit *test)
{
	struct iow_ledger *opened = begin(test, true);
	int i;

	WRITE_ONCE(opened->wake, NULL);
	for (i = 0; i < 9; i++)
		book(opened, 7);
	WRITE_ONCE(opened->wake, wake);
	start_telling(&starter);
	wait_until_told();
	expect_told(test, 1, 0);
	KUNIT_EXPECT_EQ(test, total_told, 9);
}

static void first_change_wakes_the_worker(struct kunit *test)
{
	book(begin(test, true), 7);
	wait_until_told();
	expect_told(test, 1, 0);
}

static void more_than_50_at_a_time_are_not_told_of(struct kunit *test)
{
	static const struct {
		unsigned int requesters, told, resyncs;
	} storms[] = {
		{ 49, 49, 0 }, { 50, 50, 0 }, { 51, 50, 1 }, { 200, 50, 1 },
	};
	struct iow_ledger *opened = begin(test, true);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(storms); i++) {
		forget();
		book_on_each(opened, storms[i].requesters);
		expect_told(test, storms[i].told, storms[i].resyncs);
	}
}

static void fault_while_it_is_told_of_is_told_next(struct kunit *test)
{
	struct iow_ledger *opened = begin(test, true);

	unit_meanwhile = &unit;
	book_on_each(opened, 1);
	wait_until_told();
	expect_told(test, 2, 0);
	KUNIT_EXPECT_EQ(test, total_told, 1 + 2);
}

static void nobody_is_told_where_nobody_listens(struct kunit *test)
{
	struct iow_ledger *opened = begin(test, false);
	const u64 before = sequence;

	book_on_each(opened, 200);
	iow_ledger_note(opened, &unit, IOW_UNIT_OVERFLOW);
	wait_until_told();
	expect_told(test, 0, 0);
	KUNIT_EXPECT_EQ(test, sources_told, 0);
	KUNIT_EXPECT_EQ(test, sequence, before);
	/* And what changed meanwhile is not kept for who comes later. */
	hears = true;
	book_on_each(opened, 1);
	expect_told(test, 1, 0);
}

static void unit_is_told_of_where_it_lost_something(struct kunit *test)
{
	struct iow_ledger *opened = begin(test, true);

	book(opened, 7);
	wait_until_told();
	KUNIT_EXPECT_EQ(test, sources_told, 0);
	iow_ledger_note(opened, &unit, IOW_UNIT_UNATTRIBUTED);
	iow_ledger_note(opened, &unit, IOW_UNIT_OVERFLOW);
	wait_until_told();
	KUNIT_EXPECT_EQ(test, sources_told, 1);
	iow_ledger_mark(opened, &unit);
	wait_until_told();
	KUNIT_EXPECT_EQ(test, sources_told, 2);
	expect_told(test, 1, 0);
}

static void nothing_is_told_after_the_end(struct kunit *test)
{
	struct iow_ledger *opened = begin(test, true);

	iow_fault_event_stop();
	/* As somebody does who had read the ledger's wake before. */
	book(opened, 7);
	wake(opened);
	wait_until_told();
	expect_told(test, 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(requester_is_told_of_once_with_its_total),
	KUNIT_CASE(first_change_wakes_the_worker),
	KUNIT_CASE(more_than_50_at_a_time_are_not_told_of),
	KUNIT_CASE(fault_while_it_is_told_of_is_told_next),
	KUNIT_CASE(nobody_is_told_where_nobody_listens),
	KUNIT_CASE(unit_is_told_of_where_it_lost_something),
	KUNIT_CASE(nothing_is_told_after_the_end),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_fault_event",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: what listeners are told of faults");
MODULE_LICENSE("GPL");
