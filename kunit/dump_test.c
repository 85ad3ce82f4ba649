// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps that are resumed, over snapshots made for the test and buffers of every
 * size. The source is included, for what a dump does with one buffer.
 */
#include "suite.h"

#include "netlink.c"

#define GENERATION	7
/* How much more room than the largest object needs is tried. */
#define SPARE		64
/* Parts of a dump until it is taken for one without end. */
#define PARTS		1000
#define OBJECTS		64

/**
 * struct harvest - what a dump delivered
 * @keys: of the objects, in the order they came
 * @count: how many
 * @end: 0, or the error it ended with
 */
struct harvest {
	u64 keys[OBJECTS];
	unsigned int count;
	int end;
};

typedef int (*dump_part)(struct sk_buff *skb, struct netlink_callback *cb,
			 const struct iow_snapshot *snapshot);

static int devices_part(struct sk_buff *skb, struct netlink_callback *cb,
			const struct iow_snapshot *snapshot)
{
	return dump_devices(skb, cb, snapshot, NULL);
}

/* The key of the object in a message: segment and BDF, or the number of a group. */
static u64 key_in(const struct nlmsghdr *header)
{
	const struct nlattr *attribute;
	u64 key = 0;
	int rest;

	nla_for_each_attr(attribute, nlmsg_attrdata(header, GENL_HDRLEN),
			  nlmsg_attrlen(header, GENL_HDRLEN), rest) {
		/* The same numbers for both kinds of object. */
		if (nla_type(attribute) == IOWARDEN_A_DEVICE_SEGMENT)
			key = IOW_KEY(nla_get_u32(attribute), 0);
		else if (nla_type(attribute) == IOWARDEN_A_DEVICE_BDF && nla_len(attribute) == 2)
			key |= nla_get_u16(attribute);
	}
	return key;
}

/* All messages of a buffer are whole. */
static void gather(struct kunit *test, struct harvest *harvest, const void *data, int length)
{
	const struct nlmsghdr *header = data;

	for (; nlmsg_ok(header, length); header = nlmsg_next(header, &length)) {
		KUNIT_ASSERT_LT(test, harvest->count, (unsigned int)OBJECTS);
		harvest->keys[harvest->count++] = key_in(header);
	}
	KUNIT_EXPECT_EQ(test, length, 0);
}

/**
 * struct stage - the state of a dump, as netlink keeps it
 * @cb: between two parts
 * @request: what it answers
 */
struct stage {
	struct netlink_callback cb;
	struct nlmsghdr request;
};

static struct stage *make_stage(struct kunit *test)
{
	struct stage *stage = kunit_kzalloc(test, sizeof(*stage), GFP_KERNEL);
	struct sk_buff *skb = kunit_kzalloc(test, sizeof(*skb), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, stage);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, skb);
	/* Only its control block is looked at. */
	stage->cb.skb = skb;
	stage->cb.nlh = &stage->request;
	stage->cb.seq = GENERATION;
	return stage;
}

/* One part; false at the end of the dump. */
static bool take_part(struct kunit *test, struct stage *stage, dump_part part,
		      const struct iow_snapshot *snapshot, unsigned int room,
		      struct harvest *harvest)
{
	struct sk_buff *skb = alloc_skb(room, GFP_KERNEL);
	int length;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, skb);
	skb_reserve(skb, skb_tailroom(skb) - room);
	length = part(skb, &stage->cb, snapshot);
	if (length > 0)
		gather(test, harvest, skb->data, skb->len);
	else
		harvest->end = length;
	kfree_skb(skb);
	return length > 0;
}

static struct harvest *dump_all(struct kunit *test, dump_part part,
				const struct iow_snapshot *snapshot, unsigned int room)
{
	struct harvest *harvest = kunit_kzalloc(test, sizeof(*harvest), GFP_KERNEL);
	struct stage *stage = make_stage(test);
	int parts = 0;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, harvest);
	while (take_part(test, stage, part, snapshot, room, harvest))
		KUNIT_ASSERT_LT(test, parts++, PARTS);
	return harvest;
}

/* So much room a single object needs. */
static unsigned int size_of(struct kunit *test, dump_part part,
			    const struct iow_snapshot *snapshot)
{
	struct sk_buff *skb = alloc_skb(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	unsigned int size;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, skb);
	part(skb, &make_stage(test)->cb, snapshot);
	size = skb->len;
	kfree_skb(skb);
	return size;
}

/* Two segments; small, large and middling messages. */
static struct iow_device devices[] = {
	{ .segment = 0, .bdf = 0x0000, .acs_unknown = IOWARDEN_REASON_GONE },
	{ .segment = 0, .bdf = 0x0008, .driver = "pcieport", .has_group = true, .group = 3 },
	{ .segment = 0, .bdf = 0xffff, .has_aliases = true, .has_group = true, .group = 4,
	  .driver = "a-driver-whose-name-takes-as-much-room-as-there-is-for-a-name!",
	  .acs = { .offset = 0x100, .capability = 0x7f, .egress_dwords = 8 } },
	{ .segment = 1, .bdf = 0x0000, .has_group = true, .group = 3 },
	{ .segment = 0xffffffff, .bdf = 0xffff, .acs_unknown = IOWARDEN_REASON_BUSY },
};

static struct iow_group some_groups[] = {
	{ .id = 0 },
	{ .id = 3, .user_owned = IOWARDEN_ANSWER_NO, .isolated_msi = IOWARDEN_ANSWER_YES },
	{ .id = 4, .user_owned_unknown = IOWARDEN_REASON_BUSY },
	{ .id = 0xffffffff },
};

static const struct iow_snapshot made = {
	.generation = GENERATION,
	.devices = devices, .device_count = ARRAY_SIZE(devices),
	.groups = some_groups, .group_count = ARRAY_SIZE(some_groups),
};

static u64 device_key(unsigned int i)
{
	return IOW_KEY(devices[i].segment, devices[i].bdf);
}

static struct iow_snapshot only_device(unsigned int i)
{
	return (struct iow_snapshot){
		.generation = GENERATION, .devices = &devices[i], .device_count = 1,
	};
}

static u64 group_key(unsigned int i)
{
	return IOW_KEY(some_groups[i].id, 0);
}

static struct iow_snapshot only_group(unsigned int i)
{
	return (struct iow_snapshot){
		.generation = GENERATION, .groups = &some_groups[i], .group_count = 1,
	};
}

/**
 * struct kind - of object that is dumped
 * @part: a part of the dump
 * @count: of objects that the snapshot "made" has
 * @key: of the object at that position
 * @only: a snapshot of that one alone
 */
struct kind {
	dump_part part;
	unsigned int count;
	u64 (*key)(unsigned int i);
	struct iow_snapshot (*only)(unsigned int i);
};

/* Each once and in order, up to the first that does not fit; that one is an error. */
static void dump_at_every_room(struct kunit *test, const struct kind *kind)
{
	unsigned int sizes[OBJECTS], largest = 0, room, i;

	for (i = 0; i < kind->count; i++) {
		const struct iow_snapshot only = kind->only(i);

		sizes[i] = size_of(test, kind->part, &only);
		largest = max(largest, sizes[i]);
	}
	for (room = 0; room <= 3 * largest + SPARE; room++) {
		const struct harvest *harvest = dump_all(test, kind->part, &made, room);

		for (i = 0; i < kind->count && sizes[i] <= room; i++)
			KUNIT_EXPECT_EQ_MSG(test, harvest->keys[i], kind->key(i), "room %u", room);
		KUNIT_EXPECT_EQ_MSG(test, harvest->count, i, "room %u", room);
		KUNIT_EXPECT_EQ_MSG(test, harvest->end, i < kind->count ? -EMSGSIZE : 0,
				    "room %u", room);
	}
}

static void devices_at_every_room(struct kunit *test)
{
	static const struct kind kind = {
		devices_part, ARRAY_SIZE(devices), device_key, only_device,
	};

	dump_at_every_room(test, &kind);
}

static void groups_at_every_room(struct kunit *test)
{
	static const struct kind kind = {
		dump_groups, ARRAY_SIZE(some_groups), group_key, only_group,
	};

	dump_at_every_room(test, &kind);
}

/* As an attribute of the request. */
static const struct {
	struct nlattr header;
	u32 value;
} group_3 = { { .nla_len = NLA_HDRLEN + 4, .nla_type = IOWARDEN_A_DEVICE_GROUP }, 3 };

static int members_part(struct sk_buff *skb, struct netlink_callback *cb,
			const struct iow_snapshot *snapshot)
{
	return dump_devices(skb, cb, snapshot, (struct nlattr *)&group_3.header);
}

static void members_of_a_group_only(struct kunit *test)
{
	const unsigned int rooms[] = { 160, NLMSG_DEFAULT_SIZE };
	int i;

	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		const struct harvest *harvest = dump_all(test, members_part, &made, rooms[i]);

		KUNIT_EXPECT_EQ(test, harvest->end, 0);
		KUNIT_EXPECT_EQ(test, harvest->count, 2);
		KUNIT_EXPECT_EQ(test, harvest->keys[0], device_key(1));
		KUNIT_EXPECT_EQ(test, harvest->keys[1], device_key(3));
	}
}

/* Part by part from another snapshot: what the cursor stood on went, others came. */
static void dump_goes_on_where_functions_come_and_go(struct kunit *test)
{
	static struct iow_device first[] = {
		{ .bdf = 0x10 }, { .bdf = 0x20 }, { .bdf = 0x30 }, { .bdf = 0x40 },
	};
	static struct iow_device second[] = {
		{ .bdf = 0x08 }, { .bdf = 0x18 }, { .bdf = 0x30 }, { .bdf = 0x38 },
	};
	const struct iow_snapshot before = {
		.generation = 1, .devices = first, .device_count = ARRAY_SIZE(first),
	};
	const struct iow_snapshot after = {
		.generation = 2, .devices = second, .device_count = ARRAY_SIZE(second),
	};
	static const u64 expected[] = { 0x10, 0x18, 0x30, 0x38 };
	struct harvest *harvest = kunit_kzalloc(test, sizeof(*harvest), GFP_KERNEL);
	struct stage *stage = make_stage(test);
	unsigned int room, i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, harvest);
	room = size_of(test, devices_part, &before) / ARRAY_SIZE(first);
	KUNIT_EXPECT_TRUE(test, take_part(test, stage, devices_part, &before, room, harvest));
	stage->cb.seq = 2;
	while (take_part(test, stage, devices_part, &after, room, harvest))
		KUNIT_ASSERT_LE(test, harvest->count, ARRAY_SIZE(expected));
	KUNIT_ASSERT_EQ(test, harvest->count, ARRAY_SIZE(expected));
	for (i = 0; i < ARRAY_SIZE(expected); i++)
		KUNIT_EXPECT_EQ(test, harvest->keys[i], expected[i]);
}

static void empty_machine_ends_at_once(struct kunit *test)
{
	static const struct iow_snapshot empty = { .generation = GENERATION };

	KUNIT_EXPECT_EQ(test, dump_all(test, devices_part, &empty, 512)->count, 0);
	KUNIT_EXPECT_EQ(test, dump_all(test, dump_groups, &empty, 512)->count, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(devices_at_every_room),
	KUNIT_CASE(groups_at_every_room),
	KUNIT_CASE(members_of_a_group_only),
	KUNIT_CASE(dump_goes_on_where_functions_come_and_go),
	KUNIT_CASE(empty_machine_ends_at_once),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_dump",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: dumps in parts of every size");
MODULE_LICENSE("GPL");
