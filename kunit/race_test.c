// SPDX-License-Identifier: GPL-2.0
/*
 * Counting on one CPU while another reads: what is read is of one moment, no
 * change goes untold, and no account is met half made.
 */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include "device.h"
#include "open_ledger.h"
#include "suite.h"

#define FAULTS		300000
/* More than the pool has room for. */
#define REQUESTERS	(2 * IOW_LEDGER_POOL)

/**
 * struct race - who counts, and where
 * @ledger: the ledger
 * @unit: its unit
 * @requesters: IDs that the faults are of, 0 to this, by turns
 * @booked: faults so far
 * @done: that was all
 */
struct race {
	struct iow_ledger *ledger;
	struct iow_unit unit;
	unsigned int requesters;
	u64 booked;
	bool done;
};

/* Each field of a fault tells which one it is; reads and writes by turns. */
static struct iow_fault nth_fault(const struct race *race, u64 n)
{
	return (struct iow_fault){
		.time = n, .address = ~n, .has_address = true, .pasid = n & 0xfffff,
		.has_pasid = true, .requester = n % race->requesters, .reason = n % 4,
		.has_reason = true,
		.access = n % 2 ? IOWARDEN_ACCESS_READ : IOWARDEN_ACCESS_WRITE,
	};
}

static int count_all(void *data)
{
	struct race *race = data;
	u64 n;

	for (n = 1; n <= FAULTS; n++) {
		const struct iow_fault fault = nth_fault(race, n);

		preempt_disable();
		iow_ledger_count(race->ledger, &race->unit, &fault);
		preempt_enable();
		WRITE_ONCE(race->booked, n);
		cond_resched();
	}
	/* Pairs with is_done(): who sees this sees all that was booked. */
	smp_store_release(&race->done, true);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static bool is_done(const struct race *race)
{
	/* Pairs with count_all(). */
	return smp_load_acquire(&race->done);
}

static void stop(struct kunit_resource *resource)
{
	kthread_stop(resource->data);
}

/* Begins to count on a CPU that the test does not run on. */
static struct race *start(struct kunit *test, unsigned int requesters)
{
	struct race *race = kunit_kzalloc(test, sizeof(*race), GFP_KERNEL);
	const unsigned int here = cpumask_first(cpu_online_mask);
	const unsigned int there = cpumask_next(here, cpu_online_mask);
	struct task_struct *task;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, race);
	KUNIT_ASSERT_TRUE_MSG(test, there < nr_cpu_ids, "a race takes two CPUs");
	race->ledger = open_ledger(test);
	race->requesters = requesters;
	open_unit(test, race->ledger, &race->unit);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(here)), 0);
	task = kthread_create(count_all, race, "iowarden-kunit");
	owned(test, stop, task);
	kthread_bind(task, there);
	wake_up_process(task);
	return race;
}

static void finish(struct kunit *test)
{
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static u64 sum_of_reasons(const struct iow_tally *tally)
{
	u64 sum = tally->other_reasons;
	int i;

	for (i = 0; i < tally->reasons; i++)
		sum += tally->reason_count[i];
	return sum;
}

static void tally_is_of_one_moment(struct kunit *test)
{
	struct race *race = start(test, 1);
	unsigned int reads = 0, torn = 0;
	u64 last = 0;

	while (!is_done(race)) {
		const struct iow_account *account = iow_ledger_find(race->ledger, IOW_KEY(0, 0));
		struct iow_tally tally;
		u64 n;

		if (!account)
			continue;
		tally = iow_account_read(account);
		n = iow_tally_total(&tally);
		if (!n)
			continue;
		torn += tally.last.time != n || tally.last.address != ~n ||
			tally.last.pasid != (n & 0xfffff) || tally.first_seen != 1 ||
			sum_of_reasons(&tally) != n || tally.reads != (n + 1) / 2 ||
			n < last;
		last = n;
		reads++;
		cond_resched();
	}
	KUNIT_EXPECT_EQ(test, torn, 0);
	KUNIT_EXPECT_TRUE(test, reads > 100);
	KUNIT_EXPECT_EQ(test, iow_unit_read(&race->unit).records, FAULTS);
}

/* Who walks may be behind who counts, never ahead of it. */
static void walk_while_accounts_are_added(struct kunit *test)
{
	struct race *race = start(test, REQUESTERS);
	unsigned int walks = 0, wrong = 0;
	u64 last = 0;
	bool done;

	do {
		const struct iow_account *account;
		u64 place = 0, sum = 0;

		done = is_done(race);
		while ((account = iow_ledger_next(race->ledger, &place, true))) {
			wrong += !account->is_bucket && account->requester >= REQUESTERS;
			wrong += !account->is_bucket && account !=
				 iow_ledger_find(race->ledger, IOW_KEY(0, account->requester));
			sum += total_of(account);
		}
		/* One may be booked and not yet told of. */
		wrong += sum > READ_ONCE(race->booked) + 1 || sum < last;
		last = sum;
		walks++;
		cond_resched();
	} while (!done);
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_TRUE(test, walks > 10);
	KUNIT_EXPECT_EQ(test, last, FAULTS);
}

/* As fault_event.c does: the mark goes first, then the account is read. */
static void tell(struct iow_ledger *ledger, u64 *told)
{
	struct iow_account *account, *next;

	llist_for_each_entry_safe(account, next, iow_ledger_take_changed(ledger), changed_node) {
		clear_bit(IOW_ACCOUNT_CHANGED, &account->flags);
		/* Pairs with test_and_set_bit(), which comes after the counting. */
		smp_mb__after_atomic();
		told[account->is_bucket ? REQUESTERS : account->requester] = total_of(account);
	}
}

static void no_change_goes_untold(struct kunit *test)
{
	struct race *race = start(test, 16);
	u64 *told = kunit_kcalloc(test, REQUESTERS + 1, sizeof(*told), GFP_KERNEL);
	u64 sum = 0;
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, told);
	while (!is_done(race)) {
		tell(race->ledger, told);
		cond_resched();
	}
	tell(race->ledger, told);
	for (i = 0; i < 16; i++)
		sum += told[i];
	KUNIT_EXPECT_EQ(test, sum, FAULTS);
}

/* Functions come and go where faults are booked on their IDs. */
static void presence_changes_while_faults_are_booked(struct kunit *test)
{
	struct race *race = start(test, REQUESTERS);
	const struct iow_account *account;
	u64 place = 0, sum = 0;
	unsigned int i = 0;

	while (!is_done(race)) {
		i = (i + 1) % REQUESTERS;
		iow_ledger_set_present(race->ledger, IOW_KEY(0, i), true);
		iow_ledger_set_present(race->ledger, IOW_KEY(0, i), false);
		cond_resched();
	}
	while ((account = iow_ledger_next(race->ledger, &place, true))) {
		KUNIT_EXPECT_TRUE(test, account->before <= total_of(account));
		sum += total_of(account);
	}
	KUNIT_EXPECT_EQ(test, sum, FAULTS);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(tally_is_of_one_moment),
	KUNIT_CASE(walk_while_accounts_are_added),
	KUNIT_CASE(no_change_goes_untold),
	KUNIT_CASE(presence_changes_while_faults_are_booked),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_race",
	.exit = finish,
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: faults that are counted while they are read");
MODULE_LICENSE("GPL");
