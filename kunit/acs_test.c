// SPDX-License-Identifier: GPL-2.0
/*
 * The ACS reader over configuration space in memory: what no emulated device
 * shows. Offsets and fields: PCIe base specification, 7.6.3 and 7.7.8.
 */
#include <linux/pci_regs.h>
#include "acs.h"
#include "suite.h"

#define SPACE_DWORDS	1024
#define VENDOR_CAPABILITY 0x000b

/**
 * struct space - configuration space in memory
 * @config: the seam
 * @reads: how many reads there were
 * @strayed: something was read that must not be
 * @gone_after: from this read on all ones come back; 0: never
 * @dwords: what is read
 */
struct space {
	struct iow_config config;
	unsigned int reads;
	bool strayed;
	unsigned int gone_after;
	u32 dwords[SPACE_DWORDS];
};

static void read_space(const struct iow_config *config, int where, u32 *value)
{
	struct space *space = container_of(config, struct space, config);

	space->reads++;
	if (where < 0 || where % 4 || where >= config->size) {
		space->strayed = true;
		*value = 0xdeadbeef;
		return;
	}
	*value = space->dwords[where / 4];
	if (space->gone_after && space->reads >= space->gone_after)
		*value = ~0U;
}

/* One space for all cases: they run one after another. */
static struct space space;

static void begin_space(void)
{
	memset(&space, 0, sizeof(space));
	space.config.read = read_space;
	space.config.size = PCI_CFG_SPACE_EXP_SIZE;
}

static void put_capability(int where, u16 id, int next)
{
	space.dwords[where / 4] = id | 1u << 16 | (u32)next << 20;
}

static void put_acs(int where, int next, u16 capability, u16 control)
{
	put_capability(where, PCI_EXT_CAP_ID_ACS, next);
	space.dwords[where / 4 + 1] = capability | (u32)control << 16;
}

static void no_extended_capability_at_all(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0);
}

static void other_capabilities_only(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x148);
	put_capability(0x148, VENDOR_CAPABILITY, 0);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0);
}

static void last_in_the_list(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x400);
	put_capability(0x400, VENDOR_CAPABILITY, 0x148);
	put_acs(0x148, 0, 0x005f, 0x001d);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0x148);
	KUNIT_EXPECT_EQ(test, acs.capability, 0x005f);
	KUNIT_EXPECT_EQ(test, acs.control, 0x001d);
	KUNIT_EXPECT_EQ(test, acs.egress_dwords, 0);
	KUNIT_EXPECT_FALSE(test, acs.dwords);
}

static void control_bit_without_capability_bit_is_kept(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_acs(0x100, 0, 0x0001, 0x001d);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.capability, 0x0001);
	KUNIT_EXPECT_EQ(test, acs.control, 0x001d);
}

static void list_in_a_circle(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x200);
	put_capability(0x200, VENDOR_CAPABILITY, 0x100);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_MALFORMED);
	KUNIT_EXPECT_TRUE(test, space.reads <= SPACE_DWORDS);
}

static void list_that_points_into_the_header(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x040);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_MALFORMED);
}

static void longest_list_is_walked_to_its_end(struct kunit *test)
{
	struct iow_acs acs;
	int where;

	begin_space();
	for (where = 0x100; where < 0xff8; where += 8)
		put_capability(where, VENDOR_CAPABILITY, where + 8);
	put_acs(0xff8, 0, 0x001f, 0x001d);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0xff8);
	KUNIT_EXPECT_EQ(test, acs.control, 0x001d);
	KUNIT_EXPECT_FALSE(test, space.strayed);
}

/* As the kernel limits Netronome's NFP-6000: quirk_nfp6000(). */
static void nothing_is_read_beyond_the_size(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	space.config.size = 0x600;
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x600);
	put_acs(0x600, 0, 0x001f, 0x001d);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_NO_ACCESS);
	KUNIT_EXPECT_FALSE(test, space.strayed);
}

static void nor_when_the_header_is_the_last_word(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	space.config.size = 0x600;
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x5fc);
	put_acs(0x5fc, 0, 0x001f, 0x001d);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_NO_ACCESS);
	KUNIT_EXPECT_FALSE(test, space.strayed);
}

static void device_gone_before_the_list(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_acs(0x100, 0, 0x001f, 0x001d);
	space.gone_after = 1;
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), IOWARDEN_REASON_GONE);
	KUNIT_EXPECT_EQ(test, acs.offset, 0);
}

static void device_gone_within_the_list(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x148);
	put_acs(0x148, 0, 0x001f, 0x001d);
	space.gone_after = 2;
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), IOWARDEN_REASON_GONE);
}

static void egress_vector_of_one_word(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_acs(0x100, 0, 0x0800 | 0x007f, 0x0020);
	space.dwords[0x108 / 4] = 0x000000a5;
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.egress_dwords, 1);
	KUNIT_EXPECT_EQ(test, acs.egress[0], 0xa5);
}

static void egress_vector_size_0_means_256(struct kunit *test)
{
	struct iow_acs acs;
	u32 i;

	begin_space();
	put_acs(0x100, 0, 0x0020, 0x0020);
	for (i = 0; i < IOW_EGRESS_DWORDS; i++)
		space.dwords[0x108 / 4 + i] = i + 1;
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.egress_dwords, IOW_EGRESS_DWORDS);
	for (i = 0; i < IOW_EGRESS_DWORDS; i++)
		KUNIT_EXPECT_EQ(test, acs.egress[i], i + 1);
}

static void egress_vector_of_33_ports_takes_two_words(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_acs(0x100, 0, 33 << 8 | 0x0020, 0);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.egress_dwords, 2);
}

static void egress_vector_past_the_end(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, VENDOR_CAPABILITY, 0xff8);
	put_acs(0xff8, 0, 0x0020, 0);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_NO_ACCESS);
	KUNIT_EXPECT_EQ(test, acs.offset, 0);
	KUNIT_EXPECT_FALSE(test, space.strayed);
}

static void egress_vector_is_not_read_without_the_capability(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_acs(0x100, 0, 0xff00 | 0x001f, 0);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.egress_dwords, 0);
}

/* Intel 100 series: capability at +4 and control at +8, both 32 bits wide. */
static void double_words_of_sunrise_point(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x140, PCI_EXT_CAP_ID_ACS, 0);
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x140);
	space.dwords[0x144 / 4] = 0x0000001f;
	space.dwords[0x148 / 4] = 0x0000001d;
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, true, &acs), 0);
	KUNIT_EXPECT_TRUE(test, acs.dwords);
	KUNIT_EXPECT_EQ(test, acs.capability, 0x1f);
	KUNIT_EXPECT_EQ(test, acs.control, 0x1d);
}

static void double_words_past_the_end(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, VENDOR_CAPABILITY, 0xff8);
	put_capability(0xff8, PCI_EXT_CAP_ID_ACS, 0);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, true, &acs),
			IOWARDEN_REASON_NO_ACCESS);
}

static void space_of_256_bytes_is_not_read(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	space.config.size = PCI_CFG_SPACE_SIZE;
	put_acs(0x100, 0, 0x001f, 0x001d);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_NO_ACCESS);
	KUNIT_EXPECT_EQ(test, space.reads, 0);
}

static void capability_that_points_to_itself(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x100);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_MALFORMED);
}

static void empty_header_ends_the_list(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, PCI_EXT_CAP_ID_ERR, 0x200);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0);
}

/* As pci_find_ext_capability(), by which the kernel enables it. */
static void first_of_two_counts(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_acs(0x100, 0x200, 0x001f, 0x001d);
	put_acs(0x200, 0, 0x0001, 0x0001);
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0x100);
	KUNIT_EXPECT_EQ(test, acs.capability, 0x001f);
}

static void what_stood_there_before_is_forgotten(struct kunit *test)
{
	static const struct iow_acs nothing;
	struct iow_acs acs;

	begin_space();
	memset(&acs, 0xff, sizeof(acs));
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, memcmp(&acs, &nothing, sizeof(acs)), 0);
	memset(&acs, 0xff, sizeof(acs));
	space.gone_after = 1;
	KUNIT_EXPECT_NE(test, iow_acs_read(&space.config, false, &acs), 0);
	KUNIT_EXPECT_EQ(test, memcmp(&acs, &nothing, sizeof(acs)), 0);
}

/* All ones offer a vector of 255 bits, which does not fit there. */
static void device_gone_behind_the_header_leads_nowhere(struct kunit *test)
{
	struct iow_acs acs;

	begin_space();
	put_capability(0x100, VENDOR_CAPABILITY, 0xff8);
	put_acs(0xff8, 0, 0x001f, 0x001d);
	space.gone_after = 3;
	KUNIT_EXPECT_EQ(test, iow_acs_read(&space.config, false, &acs),
			IOWARDEN_REASON_NO_ACCESS);
	KUNIT_EXPECT_FALSE(test, space.strayed);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(no_extended_capability_at_all),
	KUNIT_CASE(other_capabilities_only),
	KUNIT_CASE(last_in_the_list),
	KUNIT_CASE(control_bit_without_capability_bit_is_kept),
	KUNIT_CASE(list_in_a_circle),
	KUNIT_CASE(list_that_points_into_the_header),
	KUNIT_CASE(longest_list_is_walked_to_its_end),
	KUNIT_CASE(nothing_is_read_beyond_the_size),
	KUNIT_CASE(nor_when_the_header_is_the_last_word),
	KUNIT_CASE(device_gone_before_the_list),
	KUNIT_CASE(device_gone_within_the_list),
	KUNIT_CASE(egress_vector_of_one_word),
	KUNIT_CASE(egress_vector_size_0_means_256),
	KUNIT_CASE(egress_vector_of_33_ports_takes_two_words),
	KUNIT_CASE(egress_vector_past_the_end),
	KUNIT_CASE(egress_vector_is_not_read_without_the_capability),
	KUNIT_CASE(double_words_of_sunrise_point),
	KUNIT_CASE(double_words_past_the_end),
	KUNIT_CASE(space_of_256_bytes_is_not_read),
	KUNIT_CASE(capability_that_points_to_itself),
	KUNIT_CASE(empty_header_ends_the_list),
	KUNIT_CASE(first_of_two_counts),
	KUNIT_CASE(what_stood_there_before_is_forgotten),
	KUNIT_CASE(device_gone_behind_the_header_leads_nowhere),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_acs",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: the ACS reader of iowarden");
MODULE_LICENSE("GPL");
