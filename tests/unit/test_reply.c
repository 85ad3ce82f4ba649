// SPDX-License-Identifier: GPL-2.0
/* One answer, datagram by datagram: framing, ends, errors and their words. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "kernel_side.h"
#include "provider/netlink_reply.h"
#include "suite.h"

#define SEQUENCE 42

static struct problem problem;
static unsigned int objects;

static int count_object(const struct nlattr *head, int length, void *context,
			struct problem *unused)
{
	(void)head;
	(void)length;
	(void)context;
	(void)unused;
	objects++;
	return 0;
}

static struct reply dump_reply(void)
{
	objects = 0;
	problem.text[0] = '\0';
	return (struct reply){
		.what = "device-get", .family = FAMILY_ID,
		.command = IOWARDEN_CMD_DEVICE_GET, .dump = true,
		.sequence = SEQUENCE, .object = count_object,
	};
}

static struct reply single_reply(void)
{
	struct reply reply = dump_reply();

	reply.dump = false;
	return reply;
}

static int feed_bytes(struct reply *reply, const void *bytes, size_t length,
		      uint32_t port)
{
	struct sockaddr_nl from = { .nl_family = AF_NETLINK, .nl_pid = port };
	void *copy = malloc(length + 1);	/* for ASan to watch */
	int ret;

	memcpy(copy, bytes, length);
	ret = reply_feed(reply, &from, copy, length, &problem);
	free(copy);
	return ret;
}

/* Feeds one message and frees it. */
static int feed(struct reply *reply, struct nl_msg *message)
{
	const struct nlmsghdr *header = nlmsg_hdr(message);
	int ret = feed_bytes(reply, header, header->nlmsg_len, 0);

	nlmsg_free(message);
	return ret;
}

static struct nl_msg *object(int flags)
{
	return kernel_device(SEQUENCE, 0x0100, 1, flags);
}

static void assert_malformed(struct reply reply, struct nl_msg *message,
			     const char *word)
{
	assert_int_equal(feed(&reply, message), -EBADMSG);
	if (!strstr(problem.text, word))
		fail_msg("\"%s\" does not say %s", problem.text, word);
	assert_false(reply.done);
}

static void dump_ends_with_done(void **state)
{
	struct reply reply = dump_reply();

	(void)state;
	assert_int_equal(feed(&reply, object(NLM_F_MULTI)), 0);
	assert_int_equal(feed(&reply, object(NLM_F_MULTI)), 0);
	assert_false(reply.done);
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_DONE, 0,
						 NULL)), 0);
	assert_true(reply.done);
	assert_false(reply.interrupted);
	assert_int_equal(objects, 2);
}

static void single_object_ends_with_its_acknowledgement(void **state)
{
	struct reply reply = single_reply();

	(void)state;
	assert_int_equal(feed(&reply, object(0)), 0);
	assert_false(reply.done);
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_ERROR, 0,
						 NULL)), 0);
	assert_true(reply.done);
	assert_malformed(single_reply(),
			 kernel_end(SEQUENCE, NLMSG_ERROR, 0, NULL),
			 "without an answer");
	reply = single_reply();
	assert_int_equal(feed(&reply, object(0)), 0);
	assert_int_equal(feed(&reply, object(0)), -EBADMSG);
}

static void interrupted_dump_is_noted_wherever_it_is_said(void **state)
{
	struct reply reply = dump_reply();
	struct nl_msg *end = kernel_end(SEQUENCE, NLMSG_DONE, 0, NULL);

	(void)state;
	assert_int_equal(feed(&reply, object(NLM_F_MULTI | NLM_F_DUMP_INTR)),
			 0);
	assert_true(reply.interrupted);
	reply = dump_reply();
	nlmsg_hdr(end)->nlmsg_flags |= NLM_F_DUMP_INTR;
	assert_int_equal(feed(&reply, end), 0);
	assert_true(reply.interrupted && reply.done);
}

static void errors_come_with_their_words(void **state)
{
	struct reply reply = single_reply();

	(void)state;
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_ERROR, -ENODEV,
						 "no such function")), -ENODEV);
	assert_string_equal(problem.text,
			    "device-get: No such device: no such function");
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_ERROR, -EPERM,
						 NULL)), -EPERM);
	assert_string_equal(problem.text,
			    "device-get: Operation not permitted");
}

static void error_of_a_dump_comes_with_its_words(void **state)
{
	struct reply reply = dump_reply();

	(void)state;
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_DONE, -ENOENT,
						 "no such group")), -ENOENT);
	assert_string_equal(problem.text,
		"device-get: No such file or directory: no such group");
	reply = dump_reply();
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_DONE, -ENOENT,
						 NULL)), -ENOENT);
}

/* Without NETLINK_CAP_ACK the request stands between error and words. */
static void words_are_found_behind_the_request(void **state)
{
	struct reply reply = single_reply();
	struct nl_msg *message = nlmsg_alloc();
	struct nlmsgerr error = { .error = -EINVAL };
	static const char request[12];

	(void)state;
	error.msg.nlmsg_len = sizeof(struct nlmsghdr) + sizeof(request);
	nlmsg_put(message, 0, SEQUENCE, NLMSG_ERROR, 0, NLM_F_ACK_TLVS);
	nlmsg_append(message, &error, sizeof(error), NLMSG_ALIGNTO);
	nlmsg_append(message, (void *)request, sizeof(request), NLMSG_ALIGNTO);
	nla_put_u32(message, NLMSGERR_ATTR_OFFS, 3);
	nla_put_string(message, NLMSGERR_ATTR_MSG, "behind");
	assert_int_equal(feed(&reply, message), -EINVAL);
	assert_non_null(strstr(problem.text, "behind"));
}

static void words_without_end_are_not_shown(void **state)
{
	struct reply reply = single_reply();
	struct nl_msg *message = kernel_end(SEQUENCE, NLMSG_ERROR, -EINVAL,
					    NULL);

	(void)state;
	nlmsg_hdr(message)->nlmsg_flags |= NLM_F_ACK_TLVS;
	nla_put(message, NLMSGERR_ATTR_MSG, 4, "open");
	assert_int_equal(feed(&reply, message), -EINVAL);
	assert_null(strstr(problem.text, "open"));
}

static void other_senders_are_not_decoded(void **state)
{
	struct nl_msg *message = object(NLM_F_MULTI);
	const struct nlmsghdr *header = nlmsg_hdr(message);
	struct sockaddr_nl no_family = { 0 };
	struct reply reply = dump_reply();

	(void)state;
	assert_int_equal(feed_bytes(&reply, header, header->nlmsg_len, 1), 0);
	assert_int_equal(feed_bytes(&reply, "garbage", 7, 99), 0);
	assert_int_equal(reply_feed(&reply, &no_family, header,
				    header->nlmsg_len, &problem), 0);
	assert_int_equal(objects, 0);
	assert_int_equal(reply.foreign, 3);
	nlmsg_free(message);
}

static void answers_to_earlier_requests_are_skipped(void **state)
{
	struct reply reply = dump_reply();

	(void)state;
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE - 1, NLMSG_DONE, 0,
						 NULL)), 0);
	assert_int_equal(feed(&reply, kernel_device(SEQUENCE - 1, 1, 1, 0)), 0);
	assert_false(reply.done);
	assert_int_equal(objects, 0);
}

static struct nl_msg *overrun(void)
{
	struct nl_msg *message = nlmsg_alloc();

	nlmsg_put(message, 0, SEQUENCE, NLMSG_OVERRUN, 0, 0);
	return message;
}

static struct nl_msg *short_end(int type)
{
	struct nl_msg *message = nlmsg_alloc();

	nlmsg_put(message, 0, SEQUENCE, type, 2, NLM_F_MULTI);
	nlmsg_hdr(message)->nlmsg_len = NLMSG_HDRLEN + 2;
	return message;
}

static void odd_messages_are_refused(void **state)
{
	struct reply reply = dump_reply();

	(void)state;
	assert_malformed(dump_reply(), kernel_begin(SEQUENCE, FAMILY_ID + 1,
			 IOWARDEN_CMD_DEVICE_GET, 0), "another family");
	assert_malformed(dump_reply(), kernel_begin(SEQUENCE, FAMILY_ID,
			 IOWARDEN_CMD_GROUP_GET, 0), "another command");
	assert_malformed(dump_reply(), overrun(), "data lost");
	assert_malformed(dump_reply(), short_end(NLMSG_DONE), "short end");
	assert_malformed(dump_reply(), short_end(NLMSG_ERROR), "short");
	assert_malformed(dump_reply(), short_end(FAMILY_ID), "short object");
	assert_malformed(dump_reply(), kernel_end(SEQUENCE, NLMSG_DONE, 5,
			 NULL), "odd end");
	assert_malformed(dump_reply(), kernel_end(SEQUENCE, NLMSG_ERROR, 5,
			 NULL), "odd");
	assert_malformed(dump_reply(), kernel_end(SEQUENCE, NLMSG_ERROR, 0,
			 NULL), "without an answer");
	assert_malformed(single_reply(), kernel_end(SEQUENCE, NLMSG_DONE, 0,
			 NULL), "nobody asked for");
	assert_int_equal(feed(&reply, kernel_end(SEQUENCE, NLMSG_DONE, 0,
						 NULL)), 0);
	assert_int_equal(feed(&reply, object(NLM_F_MULTI)), -EBADMSG);
	assert_non_null(strstr(problem.text, "after its end"));
}

static void cut_datagrams_are_refused_at_every_length(void **state)
{
	struct nl_msg *message = object(NLM_F_MULTI);
	const struct nlmsghdr *header = nlmsg_hdr(message);

	(void)state;
	for (size_t length = 0; length < header->nlmsg_len; length++) {
		struct reply reply = dump_reply();

		assert_int_equal(feed_bytes(&reply, header, length, 0),
				 -EBADMSG);
		assert_int_equal(objects, 0);
	}
	nlmsg_free(message);
}

static void bytes_after_the_last_message_are_refused(void **state)
{
	struct nl_msg *message = object(NLM_F_MULTI);
	struct reply reply = dump_reply();
	char bytes[2048] = { 0 };
	size_t length = nlmsg_hdr(message)->nlmsg_len;

	(void)state;
	memcpy(bytes, nlmsg_hdr(message), length);
	assert_int_equal(feed_bytes(&reply, bytes, length + 4, 0), -EBADMSG);
	assert_non_null(strstr(problem.text, "cut off"));
	nlmsg_free(message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dump_ends_with_done),
		cmocka_unit_test(single_object_ends_with_its_acknowledgement),
		cmocka_unit_test(interrupted_dump_is_noted_wherever_it_is_said),
		cmocka_unit_test(errors_come_with_their_words),
		cmocka_unit_test(error_of_a_dump_comes_with_its_words),
		cmocka_unit_test(words_are_found_behind_the_request),
		cmocka_unit_test(words_without_end_are_not_shown),
		cmocka_unit_test(other_senders_are_not_decoded),
		cmocka_unit_test(answers_to_earlier_requests_are_skipped),
		cmocka_unit_test(odd_messages_are_refused),
		cmocka_unit_test(cut_datagrams_are_refused_at_every_length),
		cmocka_unit_test(bytes_after_the_last_message_are_refused),
	};

	return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}
