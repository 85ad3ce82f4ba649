// SPDX-License-Identifier: GPL-2.0
/*
 * The event log of AMD-Vi over a unit in memory, with the kernel's driver as the
 * reader that is followed: each kind of event, the ring and its end, what came
 * too late, what was overwritten, and as many counted as were logged.
 */
#include <linux/sched.h>
#include "amdvi_log.h"
#include "device.h"
#include "open_ledger.h"
#include "suite.h"

#define SEGMENT		2
#define MOST		512
#define WORDS		IOW_AMDVI_EVENT_WORDS

#define EVENTS		200000

#define TYPE(number)	((u32)(number) << 28)
#define GN		BIT(16)
#define I		BIT(19)
#define RW		BIT(21)
#define TR		BIT(24)

#define PAGE_FAULT	TYPE(2)

/**
 * struct unit - a unit in memory
 * @log: as the module knows it
 * @ledger: where it is counted
 * @ring: its event log
 * @head: entry that the driver reads next
 * @tail: entry that the unit writes next
 * @over: it lost events and has stopped
 * @over_cleared: the driver has cleared the bit of that, and not restarted it
 * @gone: reads all ones
 * @logged: events that it wrote
 * @lost: events that it did not
 */
struct unit {
	struct iow_amdvi_log log;
	struct iow_ledger *ledger;
	u32 ring[MOST * WORDS];
	unsigned int head;
	unsigned int tail;
	bool over;
	bool over_cleared;
	bool gone;
	u64 logged;
	u64 lost;
};

static u32 read32(const struct iow_amdvi_log *log, unsigned int offset)
{
	const struct unit *unit = container_of(log, struct unit, log);

	if (unit->gone)
		return U32_MAX;
	switch (offset) {
	case IOW_AMDVI_HEAD:
		return unit->head * IOW_AMDVI_EVENT_BYTES;
	case IOW_AMDVI_TAIL:
		return unit->tail * IOW_AMDVI_EVENT_BYTES;
	case IOW_AMDVI_STATUS:
		return (unit->over ? 0 : IOW_AMDVI_STATUS_RUN) |
		       (unit->over && !unit->over_cleared ? IOW_AMDVI_STATUS_OVER : 0);
	default:
		return 0;
	}
}

static struct unit *make_unit(struct kunit *test, unsigned int length)
{
	struct unit *unit = kunit_kzalloc(test, sizeof(*unit), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, unit);
	unit->log.read32 = read32;
	unit->log.ring = unit->ring;
	unit->log.length = length;
	unit->log.unit.segment = SEGMENT;
	unit->ledger = open_ledger(test);
	open_unit(test, unit->ledger, &unit->log.unit);
	return unit;
}

/* What the unit does with an event; one entry stays empty, so that full is not empty. */
static void log_event(struct unit *unit, u32 word, u16 device)
{
	const unsigned int next = (unit->tail + 1) % unit->log.length;
	u32 *entry = &unit->ring[unit->tail * WORDS];

	if (unit->over || next == unit->head) {
		unit->over = true;
		unit->lost++;
		return;
	}
	entry[0] = device;
	entry[1] = word;
	entry[2] = unit->logged << 12;
	entry[3] = 1;
	unit->tail = next;
	unit->logged++;
}

static void log_events(struct unit *unit, u32 word, unsigned int count)
{
	while (count--)
		log_event(unit, word, 0x0100 + count % 16);
}

/* iommu_poll_events(): page faults are left as they are. */
static void read_events(struct unit *unit)
{
	const unsigned int tail = unit->tail;

	for (; unit->head != tail; unit->head = (unit->head + 1) % unit->log.length)
		if (unit->ring[unit->head * WORDS + 1] >> 28 != 2)
			memset(&unit->ring[unit->head * WORDS], 0, IOW_AMDVI_EVENT_BYTES);
}

/* The driver's thread: it is probed, reads, and restarts a log that has stopped. */
static void handle(struct unit *unit)
{
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	read_events(unit);
	unit->over = false;
	unit->over_cleared = false;
}

static void expect_counts(struct kunit *test, const struct unit *unit,
			  struct iow_unit_counts expected)
{
	const struct iow_unit_counts counts = iow_unit_read(&unit->log.unit);

	KUNIT_EXPECT_EQ(test, counts.records, expected.records);
	KUNIT_EXPECT_EQ(test, counts.unattributed, expected.unattributed);
	KUNIT_EXPECT_EQ(test, counts.overflows, expected.overflows);
	KUNIT_EXPECT_EQ(test, counts.missed, expected.missed);
}

static void event_says_all_of_a_fault(struct kunit *test)
{
	static const struct {
		const char *what;
		u32 event[WORDS];
		struct iow_fault fault;
	} rows[] = {
		{ "illegal device table entry", { 0x0108, TYPE(1) | RW, 0x1234, 0x5678 },
		  { .requester = 0x0108, .reason = 1, .access = IOWARDEN_ACCESS_WRITE,
		    .address = 0x567800001234, .has_address = true } },
		{ "page fault, read", { 0xffff, TYPE(2) | 0x000e, 0xfffff000, 0xffffffff },
		  { .requester = 0xffff, .reason = 2, .access = IOWARDEN_ACCESS_READ,
		    .address = 0xfffffffffffff000, .has_address = true } },
		{ "page fault, write", { 0x0108, TYPE(2) | RW, 0x1000 },
		  { .requester = 0x0108, .reason = 2, .access = IOWARDEN_ACCESS_WRITE,
		    .address = 0x1000, .has_address = true } },
		{ "page fault of a translation", { 0x0108, TYPE(2) | RW | TR, 0x1000 },
		  { .requester = 0x0108, .reason = 2, .access = IOWARDEN_ACCESS_OTHER,
		    .address = 0x1000, .has_address = true } },
		{ "interrupt", { 0x0108, TYPE(2) | I | RW, 0xfee00000 },
		  { .requester = 0x0108, .reason = 2, .access = IOWARDEN_ACCESS_INTERRUPT } },
		{ "with a PASID", { 0x000f0108, TYPE(2) | GN | 0xedcb, 0x1000 },
		  { .requester = 0x0108, .reason = 2, .access = IOWARDEN_ACCESS_READ,
		    .address = 0x1000, .has_address = true,
		    .pasid = 0xfedcb, .has_pasid = true } },
		{ "a domain in its place", { 0x000f0108, TYPE(2) | 0xedcb, 0x1000 },
		  { .requester = 0x0108, .reason = 2, .access = IOWARDEN_ACCESS_READ,
		    .address = 0x1000, .has_address = true } },
		{ "device table hardware error", { 0x0108, TYPE(3) | RW, 0x1000 },
		  { .requester = 0x0108, .reason = 3, .access = IOWARDEN_ACCESS_WRITE } },
		{ "page table hardware error", { 0x0108, TYPE(4) | GN | 7, 0x1000 },
		  { .requester = 0x0108, .reason = 4, .access = IOWARDEN_ACCESS_READ,
		    .pasid = 7, .has_pasid = true } },
		{ "IOTLB invalidation timeout", { 0x0108, TYPE(7), 0x1000 },
		  { .requester = 0x0108, .reason = 7, .access = IOWARDEN_ACCESS_OTHER } },
		{ "invalid device request", { 0x0108, TYPE(8) | TR, 0x1000 },
		  { .requester = 0x0108, .reason = 8, .access = IOWARDEN_ACCESS_OTHER,
		    .address = 0x1000, .has_address = true } },
		{ "invalid page request", { 0xdcb00108, TYPE(9) | GN | 0xa << 10 | 0x3ff, 0x1000 },
		  { .requester = 0x0108, .reason = 9, .access = IOWARDEN_ACCESS_OTHER,
		    .address = 0x1000, .has_address = true,
		    .pasid = 0xadcb0, .has_pasid = true } },
		{ "RMP page fault", { 0x0108, TYPE(0xd) | RW, 0x1000 },
		  { .requester = 0x0108, .reason = 0xd, .access = IOWARDEN_ACCESS_OTHER,
		    .address = 0x1000, .has_address = true } },
		{ "RMP hardware error", { 0x0108, TYPE(0xe), 0x1000 },
		  { .requester = 0x0108, .reason = 0xe, .access = IOWARDEN_ACCESS_OTHER } },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct iow_fault *expected = &rows[i].fault;
		struct iow_fault fault = { .time = 1, .segment = 2, .address = 3, .pasid = 4 };
		const char *what = rows[i].what;

		KUNIT_ASSERT_TRUE_MSG(test, iow_amdvi_decode(rows[i].event, &fault), "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.time, 1, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.segment, 2, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.requester, expected->requester, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.reason, expected->reason, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.has_reason, true, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.access, expected->access, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.address, expected->address, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.has_address, expected->has_address, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.pasid, expected->pasid, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.has_pasid, expected->has_pasid, "%s", what);
	}
}

/* Commands, counters, what is reserved, and what has been zeroed. */
static void event_of_no_device_says_nothing(struct kunit *test)
{
	static const u8 types[] = { 0, 5, 6, 0xa, 0xb, 0xc, 0xf };
	int i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		const u32 event[WORDS] = { 0x0108, TYPE(types[i]), 0x1000, 0 };
		struct iow_fault fault = { .requester = 7 };

		KUNIT_EXPECT_FALSE(test, iow_amdvi_decode(event, &fault));
		KUNIT_EXPECT_EQ(test, fault.requester, 7);
		KUNIT_EXPECT_FALSE(test, fault.has_reason);
	}
}

static void base_register_tells_where_the_log_is(struct kunit *test)
{
	static const struct {
		u64 base, address;
		unsigned int length;
	} rows[] = {
		{ 9ULL << 56 | 0x12345000, 0x12345000, 512 },
		{ 15ULL << 56 | 0xfffffffff000, 0xfffffffff000, 32768 },
		{ 8ULL << 56 | 0x8000000012345000 | 0xfff, 0x12345000, 256 },
		{ 7ULL << 56 | 0x12345000, 0, 0 },
		{ 0, 0, 0 },
		{ U64_MAX, 0, 0 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct iow_amdvi_log log = { };
		const u64 address = iow_amdvi_log_layout(&log, rows[i].base);

		KUNIT_EXPECT_EQ_MSG(test, address, rows[i].address, "row %d", i);
		KUNIT_EXPECT_EQ_MSG(test, log.length, rows[i].length, "row %d", i);
	}
}

static void empty_log_counts_nothing(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	handle(unit);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ });
}

static void pending_events_are_booked(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);
	const struct iow_account *account;

	log_events(unit, PAGE_FAULT, 16);
	log_events(unit, TYPE(1), 16);
	handle(unit);
	handle(unit);
	account = iow_ledger_find(unit->ledger, IOW_KEY(SEGMENT, 0x0100));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, account);
	KUNIT_EXPECT_EQ(test, total_of(account), 2);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 32 });
}

/* What the driver had not read when we began, and not what it had. */
static void counting_begins_where_the_driver_stands(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, 5);
	read_events(unit);
	log_events(unit, PAGE_FAULT, 3);
	KUNIT_EXPECT_TRUE(test, iow_amdvi_log_begin(&unit->log));
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 3 });
}

static void cursor_goes_on_at_the_beginning_of_the_ring(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);
	int i;

	for (i = 0; i < 10; i++) {
		log_events(unit, PAGE_FAULT, MOST - 100);
		handle(unit);
	}
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 10 * (MOST - 100) });
}

/* Between the probe and the driver's reading: page faults are still there, others not. */
static void late_events_are_counted_the_next_time(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, 2);
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	log_events(unit, PAGE_FAULT, 3);
	log_events(unit, TYPE(1), 4);
	read_events(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 2 });
	log_events(unit, TYPE(8), 1);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 6, .unattributed = 4 });
}

static void entry_that_is_not_there_yet_is_unattributed(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, 3);
	memset(&unit->ring[1 * WORDS], 0, IOW_AMDVI_EVENT_BYTES);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 2, .unattributed = 1 });
}

/* More came than the ring holds; what was overwritten is told from what stands there. */
static void late_events_that_were_overwritten_are_unattributed(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, MOST - 1);
	read_events(unit);
	log_events(unit, PAGE_FAULT, MOST - 1);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){
		.records = MOST, .unattributed = MOST - 2,
	});
	KUNIT_EXPECT_EQ(test, unit->lost, 0);
}

static void lost_events_are_noted_once(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, MOST + 5);
	KUNIT_EXPECT_EQ(test, unit->lost, 6);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = MOST - 1, .overflows = 1 });
	log_events(unit, PAGE_FAULT, 1);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = MOST, .overflows = 1 });
}

/* Linux 6.12 clears the bit before it reads; the log stands still all the same. */
static void lost_events_are_noted_when_the_bit_is_clear_already(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, MOST);
	unit->over_cleared = true;
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = MOST - 1, .overflows = 1 });
}

/* Met twice before the driver restarts the log, then a second time in earnest. */
static void overflow_is_told_from_the_same_one_again(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, MOST);
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	read_events(unit);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = MOST - 1, .overflows = 1 });
	log_events(unit, PAGE_FAULT, MOST);
	handle(unit);
	expect_counts(test, unit, (struct iow_unit_counts){
		.records = 2 * (MOST - 1), .overflows = 2,
	});
}

static void unit_that_is_gone_is_missed(struct kunit *test)
{
	struct unit *unit = make_unit(test, MOST);

	log_events(unit, PAGE_FAULT, 1);
	unit->gone = true;
	KUNIT_EXPECT_FALSE(test, iow_amdvi_log_begin(&unit->log));
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	expect_counts(test, unit, (struct iow_unit_counts){ .missed = 1 });
	/* It answers again: nothing outside of the ring has been read in between. */
	unit->gone = false;
	KUNIT_EXPECT_EQ(test, unit->log.cursor, 0);
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	expect_counts(test, unit, (struct iow_unit_counts){ .records = 1, .missed = 1 });
}

static void place_beyond_the_ring_is_missed(struct kunit *test)
{
	struct unit *unit = make_unit(test, 256);

	unit->tail = 256;
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	unit->head = 256;
	unit->tail = 0;
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	KUNIT_EXPECT_FALSE(test, iow_amdvi_log_begin(&unit->log));
	expect_counts(test, unit, (struct iow_unit_counts){ .missed = 2 });
}

/* Numbers by chance, the same each time. */
static u32 roll(u32 sides)
{
	static u32 dice = 0x2545f491;

	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return dice % sides;
}

static void log_by_chance(struct unit *unit)
{
	static const u8 types[] = { 1, 2, 2, 2, 2, 3, 5, 8, 0xd };
	unsigned int count = roll(20) ? roll(8) : roll(2 * MOST);

	while (count--)
		log_event(unit, TYPE(types[roll(ARRAY_SIZE(types))]), 0x0100 + roll(16));
}

static void nothing_is_lost_or_counted_twice_by_chance(struct kunit *test)
{
	struct unit *unit = make_unit(test, 256);
	struct iow_unit_counts counts;

	while (unit->logged < EVENTS) {
		log_by_chance(unit);
		iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
		log_by_chance(unit);
		read_events(unit);
		unit->over = false;
		cond_resched();
	}
	iow_amdvi_log_follow(&unit->log, unit->ledger, 1);
	counts = iow_unit_read(&unit->log.unit);
	KUNIT_EXPECT_EQ(test, counts.records + counts.unattributed, unit->logged);
	KUNIT_EXPECT_EQ(test, counts.missed, 0);
	KUNIT_EXPECT_TRUE(test, counts.unattributed > EVENTS / 100);
	KUNIT_EXPECT_TRUE(test, counts.records > EVENTS / 2);
	KUNIT_EXPECT_TRUE(test, counts.overflows > 100);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(event_says_all_of_a_fault),
	KUNIT_CASE(event_of_no_device_says_nothing),
	KUNIT_CASE(base_register_tells_where_the_log_is),
	KUNIT_CASE(empty_log_counts_nothing),
	KUNIT_CASE(pending_events_are_booked),
	KUNIT_CASE(counting_begins_where_the_driver_stands),
	KUNIT_CASE(cursor_goes_on_at_the_beginning_of_the_ring),
	KUNIT_CASE(late_events_are_counted_the_next_time),
	KUNIT_CASE(entry_that_is_not_there_yet_is_unattributed),
	KUNIT_CASE(late_events_that_were_overwritten_are_unattributed),
	KUNIT_CASE(lost_events_are_noted_once),
	KUNIT_CASE(lost_events_are_noted_when_the_bit_is_clear_already),
	KUNIT_CASE(overflow_is_told_from_the_same_one_again),
	KUNIT_CASE(unit_that_is_gone_is_missed),
	KUNIT_CASE(place_beyond_the_ring_is_missed),
	KUNIT_CASE(nothing_is_lost_or_counted_twice_by_chance),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_amdvi_log",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: event log of AMD-Vi");
MODULE_LICENSE("GPL");
