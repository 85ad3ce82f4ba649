// SPDX-License-Identifier: GPL-2.0
/*
 * Runs of the kernel's handler of Intel VT-d's faults that are followed from
 * outside. However hardware, handler and probes come between each other: as
 * many faults are counted as the handler cleared records, and what is booked is
 * what it cleared.
 */
#include <linux/sched.h>
#include "device.h"
#include "fake_vtd.h"
#include "suite.h"

#define T1	BIT_ULL(62)
#define T2	BIT_ULL(28)
#define PP	BIT_ULL(31)
#define FULL	FAKE_VTD_FULL

#define REASON(number)	((u64)(number) << 32)
#define PASID(number)	((u64)(number) << 40)

/* Cleared records of each ring in the random runs; there are four. */
#define RECORDS		250000

/* Faults of requester 0x0100 and on, at addresses of their own. */
static void fault(struct fake_vtd *vtd, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		fake_vtd_fault(vtd, (vtd->filled + 1) << 12,
			       T1 | REASON(5 + i % 2) | (0x0100 + i % 16));
}

static void expect_counts(struct kunit *test, const struct fake_vtd *vtd,
			  struct iow_unit_counts expected)
{
	const struct iow_unit_counts counts = iow_unit_read(&vtd->registers.unit);

	KUNIT_EXPECT_EQ(test, counts.records, expected.records);
	KUNIT_EXPECT_EQ(test, counts.unattributed, expected.unattributed);
	KUNIT_EXPECT_EQ(test, counts.overflows, expected.overflows);
	KUNIT_EXPECT_EQ(test, counts.missed, expected.missed);
	KUNIT_EXPECT_EQ(test, counts.records + counts.unattributed, vtd->cleared);
	KUNIT_EXPECT_EQ(test, vtd->wrong, 0);
}

static void run_without_a_fault_counts_nothing(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 8);

	fake_vtd_handle(vtd);
	/* It asks whether it may print, and finds that nothing is pending. */
	vtd->invalidation_failed = true;
	fake_vtd_handle(vtd);
	fake_vtd_handle(vtd);
	expect_counts(test, vtd, (struct iow_unit_counts){ });
}

static void single_record_is_used_again_and_again(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 1);
	int i;

	for (i = 0; i < 5; i++) {
		fault(vtd, 1);
		fake_vtd_handle(vtd);
	}
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 5 });
}

static void full_ring_is_counted_whole(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 256);
	const struct iow_account *account;

	fault(vtd, 256);
	fake_vtd_handle(vtd);
	account = iow_ledger_find(vtd->ledger, IOW_KEY(0, 0x010f));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	KUNIT_EXPECT_EQ(test, total_of(account), 16);
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 256 });
}

static void ring_goes_on_at_its_beginning(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 8);

	fault(vtd, 6);
	fake_vtd_handle(vtd);
	fault(vtd, 7);
	KUNIT_EXPECT_EQ(test, vtd->first, 6);
	fake_vtd_handle(vtd);
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 13 });
}

static void each_fault_is_booked_on_its_unit_s_segment(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 8);
	const struct iow_account *account;
	struct iow_vtd_run run;

	vtd->registers.unit.segment = 3;
	fault(vtd, 1);
	/* Not fake_vtd_handle(), which looks for segment 0. */
	iow_vtd_begin(&run, vtd->ledger, &vtd->registers);
	iow_vtd_step(&run, 1);
	iow_vtd_step(&run, 2);
	account = iow_ledger_find(vtd->ledger, IOW_KEY(3, 0x0100));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	KUNIT_EXPECT_EQ(test, total_of(account), 1);
}

/* The hardware jumps over a record: the handler stops where it is empty, and so do we. */
static void record_that_is_empty_in_mid_ring_ends_the_run(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 8);

	fault(vtd, 2);
	vtd->next = 3;
	fault(vtd, 2);
	fake_vtd_handle(vtd);
	KUNIT_EXPECT_EQ(test, vtd->cleared, 2);
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 2 });
	/* What is left is told of by its own place. */
	vtd->first = 3;
	fake_vtd_handle(vtd);
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 4 });
}

static void place_beyond_the_ring_is_taken_as_one_within(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 4);
	struct iow_vtd_run run;

	fault(vtd, 1);
	vtd->first = 0xfc;
	iow_vtd_begin(&run, vtd->ledger, &vtd->registers);
	iow_vtd_step(&run, 1);
	iow_vtd_step(&run, 2);
	KUNIT_EXPECT_EQ(test, iow_unit_read(&vtd->registers.unit).records, 1);
}

/* Faults that come between the reads of the probe and those of the handler. */
static unsigned int accesses_until_fault;

static void fault_after_accesses(struct fake_vtd *vtd)
{
	if (accesses_until_fault && !--accesses_until_fault)
		fault(vtd, 1);
}

/*
 * One fault pending, and a second one at each access in turn: wherever it falls,
 * it is counted in this run or the next.
 */
static void fault_at_any_moment_is_counted_once(struct kunit *test)
{
	unsigned int moment, rings[] = { 1, 2, 256 };
	u64 unattributed = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(rings); i++) {
		for (moment = 1; moment <= 16; moment++) {
			struct fake_vtd *vtd = fake_vtd(test, rings[i]);
			struct iow_unit_counts counts;

			vtd->meanwhile = fault_after_accesses;
			accesses_until_fault = moment;
			fault(vtd, 1);
			fake_vtd_handle(vtd);
			vtd->meanwhile = NULL;
			fake_vtd_handle(vtd);
			counts = iow_unit_read(&vtd->registers.unit);
			KUNIT_EXPECT_EQ_MSG(test, counts.records + counts.unattributed, vtd->filled,
					    "access %u of ring %u", moment, rings[i]);
			KUNIT_EXPECT_EQ(test, vtd->cleared, vtd->filled);
			KUNIT_EXPECT_EQ(test, vtd->wrong, 0);
			unattributed += counts.unattributed;
		}
	}
	/* Such that a probe saw an empty record which the handler then found full. */
	KUNIT_EXPECT_TRUE(test, unattributed > 0);
}

static void lost_faults_are_noted_at_entry(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 2);

	fault(vtd, 5);
	KUNIT_EXPECT_EQ(test, vtd->lost, 3);
	fake_vtd_handle(vtd);
	/* Once a run, and not of what was noted before. */
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 2, .overflows = 1 });
	fault(vtd, 1);
	fake_vtd_handle(vtd);
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 3, .overflows = 1 });
	fault(vtd, 3);
	fake_vtd_handle(vtd);
	expect_counts(test, vtd, (struct iow_unit_counts){ .records = 5, .overflows = 2 });
}

static void lose_faults(struct fake_vtd *vtd)
{
	if (vtd->cleared == 1)
		fault(vtd, 1);
}

/* The ring fills up while the handler is at it. */
static void lost_faults_are_noted_at_a_step(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 2);

	fault(vtd, 2);
	vtd->unlocked = lose_faults;
	vtd->meanwhile = lose_faults;
	fake_vtd_handle(vtd);
	vtd->unlocked = NULL;
	vtd->meanwhile = NULL;
	KUNIT_EXPECT_TRUE(test, vtd->lost > 0);
	expect_counts(test, vtd, (struct iow_unit_counts){
		.records = vtd->cleared, .overflows = 1,
	});
}

static void unit_that_is_gone_at_entry_is_missed(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 8);
	struct iow_vtd_run run;

	vtd->gone = true;
	iow_vtd_begin(&run, vtd->ledger, &vtd->registers);
	if (run.unit)
		iow_vtd_step(&run, 1);
	KUNIT_EXPECT_PTR_EQ(test, run.unit, NULL);
	expect_counts(test, vtd, (struct iow_unit_counts){ .missed = 1 });
}

static void unit_that_goes_between_steps_is_missed(struct kunit *test)
{
	struct fake_vtd *vtd = fake_vtd(test, 8);
	struct iow_vtd_run run;

	iow_vtd_begin(&run, vtd->ledger, &vtd->registers);
	iow_vtd_step(&run, 1);
	vtd->gone = true;
	iow_vtd_step(&run, 2);
	KUNIT_EXPECT_PTR_EQ(test, run.unit, NULL);
	expect_counts(test, vtd, (struct iow_unit_counts){ .missed = 1 });
}

static unsigned int accesses_until_gone;

static void go_after_accesses(struct fake_vtd *vtd)
{
	if (!--accesses_until_gone)
		vtd->gone = true;
}

/* Before each read that a step makes: no record of all ones is booked. */
static void unit_that_goes_within_a_step_is_missed(struct kunit *test)
{
	unsigned int access = 0, booked = 0;

	while (!booked && access < 10) {
		struct fake_vtd *vtd = fake_vtd(test, 1);
		struct iow_vtd_run run;

		fault(vtd, 1);
		iow_vtd_begin(&run, vtd->ledger, &vtd->registers);
		iow_vtd_step(&run, 1);
		accesses_until_gone = ++access;
		vtd->meanwhile = go_after_accesses;
		iow_vtd_step(&run, 2);
		booked = iow_unit_read(&vtd->registers.unit).records;
		KUNIT_EXPECT_EQ(test, booked, !vtd->gone);
		KUNIT_EXPECT_EQ(test, !run.unit, vtd->gone);
		KUNIT_EXPECT_EQ(test, iow_unit_read(&vtd->registers.unit).missed, vtd->gone);
	}
	/* Two halves at least. */
	KUNIT_EXPECT_TRUE(test, access > 2);
}

/* Numbers by chance, the same each time. */
static u32 dice;

static u32 roll(u32 sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return dice % sides;
}

/* Per cent of the moments at which faults come: storms and calms, by turns. */
static u32 rate;

static void fault_by_chance(struct fake_vtd *vtd)
{
	if (roll(200) == 0)
		rate = roll(3) ? roll(10) : 40;
	if (roll(100) >= rate)
		return;
	do {
		fake_vtd_fault(vtd, (u64)roll(1 << 20) << 12,
			       (roll(2) ? T1 : 0) | (roll(4) ? 0 : T2) |
			       (roll(4) ? 0 : PP | PASID(roll(1 << 20))) |
			       REASON(roll(0x40)) | (0x0100 + roll(16)));
	} while (roll(8) == 0);
}

static bool in_second_run;

/* Another CPU runs the handler on the same unit, as when one comes online. */
static void run_again_by_chance(struct fake_vtd *vtd)
{
	fault_by_chance(vtd);
	if (in_second_run || roll(50))
		return;
	in_second_run = true;
	fake_vtd_handle(vtd);
	in_second_run = false;
}

static u64 sum_of_accounts(struct iow_ledger *ledger)
{
	const struct iow_account *account;
	u64 place = 0, sum = 0;

	while ((account = iow_ledger_next(ledger, &place, true)))
		sum += total_of(account);
	return sum;
}

/*
 * Two runs at once may stop at each other's holes, and then none begins where a
 * record is full: the kernel's affair, but the end of this test.
 */
static void move_on(struct fake_vtd *vtd)
{
	while (vtd->pending && !(vtd->high[vtd->first] & FULL))
		vtd->first = (vtd->first + 1) % vtd->registers.record_count;
}

static void run_by_chance(struct kunit *test, unsigned int ring)
{
	struct fake_vtd *vtd = fake_vtd(test, ring);
	struct iow_unit_counts counts;

	vtd->meanwhile = fault_by_chance;
	vtd->unlocked = run_again_by_chance;
	while (vtd->cleared < RECORDS) {
		fault_by_chance(vtd);
		fake_vtd_handle(vtd);
		move_on(vtd);
		cond_resched();
	}
	counts = iow_unit_read(&vtd->registers.unit);
	KUNIT_EXPECT_EQ(test, counts.records + counts.unattributed, vtd->cleared);
	KUNIT_EXPECT_EQ(test, sum_of_accounts(vtd->ledger), counts.records);
	KUNIT_EXPECT_EQ(test, counts.overflows, vtd->seen_overflows);
	KUNIT_EXPECT_EQ(test, counts.missed, 0);
	KUNIT_EXPECT_EQ(test, vtd->wrong, 0);
	/* All of it was tried. */
	KUNIT_EXPECT_TRUE(test, counts.unattributed > 100);
	KUNIT_EXPECT_TRUE(test, counts.records > RECORDS / 2);
	KUNIT_EXPECT_TRUE(test, counts.overflows > RECORDS / 250 || ring == 256);
}

static void nothing_is_lost_or_counted_twice_by_chance_ring_of_1(struct kunit *test)
{
	run_by_chance(test, 1);
}

static void nothing_is_lost_or_counted_twice_by_chance_ring_of_2(struct kunit *test)
{
	run_by_chance(test, 2);
}

static void nothing_is_lost_or_counted_twice_by_chance_ring_of_8(struct kunit *test)
{
	run_by_chance(test, 8);
}

static void nothing_is_lost_or_counted_twice_by_chance_ring_of_256(struct kunit *test)
{
	run_by_chance(test, 256);
}

static int begin(struct kunit *test)
{
	dice = 0x2545f491;
	in_second_run = false;
	return 0;
}

static struct kunit_case cases[] = {
	KUNIT_CASE(run_without_a_fault_counts_nothing),
	KUNIT_CASE(single_record_is_used_again_and_again),
	KUNIT_CASE(full_ring_is_counted_whole),
	KUNIT_CASE(ring_goes_on_at_its_beginning),
	KUNIT_CASE(each_fault_is_booked_on_its_unit_s_segment),
	KUNIT_CASE(record_that_is_empty_in_mid_ring_ends_the_run),
	KUNIT_CASE(place_beyond_the_ring_is_taken_as_one_within),
	KUNIT_CASE(fault_at_any_moment_is_counted_once),
	KUNIT_CASE(lost_faults_are_noted_at_entry),
	KUNIT_CASE(lost_faults_are_noted_at_a_step),
	KUNIT_CASE(unit_that_is_gone_at_entry_is_missed),
	KUNIT_CASE(unit_that_goes_between_steps_is_missed),
	KUNIT_CASE(unit_that_goes_within_a_step_is_missed),
	KUNIT_CASE(nothing_is_lost_or_counted_twice_by_chance_ring_of_1),
	KUNIT_CASE(nothing_is_lost_or_counted_twice_by_chance_ring_of_2),
	KUNIT_CASE(nothing_is_lost_or_counted_twice_by_chance_ring_of_8),
	KUNIT_CASE(nothing_is_lost_or_counted_twice_by_chance_ring_of_256),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_vtd_run",
	.init = begin,
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: runs of the handler of Intel VT-d's faults");
MODULE_LICENSE("GPL");
