// SPDX-License-Identifier: GPL-2.0
/*
 * Requests that go the whole way: through a socket of the test's own, the
 * shipped policies, the kernel's validation and a machine with functions in
 * memory. The source is included, for the family. Where the kernel refuses, the
 * words are those of Linux 6.1.
 */
#include <linux/file.h>
#include <linux/net.h>
#include <net/sock.h>
#include "fake_bus.h"
#include "message_look.h"
#include "owned.h"
#include "suite.h"

#include "netlink.c"

#define SEGMENT		0x1000
/* On one bus, so that a dump takes more than one buffer. */
#define FUNCTIONS	(32 * 8)

/**
 * struct client - a socket, and what came last
 * @socket: of generic netlink
 * @file: of @socket, whose opener's rights count
 * @sequence: of the last request
 * @length: of @reply
 * @reply: what was received
 */
struct client {
	struct socket *socket;
	struct file *file;
	u32 sequence;
	int length;
	u8 reply[NLMSG_DEFAULT_SIZE];
};

static void close_client(struct kunit_resource *resource)
{
	struct client *client = resource->data;

	fput(client->file);
}

static void set_option(struct kunit *test, const struct client *client, int option, int value)
{
	struct socket *socket = client->socket;
	int err;

	err = socket->ops->setsockopt(socket, SOL_NETLINK, option, KERNEL_SOCKPTR(&value),
				      sizeof(value));
	KUNIT_ASSERT_EQ(test, err, 0);
}

static struct client *make_client(struct kunit *test)
{
	struct client *client = kunit_kzalloc(test, sizeof(*client), GFP_KERNEL);
	struct sockaddr_nl any = { .nl_family = AF_NETLINK };

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, client);
	KUNIT_ASSERT_EQ(test, sock_create_kern(&init_net, AF_NETLINK, SOCK_RAW, NETLINK_GENERIC,
					       &client->socket), 0);
	client->file = sock_alloc_file(client->socket, O_NONBLOCK, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, client->file);
	owned(test, close_client, client);
	/* Its number, without which no notification comes. */
	KUNIT_ASSERT_EQ(test, kernel_bind(client->socket, (struct sockaddr *)&any, sizeof(any)), 0);
	set_option(test, client, NETLINK_EXT_ACK, 1);
	return client;
}

/**
 * struct field - of a request
 * @type: its number; 0 ends the list
 * @length: of its value
 * @value: the value, as its bytes lie in memory
 */
struct field {
	int type;
	int length;
	u64 value;
};

static void put_attributes(struct sk_buff *skb, const struct field *attributes)
{
	for (; attributes->type; attributes++)
		nla_put(skb, attributes->type, attributes->length, &attributes->value);
}

static void send_request(struct kunit *test, struct client *client, u8 command, int flags,
			 const struct field *attributes)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct msghdr message = { .msg_name = &kernel, .msg_namelen = sizeof(kernel) };
	struct sk_buff *skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	struct kvec vector;
	void *header;
	int sent;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, skb);
	header = genlmsg_put(skb, 0, ++client->sequence, &iow_family, NLM_F_REQUEST | flags,
			     command);
	put_attributes(skb, attributes);
	genlmsg_end(skb, header);
	vector = (struct kvec){ skb->data, skb->len };
	sent = kernel_sendmsg(client->socket, &message, &vector, 1, skb->len);
	KUNIT_EXPECT_EQ(test, sent, skb->len);
	kfree_skb(skb);
}

static const struct nlmsghdr *receive(struct kunit *test, struct client *client)
{
	struct kvec vector = { client->reply, sizeof(client->reply) };
	struct msghdr message = { };

	client->length = kernel_recvmsg(client->socket, &message, &vector, 1,
					sizeof(client->reply), MSG_DONTWAIT);
	KUNIT_ASSERT_GE(test, client->length, NLMSG_HDRLEN);
	KUNIT_ASSERT_TRUE(test, nlmsg_ok((struct nlmsghdr *)client->reply, client->length));
	return (struct nlmsghdr *)client->reply;
}

/* The text of an acknowledgment, or of the end of a dump; "" without one. */
static const char *words_of(const struct nlmsghdr *header)
{
	const bool is_error = header->nlmsg_type == NLMSG_ERROR;
	const struct nlmsgerr *error = nlmsg_data(header);
	int start = is_error ? sizeof(*error) : sizeof(int);
	const struct nlattr *words;

	/* The request comes back with it. */
	if (is_error && !(header->nlmsg_flags & NLM_F_CAPPED))
		start += error->msg.nlmsg_len - NLMSG_HDRLEN;
	if (!(header->nlmsg_flags & NLM_F_ACK_TLVS))
		return "";
	words = nla_find(nlmsg_attrdata(header, start), nlmsg_attrlen(header, start),
			 NLMSGERR_ATTR_MSG);
	return words ? nla_data(words) : "";
}

static const struct nlattr *find_attribute(const struct nlmsghdr *header, int type)
{
	return nla_find(nlmsg_attrdata(header, GENL_HDRLEN), nlmsg_attrlen(header, GENL_HDRLEN),
			type);
}

/* Of one that must be there. */
static u64 value_of(struct kunit *test, const struct nlmsghdr *header, int type)
{
	const struct nlattr *attribute = find_attribute(header, type);

	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, attribute, "attribute %d", type);
	return look_value_of(attribute);
}

/* The next message, which must be of the family. */
static const struct nlmsghdr *receive_object(struct kunit *test, struct client *client)
{
	const struct nlmsghdr *header = receive(test, client);

	KUNIT_ASSERT_EQ(test, header->nlmsg_type, iow_family.id);
	return header;
}

/**
 * struct refusal - a request and the answer it must get
 * @command: the command
 * @flags: NLM_F_DUMP or 0
 * @attributes: of the request
 * @error: errno of the acknowledgment, or of the end of the dump
 * @words: its text
 */
struct refusal {
	u8 command;
	int flags;
	struct field attributes[4];
	int error;
	const char *words;
};

#define DEVICE	IOWARDEN_CMD_DEVICE_GET
#define GROUP	IOWARDEN_CMD_GROUP_GET

static const struct refusal refusals[] = {
	{ IOWARDEN_CMD_INFO_GET, 0, { { 1, 4 } }, EINVAL, "Attribute failed policy validation" },
	{ IOWARDEN_CMD_INFO_GET, 0, { { 2, 4 } }, EINVAL, "Unknown attribute type" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_MAX + 1, 4 } }, EINVAL, "Unknown attribute type" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_VENDOR, 2 } }, EINVAL, "Unknown attribute type" },
	{ DEVICE, NLM_F_DUMP, { { IOWARDEN_A_DEVICE_VENDOR, 2 } }, EINVAL,
	  "Unknown attribute type" },
	{ GROUP, 0, { { IOWARDEN_A_GROUP_PCI_DEVICES, 4 } }, EINVAL, "Unknown attribute type" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_SEGMENT, 4 }, { IOWARDEN_A_DEVICE_BDF, 4 } }, EINVAL,
	  "invalid attribute length" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_SEGMENT, 2 }, { IOWARDEN_A_DEVICE_BDF, 2 } }, EINVAL,
	  "invalid attribute length" },
	{ DEVICE, 0, { { } }, EINVAL, "segment and bdf name the function" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_SEGMENT, 4 } }, EINVAL,
	  "segment and bdf name the function" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_SEGMENT, 4 }, { IOWARDEN_A_DEVICE_BDF, 2 },
		       { IOWARDEN_A_DEVICE_GROUP, 4 } }, EINVAL,
	  "group selects what a dump returns; it does not go with bdf" },
	{ DEVICE, 0, { { IOWARDEN_A_DEVICE_SEGMENT, 4, 0xfffe }, { IOWARDEN_A_DEVICE_BDF, 2 } },
	  ENODEV, "no such PCI function" },
	{ DEVICE, NLM_F_DUMP, { { IOWARDEN_A_DEVICE_SEGMENT, 4 } }, EINVAL,
	  "a dump returns all functions; segment names a single one" },
	{ DEVICE, NLM_F_DUMP, { { IOWARDEN_A_DEVICE_BDF, 2 } }, EINVAL,
	  "a dump returns all functions; bdf names a single one" },
	{ DEVICE, NLM_F_DUMP, { { IOWARDEN_A_DEVICE_GROUP, 4, 0xfffffffe } }, ENOENT,
	  "no IOMMU group of that number holds a PCI function" },
	{ GROUP, 0, { { } }, EINVAL, "id names the group" },
	{ GROUP, 0, { { IOWARDEN_A_GROUP_ID, 4, 0xfffffffe } }, ENOENT,
	  "no IOMMU group of that number holds a PCI function" },
	{ GROUP, NLM_F_DUMP, { { IOWARDEN_A_GROUP_ID, 4 } }, EINVAL,
	  "a dump returns all groups; id names a single one" },
	{ IOWARDEN_CMD_DEVICE_ADD_NTF, 0, { { } }, EOPNOTSUPP, "" },
	{ IOWARDEN_CMD_INFO_GET, NLM_F_DUMP, { { } }, EOPNOTSUPP, "" },
};

static void every_refusal_has_its_errno_and_words(struct kunit *test)
{
	struct client *client = make_client(test);
	int i;

	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		const struct refusal *row = &refusals[i];
		const struct nlmsghdr *header;

		send_request(test, client, row->command, row->flags, row->attributes);
		header = receive(test, client);
		KUNIT_EXPECT_TRUE_MSG(test, header->nlmsg_type == NLMSG_ERROR ||
				      header->nlmsg_type == NLMSG_DONE, "row %d", i);
		KUNIT_EXPECT_EQ_MSG(test, *(int *)nlmsg_data(header), -row->error, "row %d", i);
		KUNIT_EXPECT_STREQ_MSG(test, words_of(header), row->words, "row %d", i);
	}
}

/* As hotplug.c does, which is not here: what was read before is out of date. */
static void scan(struct kunit *test, struct fake_host *host)
{
	fake_host_scan(test, host);
	iow_snapshot_advance();
}

/* 00:00.0 to 00:1f.7, all multifunction. */
static void make_full_bus(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	int devfn;

	for (devfn = 0; devfn < FUNCTIONS; devfn++) {
		struct fake_function *function = fake_function(test, host, NULL, devfn,
							       PCI_EXP_TYPE_RC_END);

		function->space[PCI_CACHE_LINE_SIZE / 4] |= 0x80 << 16;
		fake_acs(function, 0x001f, 0x001d);
	}
	scan(test, host);
}

/* Counts the functions of the full bus in one buffer; false at the end of the dump. */
static bool count_functions(struct kunit *test, struct client *client, unsigned long *seen)
{
	const struct nlmsghdr *header = receive(test, client);
	int rest = client->length;
	u64 bdf;

	for (; nlmsg_ok(header, rest); header = nlmsg_next(header, &rest)) {
		if (header->nlmsg_type == NLMSG_DONE)
			return false;
		KUNIT_ASSERT_EQ(test, header->nlmsg_type, iow_family.id);
		KUNIT_EXPECT_EQ(test, header->nlmsg_flags, NLM_F_MULTI);
		if (value_of(test, header, IOWARDEN_A_DEVICE_SEGMENT) != SEGMENT)
			continue;
		bdf = value_of(test, header, IOWARDEN_A_DEVICE_BDF);
		KUNIT_ASSERT_LT(test, bdf, FUNCTIONS);
		KUNIT_EXPECT_FALSE(test, test_and_set_bit(bdf, seen));
	}
	return true;
}

static void large_dump_has_each_function_once(struct kunit *test)
{
	static const struct field none[] = { { } };
	DECLARE_BITMAP(seen, FUNCTIONS) = { };
	struct client *client = make_client(test);
	int parts = 1;

	make_full_bus(test);
	send_request(test, client, IOWARDEN_CMD_DEVICE_GET, NLM_F_DUMP, none);
	while (count_functions(test, client, seen))
		KUNIT_ASSERT_LT(test, parts++, FUNCTIONS);
	KUNIT_EXPECT_TRUE(test, bitmap_full(seen, FUNCTIONS));
	KUNIT_EXPECT_GT(test, parts, 5);
}

static void function_by_its_place(struct kunit *test)
{
	static const struct field place[] = {
		{ IOWARDEN_A_DEVICE_SEGMENT, 4, SEGMENT },
		{ IOWARDEN_A_DEVICE_BDF, 2, PCI_DEVFN(2, 0) },
		{ }
	};
	struct fake_host *host = fake_host(test, SEGMENT);
	struct client *client = make_client(test);
	const struct nlmsghdr *header;

	fake_function(test, host, NULL, PCI_DEVFN(2, 0), PCI_EXP_TYPE_RC_END);
	scan(test, host);
	send_request(test, client, IOWARDEN_CMD_DEVICE_GET, 0, place);
	header = receive_object(test, client);
	KUNIT_EXPECT_EQ(test, header->nlmsg_seq, client->sequence);
	KUNIT_EXPECT_EQ(test, value_of(test, header, IOWARDEN_A_DEVICE_SEGMENT), SEGMENT);
	KUNIT_EXPECT_EQ(test, value_of(test, header, IOWARDEN_A_DEVICE_VENDOR), FAKE_VENDOR);
}

/* Registers that changed within the second that a snapshot is served for. */
static void fresh_flag_reads_registers_anew(struct kunit *test)
{
	static const struct field place[] = {
		{ IOWARDEN_A_DEVICE_SEGMENT, 4, SEGMENT },
		{ IOWARDEN_A_DEVICE_BDF, 2, 0 },
		{ IOWARDEN_A_DEVICE_FRESH, 0 },
		{ }
	};
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	struct client *client = make_client(test);
	u16 control;

	scan(test, host);
	for (control = 0; control < 4; control++) {
		const struct nlmsghdr *header;
		const struct nlattr *acs;

		fake_acs(function, 0x001f, control);
		send_request(test, client, IOWARDEN_CMD_DEVICE_GET, 0, place);
		header = receive_object(test, client);
		acs = find_attribute(header, IOWARDEN_A_DEVICE_ACS);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, acs);
		acs = nla_find(nla_data(acs), nla_len(acs), IOWARDEN_A_ACS_CONTROL);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, acs);
		KUNIT_EXPECT_EQ(test, look_value_of(acs), control);
	}
}

static void listeners_are_told_and_others_are_not(struct kunit *test)
{
	static const struct iow_device device = { .segment = SEGMENT, .bdf = 0x0010 };
	static const struct iow_snapshot machine = { .generation = 7, .device_count = 3 };
	struct client *client = make_client(test);
	const struct nlmsghdr *header;

	iow_netlink_notify_device(IOWARDEN_CMD_DEVICE_ADD_NTF, &device, 7);
	set_option(test, client, NETLINK_ADD_MEMBERSHIP, iow_family.mcgrp_offset + TOPOLOGY);
	iow_netlink_notify_device(IOWARDEN_CMD_DEVICE_DEL_NTF, &device, 7);
	iow_netlink_notify_topology(&machine);
	header = receive_object(test, client);
	KUNIT_EXPECT_EQ(test, ((struct genlmsghdr *)nlmsg_data(header))->cmd,
			IOWARDEN_CMD_DEVICE_DEL_NTF);
	KUNIT_EXPECT_EQ(test, value_of(test, header, IOWARDEN_A_DEVICE_BDF), 0x0010);
	header = receive_object(test, client);
	KUNIT_EXPECT_EQ(test, ((struct genlmsghdr *)nlmsg_data(header))->cmd,
			IOWARDEN_CMD_TOPOLOGY_NTF);
	KUNIT_EXPECT_EQ(test, value_of(test, header, IOWARDEN_A_INFO_DEVICE_COUNT), 3);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_refusal_has_its_errno_and_words),
	KUNIT_CASE(function_by_its_place),
	KUNIT_CASE(fresh_flag_reads_registers_anew),
	KUNIT_CASE(large_dump_has_each_function_once),
	KUNIT_CASE(listeners_are_told_and_others_are_not),
	{ }
};

/* As iow_netlink_register(), which is gone once a module is loaded. */
static int open_family(struct kunit_suite *suite)
{
	return genl_register_family(&iow_family);
}

static void close_family(struct kunit_suite *suite)
{
	iow_netlink_unregister();
	iow_snapshot_stop();
}

static struct kunit_suite suite = {
	.name = "iowarden_netlink",
	.suite_init = open_family,
	.suite_exit = close_family,
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: requests from a socket to the answer");
MODULE_LICENSE("GPL");
