// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to the family, well-formed and not, and what must come back: the
 * errno, the words, the attribute at fault. `netlink-cases root|nobody` prints
 * TAP; who asks decides what "fresh" gets. `netlink-cases elsewhere` is for
 * another network namespace, where there is no such family.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>
#include "genl.h"

#define NO_SUCH_BDF	0xfff8
#define NO_SUCH_GROUP	4000000000u
#define MUTANTS		20000

static struct genl genl;
/* The first function of the machine, learnt from a dump. */
static uint32_t some_segment;
static uint16_t some_bdf;
static uint32_t some_group = NO_SUCH_GROUP;

enum who { ANYBODY, ROOT, NOBODY };

/**
 * struct request_case - a request and its answer
 * @name: what is special about it
 * @who: it is for; ANYBODY for both
 * @command: of the family
 * @dump: NLM_F_DUMP
 * @build: puts attributes, or NULL
 * @error: errno expected
 * @text: part of the words expected, or NULL for none needed
 * @later_text: what newer kernels say instead, or NULL for the same
 * @missing: type of the missing attribute named
 * @least: so many objects at least
 */
struct request_case {
	const char *name;
	enum who who;
	uint8_t command;
	bool dump;
	void (*build)(struct genl_request *request);
	int error;
	const char *text;
	const char *later_text;
	uint32_t missing;
	unsigned int least;
};

static void put_place(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_DEVICE_SEGMENT, some_segment);
	genl_put_u16(request, IOWARDEN_A_DEVICE_BDF, some_bdf);
}

static void put_segment(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_DEVICE_SEGMENT, some_segment);
}

static void put_bdf(struct genl_request *request)
{
	genl_put_u16(request, IOWARDEN_A_DEVICE_BDF, some_bdf);
}

static void put_no_such_bdf(struct genl_request *request)
{
	put_segment(request);
	genl_put_u16(request, IOWARDEN_A_DEVICE_BDF, NO_SUCH_BDF);
}

static void put_no_such_segment(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_DEVICE_SEGMENT, 0xffffffff);
	put_bdf(request);
}

static void put_wide_bdf(struct genl_request *request)
{
	put_segment(request);
	genl_put_u32(request, IOWARDEN_A_DEVICE_BDF, some_bdf);
}

static void put_narrow_bdf(struct genl_request *request)
{
	put_segment(request);
	genl_put(request, IOWARDEN_A_DEVICE_BDF, "", 1);
}

static void put_reply_attribute(struct genl_request *request)
{
	put_place(request);
	genl_put_u16(request, IOWARDEN_A_DEVICE_VENDOR, 0x8086);
}

static void put_attribute_of_the_future(struct genl_request *request)
{
	put_place(request);
	genl_put_u32(request, 1000, 0);
}

static void put_group_too(struct genl_request *request)
{
	put_place(request);
	genl_put_u32(request, IOWARDEN_A_DEVICE_GROUP, 0);
}

static void put_fresh(struct genl_request *request)
{
	put_place(request);
	genl_put(request, IOWARDEN_A_DEVICE_FRESH, NULL, 0);
}

static void put_fresh_only(struct genl_request *request)
{
	genl_put(request, IOWARDEN_A_DEVICE_FRESH, NULL, 0);
}

static void put_fresh_with_value(struct genl_request *request)
{
	put_place(request);
	genl_put_u32(request, IOWARDEN_A_DEVICE_FRESH, 1);
}

static void put_nested_flag(struct genl_request *request)
{
	put_segment(request);
	genl_put_u16(request, IOWARDEN_A_DEVICE_BDF | NLA_F_NESTED, some_bdf);
}

static void put_junk_after(struct genl_request *request)
{
	put_place(request);
	request->length += 2;
}

static void put_length_past_the_end(struct genl_request *request)
{
	struct nlattr *last;

	put_segment(request);
	last = (void *)(request->bytes + request->length);
	put_bdf(request);
	last->nla_len = 400;
}

static void put_reserved_header(struct genl_request *request)
{
	struct genlmsghdr *generic = NLMSG_DATA((struct nlmsghdr *)request->bytes);

	generic->reserved = 1;
	put_place(request);
}

static void cut_generic_header(struct genl_request *request)
{
	request->length = NLMSG_LENGTH(2);
}

static void put_some_group(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_DEVICE_GROUP, some_group);
}

static void put_no_such_group(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_DEVICE_GROUP, NO_SUCH_GROUP);
}

static void put_group_id(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_GROUP_ID, some_group);
}

static void put_no_such_group_id(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_GROUP_ID, NO_SUCH_GROUP);
}

static void put_group_fresh(struct genl_request *request)
{
	genl_put(request, IOWARDEN_A_GROUP_FRESH, NULL, 0);
}

static void put_requester(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_FAULT_SEGMENT, some_segment);
	genl_put_u16(request, IOWARDEN_A_FAULT_REQUESTER, some_bdf);
}

static void put_requester_only(struct genl_request *request)
{
	genl_put_u16(request, IOWARDEN_A_FAULT_REQUESTER, some_bdf);
}

static void put_fault_segment(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_FAULT_SEGMENT, some_segment);
}

static void put_no_such_requester(struct genl_request *request)
{
	put_fault_segment(request);
	genl_put_u16(request, IOWARDEN_A_FAULT_REQUESTER, NO_SUCH_BDF);
}

static void put_requester_of_far(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_FAULT_SEGMENT, 0x10000);
	put_requester_only(request);
}

static void put_wide_requester(struct genl_request *request)
{
	put_fault_segment(request);
	genl_put_u32(request, IOWARDEN_A_FAULT_REQUESTER, some_bdf);
}

static void put_fault_total(struct genl_request *request)
{
	put_requester(request);
	genl_put(request, IOWARDEN_A_FAULT_TOTAL, "\0\0\0\0\0\0\0", 8);
}

static void put_fault_pad(struct genl_request *request)
{
	put_requester(request);
	genl_put(request, IOWARDEN_A_FAULT_PAD, NULL, 0);
}

static void put_source_index(struct genl_request *request)
{
	genl_put_u32(request, IOWARDEN_A_SOURCE_INDEX, 0);
}

#define INFO	IOWARDEN_CMD_INFO_GET
#define DEVICE	IOWARDEN_CMD_DEVICE_GET
#define GROUP	IOWARDEN_CMD_GROUP_GET
#define SOURCE	IOWARDEN_CMD_SOURCE_GET
#define FAULT	IOWARDEN_CMD_FAULT_GET
#define NEEDS	"needs CAP_NET_ADMIN"
#define NAMED	"segment and requester name whose faults are asked for"

static const struct request_case cases[] = {
	{ "info", .command = INFO, .least = 1 },
	/* 6.1 and 6.12; 7.3 */
	{ "info with an attribute", .command = INFO, .build = put_segment, .error = EINVAL,
	  .text = "Attribute failed policy validation", .later_text = "Unknown attribute type" },
	{ "info as a dump", .command = INFO, .dump = true, .error = EOPNOTSUPP },
	{ "one device", .command = DEVICE, .build = put_place, .least = 1 },
	{ "all devices", .command = DEVICE, .dump = true, .least = 4 },
	{ "a device without its place", .command = DEVICE, .error = EINVAL,
	  .text = "segment and bdf name the function", .missing = IOWARDEN_A_DEVICE_SEGMENT },
	{ "a device without its bdf", .command = DEVICE, .build = put_segment, .error = EINVAL,
	  .text = "segment and bdf name the function", .missing = IOWARDEN_A_DEVICE_BDF },
	{ "a device without its segment", .command = DEVICE, .build = put_bdf, .error = EINVAL,
	  .text = "segment and bdf name the function", .missing = IOWARDEN_A_DEVICE_SEGMENT },
	{ "a bdf nobody has", .command = DEVICE, .build = put_no_such_bdf, .error = ENODEV,
	  .text = "no such PCI function" },
	{ "a segment nobody has", .command = DEVICE, .build = put_no_such_segment,
	  .error = ENODEV, .text = "no such PCI function" },
	{ "a bdf of four bytes", .command = DEVICE, .build = put_wide_bdf, .error = EINVAL,
	  .text = "invalid" },
	{ "a bdf of one byte", .command = DEVICE, .build = put_narrow_bdf, .error = EINVAL,
	  .text = "invalid" },
	{ "an attribute of the reply", .command = DEVICE, .build = put_reply_attribute,
	  .error = EINVAL, .text = "Unknown attribute type" },
	{ "an attribute of the future", .command = DEVICE, .build = put_attribute_of_the_future,
	  .error = EINVAL, .text = "Unknown attribute type" },
	{ "a group beside a bdf", .command = DEVICE, .build = put_group_too, .error = EINVAL,
	  .text = "does not go with bdf" },
	{ "a number marked as a nest", .command = DEVICE, .build = put_nested_flag,
	  .error = EINVAL, .text = "NLA_F_NESTED" },
	{ "two bytes after the attributes", .command = DEVICE, .build = put_junk_after,
	  .error = EINVAL, .text = "bytes leftover" },
	{ "an attribute longer than the message", .command = DEVICE,
	  .build = put_length_past_the_end, .error = EINVAL, .text = "bytes leftover" },
	{ "a reserved field in use", .command = DEVICE, .build = put_reserved_header,
	  .error = EINVAL },
	{ "half a generic header", .command = DEVICE, .build = cut_generic_header,
	  .error = EINVAL },
	{ "a flag with a value", .command = DEVICE, .build = put_fresh_with_value,
	  .error = ERANGE },
	{ "fresh, one device, as root", ROOT, DEVICE, .build = put_fresh, .least = 1 },
	{ "fresh, all devices, as root", ROOT, DEVICE, .dump = true, .build = put_fresh_only,
	  .least = 4 },
	{ "fresh, all groups, as root", ROOT, GROUP, .dump = true, .build = put_group_fresh,
	  .least = 1 },
	{ "fresh, one device, as nobody", NOBODY, DEVICE, .build = put_fresh, .error = EPERM,
	  .text = NEEDS },
	{ "fresh, all devices, as nobody", NOBODY, DEVICE, .dump = true,
	  .build = put_fresh_only, .error = EPERM, .text = NEEDS },
	{ "fresh, all groups, as nobody", NOBODY, GROUP, .dump = true,
	  .build = put_group_fresh, .error = EPERM, .text = NEEDS },
	{ "a dump of one bdf", .command = DEVICE, .dump = true, .build = put_bdf,
	  .error = EINVAL, .text = "bdf names a single one" },
	{ "a dump of one segment", .command = DEVICE, .dump = true, .build = put_segment,
	  .error = EINVAL, .text = "segment names a single one" },
	{ "the members of a group", .command = DEVICE, .dump = true, .build = put_some_group,
	  .least = 1 },
	{ "the members of no group", .command = DEVICE, .dump = true,
	  .build = put_no_such_group, .error = ENOENT, .text = "no IOMMU group" },
	{ "one group", .command = GROUP, .build = put_group_id, .least = 1 },
	{ "all groups", .command = GROUP, .dump = true, .least = 1 },
	{ "a group without its number", .command = GROUP, .error = EINVAL,
	  .text = "id names the group", .missing = IOWARDEN_A_GROUP_ID },
	{ "a group nobody is in", .command = GROUP, .build = put_no_such_group_id,
	  .error = ENOENT, .text = "no IOMMU group" },
	{ "a dump of one group", .command = GROUP, .dump = true, .build = put_group_id,
	  .error = EINVAL, .text = "id names a single one" },
	{ "all sources", .command = SOURCE, .dump = true, .least = 2 },
	{ "one source", .command = SOURCE, .error = EOPNOTSUPP },
	{ "a dump of one source", .command = SOURCE, .dump = true, .build = put_source_index,
	  .error = EINVAL, .text = "Attribute failed policy validation",
	  .later_text = "Unknown attribute type" },
	{ "the faults of one device", .command = FAULT, .build = put_requester, .least = 1 },
	{ "the faults of all", .command = FAULT, .dump = true, .least = 4 },
	{ "the faults of nobody", .command = FAULT, .error = EINVAL, .text = NAMED,
	  .missing = IOWARDEN_A_FAULT_SEGMENT },
	{ "faults without a segment", .command = FAULT, .build = put_requester_only,
	  .error = EINVAL, .text = NAMED, .missing = IOWARDEN_A_FAULT_SEGMENT },
	{ "faults without a requester", .command = FAULT, .build = put_fault_segment,
	  .error = EINVAL, .text = NAMED, .missing = IOWARDEN_A_FAULT_REQUESTER },
	{ "a requester that never was, as root", ROOT, FAULT, .build = put_no_such_requester,
	  .error = ENOENT, .text = "no fault is booked on that requester ID" },
	{ "a requester that never was, as nobody", NOBODY, FAULT,
	  .build = put_no_such_requester, .error = EPERM, .text = "need CAP_NET_ADMIN" },
	{ "a segment no machine can have, as root", ROOT, FAULT, .build = put_requester_of_far,
	  .error = ENOENT, .text = "no such PCI function" },
	{ "a requester of four bytes", .command = FAULT, .build = put_wide_requester,
	  .error = EINVAL, .text = "invalid" },
	{ "a count in the request", .command = FAULT, .build = put_fault_total,
	  .error = EINVAL, .text = "Unknown attribute type" },
	{ "padding in the request", .command = FAULT, .build = put_fault_pad,
	  .error = EINVAL, .text = "Unsupported attribute" },
	{ "a dump of one requester's faults", .command = FAULT, .dump = true,
	  .build = put_requester_only, .error = EINVAL, .text = "requester names a single one" },
	{ "a dump of one segment's faults", .command = FAULT, .dump = true,
	  .build = put_fault_segment, .error = EINVAL, .text = "segment names a single one" },
	{ "a fault's notification asked for", .command = IOWARDEN_CMD_FAULT_NTF,
	  .error = EOPNOTSUPP },
	{ "a notification asked for", .command = IOWARDEN_CMD_DEVICE_ADD_NTF,
	  .error = EOPNOTSUPP },
	{ "a command of the future", .command = 200, .error = EOPNOTSUPP },
	{ "command 0", .command = 0, .error = EOPNOTSUPP },
};

static int number;
static int failures;

static void report(bool good, const char *name, const char *why)
{
	failures += !good;
	printf("%s %d - %s%s%s\n", good ? "ok" : "not ok", ++number, name, good ? "" : ": ",
	       good ? "" : why);
}

static void learn_place(const struct nlattr *attributes, size_t length, uint8_t command,
			void *context)
{
	const struct nlattr *group = genl_find(attributes, length, IOWARDEN_A_DEVICE_GROUP);

	(void)command;
	(void)context;
	some_segment = genl_number(genl_find(attributes, length, IOWARDEN_A_DEVICE_SEGMENT));
	some_bdf = genl_number(genl_find(attributes, length, IOWARDEN_A_DEVICE_BDF));
	if (group)
		some_group = genl_number(group);
}

/* The right words, or those of a newer kernel. */
static bool says(const struct genl_answer *answer, const struct request_case *it)
{
	return !it->text || strstr(answer->text, it->text) ||
	       (it->later_text && strstr(answer->text, it->later_text));
}

static void run_case(const struct request_case *it)
{
	struct genl_request request;
	struct genl_answer answer;
	char why[400];
	bool good;
	int err;

	genl_start(&request, &genl, it->command, it->dump ? NLM_F_DUMP : 0);
	if (it->build)
		it->build(&request);
	err = genl_ask(&genl, &request, &answer, NULL, NULL);
	good = !err && answer.error == it->error && answer.messages >= it->least &&
	       answer.missing == it->missing && (!it->error || !answer.messages) &&
	       says(&answer, it);
	snprintf(why, sizeof(why), "socket %d, error %d, missing %u, %u objects, \"%s\"", err,
		 answer.error, answer.missing, answer.messages, answer.text);
	report(good, it->name, why);
}

static bool is_for(const struct request_case *it, enum who who)
{
	return it->who == ANYBODY || it->who == who;
}

/* Requests with bytes turned at random, always the same; then a good one. */
static void run_mutants(void)
{
	static const uint8_t commands[] = { INFO, DEVICE, GROUP, SOURCE, FAULT };
	struct genl_request request;
	struct genl_answer answer;
	uint32_t random = 1;
	int err = 0;

	for (int i = 0; i < MUTANTS && !err; i++) {
		genl_start(&request, &genl, commands[i % 5], i % 4 ? 0 : NLM_F_DUMP);
		put_place(&request);
		genl_put(&request, i % 7, NULL, 0);
		for (int j = 0; j < 1 + i % 4; j++) {
			random = random * 1664525 + 1013904223;
			request.bytes[NLMSG_HDRLEN + (random >> 8) % (request.length -
				      NLMSG_HDRLEN)] ^= random >> 24;
		}
		err = genl_ask(&genl, &request, &answer, NULL, NULL);
	}
	report(!err, "mutated requests are answered", strerror(-err));
	run_case(&(const struct request_case){ "and the family still works", .command = DEVICE,
		 .dump = true, .least = 4 });
}

static void run_join(enum who who)
{
	int err = genl_join(&genl, genl.topology);

	report(!err, "joining group topology", strerror(-err));
	err = genl.faults ? genl_join(&genl, genl.faults) : -ENOENT;
	report(err == (who == ROOT ? 0 : -EPERM), "joining group faults", strerror(-err));
}

static int run_elsewhere(void)
{
	int err = genl_open(&genl);

	printf("1..1\n");
	report(err == -ENOENT, "no such family in another network namespace", strerror(-err));
	return failures != 0;
}

int main(int argc, char **argv)
{
	enum who who = argc > 1 && !strcmp(argv[1], "root") ? ROOT : NOBODY;
	struct genl_request request;
	struct genl_answer answer;
	int plan = 4;
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && !strcmp(argv[1], "elsewhere"))
		return run_elsewhere();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		plan += is_for(&cases[i], who);
	printf("1..%d\n", plan);
	err = genl_open(&genl);
	if (err) {
		printf("Bail out! family: %s\n", strerror(-err));
		return 1;
	}
	genl_start(&request, &genl, DEVICE, NLM_F_DUMP);
	if (genl_ask(&genl, &request, &answer, learn_place, NULL) || !answer.messages) {
		printf("Bail out! no devices\n");
		return 1;
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (is_for(&cases[i], who))
			run_case(&cases[i]);
	run_mutants();
	run_join(who);
	genl_close(&genl);
	return failures != 0;
}
