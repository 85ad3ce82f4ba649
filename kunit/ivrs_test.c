// SPDX-License-Identifier: GPL-2.0
/* The ACPI table IVRS, whole, cut off, and with lengths that lie. */
#include "ivrs.h"
#include "suite.h"

#define MOST	512
#define UNIT	sizeof(struct acpi_ivrs_hardware_10)
#define BASE	0xfeb80000ull

/**
 * struct table - a table that is being made
 * @bytes: it
 * @length: of it
 */
struct table {
	u8 bytes[MOST];
	u32 length;
};

/* What the visitor was called with. */
static u64 found[8];
static unsigned int found_count;

static void note(const struct acpi_ivrs_hardware_10 *block)
{
	found[found_count++] = block->base_address;
}

/* Of a unit that lies at BASE plus its place in the table, where there is room to say so. */
static void put(struct table *table, u8 type, u16 length)
{
	const struct acpi_ivrs_hardware_10 block = {
		.header = { .type = type, .length = length },
		.base_address = BASE + table->length,
	};

	memcpy(table->bytes + table->length, &block, min_t(size_t, length, sizeof(block)));
	table->length += length;
}

/* A copy that ends with the table, so that KASAN sees who reads on. */
static unsigned int visit(struct kunit *test, const struct table *table)
{
	struct acpi_table_header *copy = kunit_kzalloc(test, table->length, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	memcpy(copy, table->bytes, table->length);
	copy->length = table->length;
	found_count = 0;
	KUNIT_EXPECT_EQ(test, iow_ivrs_visit(copy, note), found_count);
	KUNIT_EXPECT_EQ(test, iow_ivrs_visit(copy, NULL), found_count);
	return found_count;
}

static struct table *begin(struct kunit *test)
{
	struct table *table = kunit_kzalloc(test, sizeof(*table), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, table);
	table->length = sizeof(struct acpi_table_ivrs);
	return table;
}

static void units_are_found_in_order(struct kunit *test)
{
	struct table *table = begin(test);
	const u64 first = BASE + table->length;

	KUNIT_EXPECT_EQ(test, visit(test, table), 0);
	put(table, ACPI_IVRS_TYPE_HARDWARE1, UNIT);
	put(table, ACPI_IVRS_TYPE_HARDWARE2, UNIT + 16);
	put(table, ACPI_IVRS_TYPE_HARDWARE3, UNIT + 40);
	KUNIT_ASSERT_EQ(test, visit(test, table), 3);
	KUNIT_EXPECT_EQ(test, found[0], first);
	KUNIT_EXPECT_EQ(test, found[1], first + UNIT);
	KUNIT_EXPECT_EQ(test, found[2], first + UNIT + UNIT + 16);
}

static void other_blocks_are_passed_over(struct kunit *test)
{
	static const u8 types[] = {
		ACPI_IVRS_TYPE_MEMORY1, ACPI_IVRS_TYPE_MEMORY2, ACPI_IVRS_TYPE_MEMORY3,
		0x00, 0x41, 0xff,
	};
	struct table *table = begin(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		put(table, types[i], UNIT + i);
	KUNIT_EXPECT_EQ(test, visit(test, table), 0);
	put(table, ACPI_IVRS_TYPE_HARDWARE2, UNIT);
	KUNIT_EXPECT_EQ(test, visit(test, table), 1);
}

static void block_that_is_too_short_is_no_unit(struct kunit *test)
{
	u16 length;

	for (length = sizeof(struct acpi_ivrs_header); length < UNIT; length++) {
		struct table *table = begin(test);

		put(table, ACPI_IVRS_TYPE_HARDWARE1, length);
		KUNIT_EXPECT_EQ_MSG(test, visit(test, table), 0, "length %u", length);
		put(table, ACPI_IVRS_TYPE_HARDWARE1, UNIT);
		KUNIT_EXPECT_EQ_MSG(test, visit(test, table), 1, "length %u", length);
	}
}

static void table_is_cut_off_anywhere(struct kunit *test)
{
	struct table *table = begin(test);
	const u32 first = table->length;
	u32 length;

	put(table, ACPI_IVRS_TYPE_HARDWARE1, UNIT);
	put(table, ACPI_IVRS_TYPE_MEMORY1, 32);
	put(table, ACPI_IVRS_TYPE_HARDWARE2, UNIT + 8);
	for (length = table->length; length >= first; length--) {
		const unsigned int whole = (length >= first + UNIT) +
					   (length >= first + UNIT + 32 + UNIT + 8);

		table->length = length;
		KUNIT_EXPECT_EQ_MSG(test, visit(test, table), whole, "%u bytes", length);
	}
}

/*
 * Shorter than its own header, or longer than the table: what follows it cannot be
 * found, not even where the ID, taken for a length, would lead to it.
 */
static void length_that_lies_ends_the_table(struct kunit *test)
{
	static const struct {
		u16 length, id;
	} lies[] = {
		{ 0 }, { 1 }, { 2, UNIT - 2 }, { 3, (UNIT - 3) << 8 },
		{ UNIT + UNIT + 1 }, { 0x7fff }, { 0xffff },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lies); i++) {
		struct table *table = begin(test);
		struct acpi_ivrs_header *liar;

		put(table, ACPI_IVRS_TYPE_HARDWARE1, UNIT);
		liar = (void *)table->bytes + table->length;
		put(table, ACPI_IVRS_TYPE_HARDWARE1, UNIT);
		put(table, ACPI_IVRS_TYPE_HARDWARE1, UNIT);
		liar->length = lies[i].length;
		liar->device_id = lies[i].id;
		KUNIT_EXPECT_EQ_MSG(test, visit(test, table), 1, "length %u", lies[i].length);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(units_are_found_in_order),
	KUNIT_CASE(other_blocks_are_passed_over),
	KUNIT_CASE(block_that_is_too_short_is_no_unit),
	KUNIT_CASE(table_is_cut_off_anywhere),
	KUNIT_CASE(length_that_lies_ends_the_table),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_ivrs",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: the ACPI table that tells of AMD's IOMMUs");
MODULE_LICENSE("GPL");
