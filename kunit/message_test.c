// SPDX-License-Identifier: GPL-2.0
/*
 * Each object as a message: for every room there can be, the whole of it or
 * nothing; and every field where a reader looks for it. The expectation is a
 * table of attributes with their length and value.
 */
#include <linux/jiffies.h>
#include <net/genetlink.h>
#include "message_look.h"
#include "suite.h"

/* A function of which everything is known, with the largest of everything. */
static struct iow_device full_device(void)
{
	struct iow_device device = {
		.segment = 0x10000, .bdf = 0x1234, .vendor = 0x10de, .device = 0x2684,
		.has_subsystem = true, .subsystem_vendor = 0x1043, .subsystem_device = 0x889c,
		.class = 0x030000, .header_type = 0x01, .multifunction = true,
		.port_type = IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT,
		.on_root_bus = true, .has_upstream = true, .upstream = 0x1200,
		.has_dma_device = true, .dma_segment = 0x2, .dma_bdf = 0x0070,
		.untrusted = true, .external_facing = true,
		.has_physfn = true, .physfn = 0x1230,
		.is_physfn = true, .total_vfs = 64, .num_vfs = 3,
		.has_group = true, .group = 14, .group_unknown = IOWARDEN_REASON_BUSY,
		.driver = "a-driver", .driver_managed_dma = true,
		.driver_unknown = IOWARDEN_REASON_BUSY,
		.acs = { .offset = 0x148, .capability = 0x007f, .control = 0x001d,
			 .egress_dwords = IOW_EGRESS_DWORDS, .egress = { 0x01020304 } },
		.has_aliases = true, .quirks = IOWARDEN_QUIRK_BRIDGE_XLATE_ROOT,
		.ats = IOWARDEN_CAPABILITY_ON, .pri = IOWARDEN_CAPABILITY_OFF,
		.pasid = IOWARDEN_CAPABILITY_ABSENT,
		.read_at = jiffies,
	};

	__set_bit(1, device.aliases);
	__set_bit(8, device.aliases);
	__set_bit(255, device.aliases);
	return device;
}

static const struct expected full_device_attributes[] = {
	{ IOWARDEN_A_DEVICE_SEGMENT, 4, 0x10000 },
	{ IOWARDEN_A_DEVICE_BDF, 2, 0x1234 },
	{ IOWARDEN_A_DEVICE_VENDOR, 2, 0x10de },
	{ IOWARDEN_A_DEVICE_DEVICE, 2, 0x2684 },
	{ IOWARDEN_A_DEVICE_SUBSYSTEM_VENDOR, 2, 0x1043 },
	{ IOWARDEN_A_DEVICE_SUBSYSTEM_DEVICE, 2, 0x889c },
	{ IOWARDEN_A_DEVICE_CLASS, 4, 0x030000 },
	{ IOWARDEN_A_DEVICE_HEADER_TYPE, 1, 1 },
	{ IOWARDEN_A_DEVICE_MULTIFUNCTION, 0, 0 },
	{ IOWARDEN_A_DEVICE_PORT_TYPE, 1, IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT },
	{ IOWARDEN_A_DEVICE_GENERATION, 4, GENERATION },
	{ IOWARDEN_A_DEVICE_ROOT_BUS, 0, 0 },
	{ IOWARDEN_A_DEVICE_UPSTREAM, 2, 0x1200 },
	{ IOWARDEN_A_DEVICE_DMA_SEGMENT, 4, 2 },
	{ IOWARDEN_A_DEVICE_DMA_BDF, 2, 0x0070 },
	{ IOWARDEN_A_DEVICE_UNTRUSTED, 0, 0 },
	{ IOWARDEN_A_DEVICE_EXTERNAL_FACING, 0, 0 },
	{ IOWARDEN_A_DEVICE_PHYSFN, 2, 0x1230 },
	{ IOWARDEN_A_DEVICE_TOTAL_VFS, 2, 64 },
	{ IOWARDEN_A_DEVICE_NUM_VFS, 2, 3 },
	{ IOWARDEN_A_DEVICE_GROUP, 4, 14 },
	{ IOWARDEN_A_DEVICE_GROUP_UNKNOWN, 1, IOWARDEN_REASON_BUSY },
	{ IOWARDEN_A_DEVICE_DRIVER, 9, 0x72642d61 },
	{ IOWARDEN_A_DEVICE_DRIVER_MANAGED_DMA, 0, 0 },
	{ IOWARDEN_A_DEVICE_DRIVER_UNKNOWN, 1, IOWARDEN_REASON_BUSY },
	{ IOWARDEN_A_DEVICE_ACS_AGE, 4, .varies = true },
	{ IOWARDEN_A_DEVICE_ACS, 60, .varies = true },
	{ IOWARDEN_A_DEVICE_ALIAS_MASK, 32, 0x0102 },
	{ IOWARDEN_A_DEVICE_QUIRKS, 4, IOWARDEN_QUIRK_BRIDGE_XLATE_ROOT },
	{ IOWARDEN_A_DEVICE_ATS, 1, IOWARDEN_CAPABILITY_ON },
	{ IOWARDEN_A_DEVICE_PRI, 1, IOWARDEN_CAPABILITY_OFF },
	{ IOWARDEN_A_DEVICE_PASID, 1, IOWARDEN_CAPABILITY_ABSENT },
	{ }
};

static const struct iow_group full_group = {
	.id = 14, .pci_devices = 3, .other_devices = 1,
	.isolated_msi = IOWARDEN_ANSWER_YES,
	.enforced_coherency = IOWARDEN_ANSWER_NO,
	.user_owned = IOWARDEN_ANSWER_YES,
	.user_owned_unknown = IOWARDEN_REASON_BUSY,
};

static const struct iow_snapshot machine = {
	.generation = GENERATION, .device_count = 5, .group_count = 2,
};

static int put_the_device(const struct iow_message *message, const void *object)
{
	return iow_message_device(message, object, GENERATION);
}

static int put_the_group(const struct iow_message *message, const void *object)
{
	return iow_message_group(message, object, GENERATION);
}

static int put_the_info(const struct iow_message *message, const void *object)
{
	return iow_message_info(message, object);
}

/* The one thing that two messages about the same object differ in. */
static void forget_age(struct sk_buff *skb, unsigned int start)
{
	struct nlattr *age = look_find_attribute(skb, start, IOWARDEN_A_DEVICE_ACS_AGE);

	if (age && nla_len(age) == 4)
		memset(nla_data(age), 0, 4);
}

static void put_at_every_room(struct kunit *test, look_put put, const void *object)
{
	look_put_at_every_room(test, put, object, forget_age);
}

static void full_device_at_every_room(struct kunit *test)
{
	const struct iow_device device = full_device();

	put_at_every_room(test, put_the_device, &device);
}

static void device_with_double_words_at_every_room(struct kunit *test)
{
	struct iow_device device = full_device();

	device.acs.dwords = true;
	put_at_every_room(test, put_the_device, &device);
}

static void bare_device_at_every_room(struct kunit *test)
{
	const struct iow_device device = { .acs_unknown = IOWARDEN_REASON_GONE };

	put_at_every_room(test, put_the_device, &device);
}

static void group_at_every_room(struct kunit *test)
{
	put_at_every_room(test, put_the_group, &full_group);
}

static void info_at_every_room(struct kunit *test)
{
	put_at_every_room(test, put_the_info, &machine);
}

static void full_device_in_every_field(struct kunit *test)
{
	const struct iow_device device = full_device();

	look_expect_message(test, full_device_attributes,
			    look_put_whole(test, put_the_device, &device));
}

/* So that a field added to the wire is not forgotten here. */
static void table_names_every_attribute_of_a_device(struct kunit *test)
{
	DECLARE_BITMAP(seen, IOWARDEN_A_DEVICE_MAX + 1) = { };
	const struct expected *row;
	int type;

	for (row = full_device_attributes; row->type; row++)
		__set_bit(row->type, seen);
	/* One is of requests only, the other stands in the place of what is there. */
	__set_bit(IOWARDEN_A_DEVICE_FRESH, seen);
	__set_bit(IOWARDEN_A_DEVICE_ACS_UNKNOWN, seen);
	for (type = 1; type <= IOWARDEN_A_DEVICE_MAX; type++)
		KUNIT_EXPECT_TRUE_MSG(test, test_bit(type, seen), "attribute %d", type);
}

static void bare_device_says_no_more_than_it_knows(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_DEVICE_SEGMENT, 4 },
		{ IOWARDEN_A_DEVICE_BDF, 2 },
		{ IOWARDEN_A_DEVICE_VENDOR, 2 },
		{ IOWARDEN_A_DEVICE_DEVICE, 2 },
		{ IOWARDEN_A_DEVICE_CLASS, 4 },
		{ IOWARDEN_A_DEVICE_HEADER_TYPE, 1 },
		{ IOWARDEN_A_DEVICE_GENERATION, 4, GENERATION },
		{ IOWARDEN_A_DEVICE_ACS_UNKNOWN, 1, IOWARDEN_REASON_GONE },
		{ IOWARDEN_A_DEVICE_QUIRKS, 4 },
		{ }
	};
	const struct iow_device device = { .acs_unknown = IOWARDEN_REASON_GONE };

	look_expect_message(test, rows, look_put_whole(test, put_the_device, &device));
}

/* Known to have none: the age of that knowledge, and no registers. */
static void device_without_acs_capability(struct kunit *test)
{
	struct iow_device device = full_device();
	struct sk_buff *skb;

	memset(&device.acs, 0, sizeof(device.acs));
	skb = look_put_whole(test, put_the_device, &device);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, look_find_attribute(skb, 0, IOWARDEN_A_DEVICE_ACS_AGE));
	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_DEVICE_ACS), NULL);
	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_DEVICE_ACS_UNKNOWN), NULL);
}

static void expect_acs(struct kunit *test, const struct iow_device *device,
		       const struct expected *rows)
{
	const struct sk_buff *skb = look_put_whole(test, put_the_device, device);
	const struct nlattr *nest = look_find_attribute(skb, 0, IOWARDEN_A_DEVICE_ACS);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, nest);
	KUNIT_EXPECT_NE(test, nest->nla_type & NLA_F_NESTED, 0);
	look_expect_attributes(test, rows, nla_data(nest), nla_len(nest));
}

static void acs_in_words(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_ACS_OFFSET, 2, 0x148 },
		{ IOWARDEN_A_ACS_CAPABILITY, 2, 0x007f },
		{ IOWARDEN_A_ACS_CONTROL, 2, 0x001d },
		{ IOWARDEN_A_ACS_EGRESS_VECTOR, 32, 0x01020304 },
		{ }
	};
	const struct iow_device device = full_device();

	expect_acs(test, &device, rows);
}

/* Bit 16 and up stand in the double words only. */
static void acs_in_double_words(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_ACS_OFFSET, 2, 0x148 },
		{ IOWARDEN_A_ACS_CAPABILITY, 2, 0x001f },
		{ IOWARDEN_A_ACS_CAPABILITY_DWORD, 4, 0x8000001f },
		{ IOWARDEN_A_ACS_CONTROL_DWORD, 4, 0x4000001d },
		{ }
	};
	struct iow_device device = full_device();

	device.acs = (struct iow_acs){
		.offset = 0x148, .dwords = true,
		.capability = 0x8000001f, .control = 0x4000001d,
	};
	expect_acs(test, &device, rows);
}

static void alias_mask_has_a_bit_a_devfn(struct kunit *test)
{
	const struct iow_device device = full_device();
	const struct sk_buff *skb = look_put_whole(test, put_the_device, &device);
	const struct nlattr *attribute = look_find_attribute(skb, 0, IOWARDEN_A_DEVICE_ALIAS_MASK);
	const u8 *mask;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, attribute);
	mask = nla_data(attribute);
	KUNIT_EXPECT_EQ(test, mask[0], 0x02);
	KUNIT_EXPECT_EQ(test, mask[1], 0x01);
	KUNIT_EXPECT_EQ(test, mask[31], 0x80);
}

static void longest_name_of_a_driver_is_whole(struct kunit *test)
{
	struct iow_device device = full_device();
	const struct nlattr *attribute;

	memset(device.driver, 'd', IOW_DRIVER_SIZE - 1);
	attribute = look_find_attribute(look_put_whole(test, put_the_device, &device), 0,
					IOWARDEN_A_DEVICE_DRIVER);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, attribute);
	KUNIT_EXPECT_EQ(test, nla_len(attribute), IOW_DRIVER_SIZE);
	KUNIT_EXPECT_EQ(test, strcmp(nla_data(attribute), device.driver), 0);
}

static void group_in_every_field(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_GROUP_ID, 4, 14 },
		{ IOWARDEN_A_GROUP_GENERATION, 4, GENERATION },
		{ IOWARDEN_A_GROUP_PCI_DEVICES, 4, 3 },
		{ IOWARDEN_A_GROUP_OTHER_DEVICES, 4, 1 },
		{ IOWARDEN_A_GROUP_ISOLATED_MSI, 1, IOWARDEN_ANSWER_YES },
		{ IOWARDEN_A_GROUP_ENFORCED_COHERENCY, 1, IOWARDEN_ANSWER_NO },
		{ IOWARDEN_A_GROUP_USER_OWNED, 1, IOWARDEN_ANSWER_YES },
		{ IOWARDEN_A_GROUP_USER_OWNED_UNKNOWN, 1, IOWARDEN_REASON_BUSY },
		{ }
	};

	look_expect_message(test, rows, look_put_whole(test, put_the_group, &full_group));
}

static void bare_group_says_no_more_than_it_knows(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_GROUP_ID, 4 },
		{ IOWARDEN_A_GROUP_GENERATION, 4, GENERATION },
		{ IOWARDEN_A_GROUP_PCI_DEVICES, 4 },
		{ IOWARDEN_A_GROUP_OTHER_DEVICES, 4 },
		{ }
	};
	static const struct iow_group bare;

	look_expect_message(test, rows, look_put_whole(test, put_the_group, &bare));
}

static void info_in_every_field(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_INFO_MODULE_VERSION, sizeof(IOWARDEN_VERSION), .varies = true },
		{ IOWARDEN_A_INFO_ABI_VERSION, 4, IOWARDEN_FAMILY_VERSION },
		{ IOWARDEN_A_INFO_LOAD_TIME, 8, .varies = true },
		{ IOWARDEN_A_INFO_GENERATION, 4, GENERATION },
		{ IOWARDEN_A_INFO_SIGHT, 4, .varies = true },
		{ IOWARDEN_A_INFO_DEVICE_COUNT, 4, 5 },
		{ IOWARDEN_A_INFO_GROUP_COUNT, 4, 2 },
		{ }
	};
	const struct sk_buff *skb;

	iow_message_set_load_time();
	skb = look_put_whole(test, put_the_info, &machine);
	look_expect_message(test, rows, skb);
	KUNIT_EXPECT_NE(test, 0,
			look_value_of(look_find_attribute(skb, 0, IOWARDEN_A_INFO_LOAD_TIME)));
}

/* NLM_F_DUMP_INTR: the generation moved since the part before. */
static void part_of_a_dump_is_marked_where_the_generation_moved(struct kunit *test)
{
	static const struct {
		unsigned int before, now;
		bool marked;
	} parts[] = {
		{ 0, 7, false }, { 7, 7, false }, { 7, 8, true },
	};
	const struct iow_device device = full_device();
	int i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		struct netlink_callback dump = {
			.prev_seq = parts[i].before, .seq = parts[i].now,
		};
		struct sk_buff *skb = look_make_buffer(test, NLMSG_DEFAULT_SIZE);
		struct iow_message message = look_message_to(skb);
		const struct nlmsghdr *header = (const struct nlmsghdr *)skb->data;

		message.dump = &dump;
		KUNIT_ASSERT_EQ(test, iow_message_device(&message, &device, GENERATION), 0);
		KUNIT_EXPECT_EQ(test, !!(header->nlmsg_flags & NLM_F_DUMP_INTR), parts[i].marked);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(full_device_at_every_room),
	KUNIT_CASE(device_with_double_words_at_every_room),
	KUNIT_CASE(bare_device_at_every_room),
	KUNIT_CASE(group_at_every_room),
	KUNIT_CASE(info_at_every_room),
	KUNIT_CASE(full_device_in_every_field),
	KUNIT_CASE(table_names_every_attribute_of_a_device),
	KUNIT_CASE(bare_device_says_no_more_than_it_knows),
	KUNIT_CASE(device_without_acs_capability),
	KUNIT_CASE(acs_in_words),
	KUNIT_CASE(acs_in_double_words),
	KUNIT_CASE(alias_mask_has_a_bit_a_devfn),
	KUNIT_CASE(longest_name_of_a_driver_is_whole),
	KUNIT_CASE(group_in_every_field),
	KUNIT_CASE(bare_group_says_no_more_than_it_knows),
	KUNIT_CASE(info_in_every_field),
	KUNIT_CASE(part_of_a_dump_is_marked_where_the_generation_moved),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_message",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: objects as netlink messages");
MODULE_LICENSE("GPL");
