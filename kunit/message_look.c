// SPDX-License-Identifier: GPL-2.0
#include <net/genetlink.h>
#include "message_look.h"
#include "owned.h"

/* How much more room than an object needs is tried. */
#define SPARE		64
/* Something else that is in the buffer already. */
#define BEFORE		20

static const struct genl_family family = {
	.id = 0x1d,
	.name = IOWARDEN_FAMILY_NAME,
	.version = IOWARDEN_FAMILY_VERSION,
};

/* Frees itself with the test. */
static void free_buffer(struct kunit_resource *resource)
{
	kfree_skb(resource->data);
}

/* A buffer with room for exactly so many bytes, as netlink_dump() makes it. */
struct sk_buff *look_make_buffer(struct kunit *test, unsigned int room)
{
	struct sk_buff *skb = alloc_skb(room, GFP_KERNEL);

	owned(test, free_buffer, skb);
	skb_reserve(skb, skb_tailroom(skb) - room);
	return skb;
}

struct iow_message look_message_to(struct sk_buff *skb)
{
	return (struct iow_message){
		.skb = skb,
		.family = &family,
		.portid = PORT,
		.seq = SEQUENCE,
		.flags = NLM_F_MULTI,
		.command = IOWARDEN_CMD_DEVICE_GET,
	};
}

struct sk_buff *look_put_whole(struct kunit *test, look_put put, const void *object)
{
	struct sk_buff *skb = look_make_buffer(test, NLMSG_DEFAULT_SIZE);
	struct iow_message message = look_message_to(skb);

	KUNIT_ASSERT_EQ(test, put(&message, object), 0);
	return skb;
}

static void forget_nothing(struct sk_buff *skb, unsigned int start)
{
}

/* In a buffer that holds something already: that stays as it is. */
static void expect_whole_or_nothing(struct kunit *test, look_put put, const void *object,
				    const struct sk_buff *whole, unsigned int room,
				    void (*forget)(struct sk_buff *skb, unsigned int start))
{
	struct sk_buff *skb = look_make_buffer(test, BEFORE + room);
	struct iow_message message = look_message_to(skb);
	int err;

	memset(skb_put(skb, BEFORE), 0xa5, BEFORE);
	err = put(&message, object);
	if (room < whole->len) {
		KUNIT_EXPECT_EQ_MSG(test, err, -EMSGSIZE, "room %u", room);
		KUNIT_EXPECT_EQ_MSG(test, skb->len, BEFORE, "room %u", room);
	} else {
		KUNIT_EXPECT_EQ_MSG(test, err, 0, "room %u", room);
		KUNIT_ASSERT_EQ_MSG(test, skb->len, BEFORE + whole->len, "room %u", room);
		forget(skb, BEFORE);
		KUNIT_EXPECT_EQ(test, memcmp(skb->data + BEFORE, whole->data, whole->len), 0);
	}
	KUNIT_EXPECT_EQ(test, skb->data[0], 0xa5);
	KUNIT_EXPECT_EQ(test, skb->data[BEFORE - 1], 0xa5);
}

void look_put_at_every_room(struct kunit *test, look_put put, const void *object,
			    void (*forget)(struct sk_buff *skb, unsigned int start))
{
	struct sk_buff *whole = look_put_whole(test, put, object);
	unsigned int room;

	forget = forget ?: forget_nothing;
	forget(whole, 0);
	for (room = 0; room <= whole->len + SPARE; room++)
		expect_whole_or_nothing(test, put, object, whole, room, forget);
}

u64 look_value_of(const struct nlattr *attribute)
{
	switch (nla_len(attribute)) {
	case 0:
		return 0;
	case 1:
		return nla_get_u8(attribute);
	case 2:
		return nla_get_u16(attribute);
	case 8:
		return nla_get_u64(attribute);
	default:
		return nla_get_u32(attribute);
	}
}

/* Exactly these, in this order. */
void look_expect_attributes(struct kunit *test, const struct expected *rows,
			    const struct nlattr *first, int length)
{
	const struct nlattr *attribute;
	int rest;

	nla_for_each_attr(attribute, first, length, rest) {
		KUNIT_ASSERT_EQ(test, nla_type(attribute), rows->type);
		KUNIT_ASSERT_EQ_MSG(test, nla_len(attribute), rows->length, "attribute %d",
				    rows->type);
		if (!rows->varies)
			KUNIT_EXPECT_EQ_MSG(test, look_value_of(attribute), rows->value,
					    "attribute %d", rows->type);
		rows++;
	}
	KUNIT_EXPECT_EQ(test, rest, 0);
	KUNIT_EXPECT_EQ(test, rows->type, 0);
}

void look_expect_message(struct kunit *test, const struct expected *rows,
			 const struct sk_buff *skb)
{
	const struct nlmsghdr *header = (const struct nlmsghdr *)skb->data;
	const struct genlmsghdr *genl = nlmsg_data(header);

	KUNIT_EXPECT_EQ(test, header->nlmsg_len, skb->len);
	KUNIT_EXPECT_EQ(test, header->nlmsg_type, family.id);
	KUNIT_EXPECT_EQ(test, header->nlmsg_flags, NLM_F_MULTI);
	KUNIT_EXPECT_EQ(test, header->nlmsg_seq, SEQUENCE);
	KUNIT_EXPECT_EQ(test, header->nlmsg_pid, PORT);
	KUNIT_EXPECT_EQ(test, genl->cmd, IOWARDEN_CMD_DEVICE_GET);
	KUNIT_EXPECT_EQ(test, genl->version, IOWARDEN_FAMILY_VERSION);
	look_expect_attributes(test, rows, nlmsg_attrdata(header, GENL_HDRLEN),
			       nlmsg_attrlen(header, GENL_HDRLEN));
}

/* In the message that begins at @start. */
struct nlattr *look_find_attribute(const struct sk_buff *skb, unsigned int start, int type)
{
	struct nlmsghdr *header = (struct nlmsghdr *)(skb->data + start);
	struct nlattr *attribute;
	int rest;

	nla_for_each_attr(attribute, nlmsg_attrdata(header, GENL_HDRLEN),
			  nlmsg_attrlen(header, GENL_HDRLEN), rest)
		if (nla_type(attribute) == type)
			return attribute;
	return NULL;
}
