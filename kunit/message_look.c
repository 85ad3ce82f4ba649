// SPDX-License-Identifier: GPL-2.0
#include <net/genetlink.h>
#include "message_look.h"
#include "owned.h"

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
