// SPDX-License-Identifier: GPL-2.0
/* What fault records of Intel VT-d say, and where they are. */
#include <linux/bits.h>
#include "suite.h"
#include "vtd_run.h"

#define T1	BIT_ULL(62)
#define T2	BIT_ULL(28)
#define PP	BIT_ULL(31)
#define FULL	BIT_ULL(63)

#define REASON(number)	((u64)(number) << 32)
#define PASID(number)	((u64)(number) << 40)

static void record_says_all_of_a_fault(struct kunit *test)
{
	static const struct {
		const char *what;
		u64 low, high;
		struct iow_fault fault;
	} rows[] = {
		{ "read", 0x12345000, FULL | T1 | REASON(6) | 0x0108,
		  { .requester = 0x0108, .access = IOWARDEN_ACCESS_READ, .reason = 6,
		    .address = 0x12345000, .has_address = true } },
		{ "write", 0xfffffffffffff000, FULL | REASON(5) | 0xffff,
		  { .requester = 0xffff, .access = IOWARDEN_ACCESS_WRITE, .reason = 5,
		    .address = 0xfffffffffffff000, .has_address = true } },
		{ "AtomicOp", 0x1000, FULL | T1 | T2 | REASON(5),
		  { .access = IOWARDEN_ACCESS_OTHER, .reason = 5,
		    .address = 0x1000, .has_address = true } },
		{ "page request", 0x1000, FULL | T2 | REASON(1),
		  { .access = IOWARDEN_ACCESS_OTHER, .reason = 1,
		    .address = 0x1000, .has_address = true } },
		{ "with a PASID", 0x1000, FULL | T1 | PP | REASON(0x58) | PASID(0xfffff),
		  { .access = IOWARDEN_ACCESS_READ, .reason = 0x58, .pasid = 0xfffff,
		    .has_pasid = true, .address = 0x1000, .has_address = true } },
		{ "with PASID 0", 0x1000, FULL | PP | REASON(0x58),
		  { .access = IOWARDEN_ACCESS_WRITE, .reason = 0x58,
		    .has_pasid = true, .address = 0x1000, .has_address = true } },
		{ "without one, and something in its place", 0x1000, FULL | REASON(6) | PASID(7),
		  { .access = IOWARDEN_ACCESS_WRITE, .reason = 6,
		    .address = 0x1000, .has_address = true } },
		{ "bits below the page", 0x1fff, FULL | T1 | REASON(6),
		  { .access = IOWARDEN_ACCESS_READ, .reason = 6,
		    .address = 0x1000, .has_address = true } },
		{ "privileged, execute, address type", 0x1000,
		  FULL | T1 | REASON(6) | BIT_ULL(29) | BIT_ULL(30) | BIT_ULL(60) | BIT_ULL(61),
		  { .access = IOWARDEN_ACCESS_READ, .reason = 6,
		    .address = 0x1000, .has_address = true } },
		{ "last reason before interrupts", 0x1000, FULL | REASON(0x1f),
		  { .access = IOWARDEN_ACCESS_WRITE, .reason = 0x1f,
		    .address = 0x1000, .has_address = true } },
		{ "interrupt, its index where an address would be", 0xff8ULL << 48,
		  FULL | REASON(0x22) | 0xffff,
		  { .requester = 0xffff, .access = IOWARDEN_ACCESS_INTERRUPT, .reason = 0x22 } },
		{ "first reason of interrupts", 0, FULL | T1 | REASON(0x20),
		  { .access = IOWARDEN_ACCESS_INTERRUPT, .reason = 0x20 } },
		{ "last, a reserved one", 0, FULL | T2 | REASON(0x2f),
		  { .access = IOWARDEN_ACCESS_INTERRUPT, .reason = 0x2f } },
		{ "first of scalable mode", 0x1000, FULL | T1 | REASON(0x30),
		  { .access = IOWARDEN_ACCESS_READ, .reason = 0x30,
		    .address = 0x1000, .has_address = true } },
		{ "reserved reason", 0x1000, FULL | REASON(0xff),
		  { .access = IOWARDEN_ACCESS_WRITE, .reason = 0xff,
		    .address = 0x1000, .has_address = true } },
		{ "reason 0", 0, FULL,
		  { .access = IOWARDEN_ACCESS_WRITE, .has_address = true } },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct iow_fault *expected = &rows[i].fault;
		struct iow_fault fault = { .time = 1, .segment = 2, .address = 3, .pasid = 4 };
		const char *what = rows[i].what;

		KUNIT_ASSERT_TRUE_MSG(test, iow_vtd_decode(rows[i].low, rows[i].high, &fault),
				      "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.time, 1, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.segment, 2, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.requester, expected->requester, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.access, expected->access, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.reason, expected->reason, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.has_reason, true, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.address, expected->address, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.has_address, expected->has_address, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.pasid, expected->pasid, "%s", what);
		KUNIT_EXPECT_EQ_MSG(test, fault.has_pasid, expected->has_pasid, "%s", what);
	}
}

static void record_that_is_empty_says_nothing(struct kunit *test)
{
	struct iow_fault fault = { .address = 3, .requester = 4 };

	KUNIT_EXPECT_FALSE(test, iow_vtd_decode(U64_MAX, ~FULL, &fault));
	KUNIT_EXPECT_EQ(test, fault.address, 3);
	KUNIT_EXPECT_EQ(test, fault.requester, 4);
	KUNIT_EXPECT_FALSE(test, fault.has_reason);
}

static void capability_tells_where_records_are(struct kunit *test)
{
	static const struct {
		u64 capability;
		unsigned int records, count;
	} rows[] = {
		{ 0, 0, 1 },
		{ 0x00d2008c22260206, 0x220, 1 },	/* QEMU */
		{ 0x3ff000000ULL, 0x3ff0, 1 },
		{ 0xffULL << 40, 0, 256 },
		{ ~(0x3ff000000ULL | 0xffULL << 40), 0, 1 },
	};
	struct iow_vtd_unit unit = { };
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		iow_vtd_layout(&unit, rows[i].capability);
		KUNIT_EXPECT_EQ_MSG(test, unit.records, rows[i].records, "row %d", i);
		KUNIT_EXPECT_EQ_MSG(test, unit.record_count, rows[i].count, "row %d", i);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(record_says_all_of_a_fault),
	KUNIT_CASE(record_that_is_empty_says_nothing),
	KUNIT_CASE(capability_tells_where_records_are),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_vtd_record",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: fault records of Intel VT-d");
MODULE_LICENSE("GPL");
