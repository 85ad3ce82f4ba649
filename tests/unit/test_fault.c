// SPDX-License-Identifier: GPL-2.0
/* What the module says of faults, attribute by attribute; and moments. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include "kernel_side.h"
#include "model/moment.h"
#include "provider/netlink_fault.h"
#include "suite.h"

static struct problem problem;

static int decode(reply_object *decoder, struct nl_msg *message, void *context)
{
	const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
	int ret = decoder(genlmsg_attrdata(genl, 0), genlmsg_attrlen(genl, 0),
			  context, &problem);

	nlmsg_free(message);
	return ret;
}

static void assert_refused(reply_object *decoder, struct nl_msg *message,
			   const char *word)
{
	struct faults faults = { 0 };

	assert_int_equal(decode(decoder, message, &faults), -EBADMSG);
	if (!strstr(problem.text, word))
		fail_msg("\"%s\" does not name %s", problem.text, word);
	faults_free(&faults);
}

static void every_attribute_of_a_source_arrives(void **state)
{
	struct faults faults = { 0 };
	const struct source *source;

	(void)state;
	assert_int_equal(decode(decode_source, kernel_source(1, 4), &faults), 0);
	source = &faults.sources[0];
	assert_int_equal(source->known, (1u << SOURCE_FIELDS) - 1);
	assert_int_equal(source->index, 4);
	assert_string_equal(source->name, "vtd");
	assert_int_equal(source->state, SOURCE_FAILED);
	assert_string_equal(source->reason, "it does not answer");
	assert_int_equal(source->segment, 0x10000);
	assert_int_equal(source->unit, 0xfed90000);
	assert_int_equal(source->records, UINT64_MAX);
	assert_int_equal(source->unattributed, 3);
	assert_int_equal(source->overflows, 2);
	assert_int_equal(source->missed, 1);
	assert_true(source->faults_at_least);
	faults_free(&faults);
}

static void check_requester(const struct requester *requester)
{
	assert_int_equal(requester->known, (1u << REQUESTER_FIELDS) - 1);
	assert_int_equal(requester->address.segment, 0x10000);
	assert_int_equal(requester->address.id, 0x0308);
	assert_true(requester->whole_bus && requester->present &&
		    requester->gone);
	assert_int_equal(requester->total, 60);
	assert_int_equal(requester->before, 10);
	assert_int_equal(requester_faults(requester), 50);
	assert_int_equal(requester->reads, 30);
	assert_int_equal(requester->writes, 20);
	assert_int_equal(requester->others, 10);
	assert_int_equal(requester->reason_count, 2);
	assert_int_equal(requester->reason[0].code, 0x05);
	assert_int_equal(requester->reason[0].count, 40);
	assert_int_equal(requester->reason[1].code, 0x06);
	assert_int_equal(requester->reason[1].count, 15);
	assert_int_equal(requester->other_reasons, 5);
	assert_int_equal(requester->first_seen, 1000);
	assert_int_equal(requester->last_seen, UINT64_C(1) << 60);
	assert_int_equal(requester->last_source, 1);
	assert_string_equal(names_get(&access_names, requester->last_access),
			    "write");
	assert_int_equal(requester->last_address, UINT64_C(1) << 32);
	assert_int_equal(requester->last_pasid, 77);
}

static void every_attribute_of_a_requester_arrives(void **state)
{
	struct faults faults = { 0 };
	struct nl_msg *message = kernel_fault(1, IOWARDEN_CMD_FAULT_GET, 0x0308);

	(void)state;
	nla_put_u32(message, IOWARDEN_A_FAULT_MAX + 1, 5);
	assert_int_equal(decode(decode_requester, message, &faults), 0);
	check_requester(&faults.requesters[0]);
	faults_free(&faults);
}

static void event_is_a_requester_with_a_number(void **state)
{
	struct nl_msg *message = kernel_fault(1, IOWARDEN_CMD_FAULT_NTF, 0x0308);
	struct fault_event event;

	(void)state;
	nla_put_u64(message, IOWARDEN_A_FAULT_SEQUENCE, UINT64_MAX);
	assert_int_equal(decode(decode_fault_event, message, &event), 0);
	assert_int_equal(event.sequence, UINT64_MAX);
	check_requester(&event.requester);
	message = kernel_fault(1, IOWARDEN_CMD_FAULT_NTF, 0x0308);
	assert_int_equal(decode(decode_fault_event, message, &event), -EBADMSG);
	message = kernel_begin(1, FAMILY_ID, IOWARDEN_CMD_FAULT_RESYNC_NTF, 0);
	nla_put_u64(message, IOWARDEN_A_FAULT_SEQUENCE, 9);
	assert_int_equal(decode(decode_resync, message, &event), 0);
	assert_int_equal(event.sequence, 9);
	message = kernel_begin(1, FAMILY_ID, IOWARDEN_CMD_FAULT_RESYNC_NTF, 0);
	assert_int_equal(decode(decode_resync, message, &event), -EBADMSG);
}

/* Such an attribute becomes one of a later module, which is passed over. */
static struct nl_msg *without(struct nl_msg *message, int type)
{
	const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
	struct nlattr *attribute = nla_find(genlmsg_attrdata(genl, 0),
					    genlmsg_attrlen(genl, 0), type);

	assert_non_null(attribute);
	attribute->nla_type = 2000;
	return message;
}

static void what_must_be_there_is_asked_for(void **state)
{
	static const struct {
		int attribute;
		const char *name;
	} of_source[] = {
		{ IOWARDEN_A_SOURCE_INDEX, "index is missing" },
		{ IOWARDEN_A_SOURCE_NAME, "name is missing" },
		{ IOWARDEN_A_SOURCE_STATE, "state is missing" },
		{ IOWARDEN_A_SOURCE_RECORDS, "records is missing" },
		{ IOWARDEN_A_SOURCE_UNATTRIBUTED, "unattributed is missing" },
		{ IOWARDEN_A_SOURCE_OVERFLOWS, "overflows is missing" },
		{ IOWARDEN_A_SOURCE_ADDRESS, "unit is incomplete" },
		{ IOWARDEN_A_SOURCE_SEGMENT, "unit is incomplete" },
	}, of_fault[] = {
		{ IOWARDEN_A_FAULT_SEGMENT, "segment is missing" },
		{ IOWARDEN_A_FAULT_REQUESTER, "bdf is missing" },
		{ IOWARDEN_A_FAULT_TOTAL, "total is missing" },
		{ IOWARDEN_A_FAULT_READS, "reads is missing" },
		{ IOWARDEN_A_FAULT_WRITES, "writes is missing" },
		{ IOWARDEN_A_FAULT_OTHERS, "others is missing" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(of_source); i++)
		assert_refused(decode_source, without(kernel_source(1, 0),
			       of_source[i].attribute), of_source[i].name);
	for (size_t i = 0; i < COUNT(of_fault); i++)
		assert_refused(decode_requester,
			       without(kernel_fault(1, IOWARDEN_CMD_FAULT_GET,
						    1), of_fault[i].attribute),
			       of_fault[i].name);
}

static void reasons_are_whole_and_not_too_many(void **state)
{
	struct nl_msg *message = kernel_fault(1, IOWARDEN_CMD_FAULT_GET, 1);
	struct nlattr *nest;

	(void)state;
	for (int i = 0; i < REASONS_MAX - 1; i++)
		kernel_reason(message, (uint8_t)(0x20 + i), 1);
	assert_refused(decode_requester, message, "reason comes too often");
	message = kernel_fault(1, IOWARDEN_CMD_FAULT_GET, 1);
	nest = nla_nest_start(message, IOWARDEN_A_FAULT_REASON);
	nla_put_u8(message, IOWARDEN_A_FAULT_REASON_CODE, 5);
	nla_nest_end(message, nest);
	assert_refused(decode_requester, message, "count is missing");
	message = kernel_fault(1, IOWARDEN_CMD_FAULT_GET, 1);
	nla_put_u8(message, IOWARDEN_A_FAULT_REASON, 5);
	assert_refused(decode_requester, message, "cut off");
}

static void values_that_there_are_not_are_refused(void **state)
{
	struct nl_msg *message = without(kernel_source(1, 0),
					 IOWARDEN_A_SOURCE_STATE);

	(void)state;
	nla_put_u8(message, IOWARDEN_A_SOURCE_STATE, 6);
	assert_refused(decode_source, message, "state has an impossible value");
	message = kernel_source(1, 0);
	nla_put_u64(message, IOWARDEN_A_SOURCE_MISSED, 6);
	assert_refused(decode_source, message, "missed comes twice");
}

/* Whole buses have an account at each IOMMU; all others have one. */
static void accounts_are_told_apart(void **state)
{
	static const struct requester accounts[] = {
		{ .address.id = 0x100, .whole_bus = true, .last_source = 2 },
		{ .address.id = 0x100, .whole_bus = true, .last_source = 1,
		  .total = 3 },
		{ .address.id = 0x100, .last_source = 2, .total = 5 },
		{ .address.id = 0x100, .last_source = 1, .total = 4 },
		{ .address.id = 0x100, .last_source = 1, .total = 6 },
	};
	struct faults faults = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(accounts); i++)
		*faults_add_requester(&faults) = accounts[i];
	faults_sort(&faults);
	assert_int_equal(faults.requester_count, 3);
	assert_int_equal(faults.requesters[0].total, 6);
	assert_int_equal(faults.requesters[1].last_source, 1);
	assert_int_equal(faults_find(&faults, &accounts[0])->last_source, 2);
	assert_int_equal(faults_find(&faults, &accounts[2])->total, 6);
	faults_free(&faults);
	assert_null(faults_find(&faults, &accounts[0]));
}

static void moments_are_read_as_they_are_written(void **state)
{
	static const uint64_t moments[] = {
		0, 1, MOMENT_SECOND - 1, UINT64_C(1) << 60, UINT64_MAX,
	};
	static const char *const refused[] = {
		"", "2026-11-26T10:00:00Z", "2026-11-26 10:00:00.000000000Z",
		"2026-02-29T10:00:00.000000000Z", "2026-13-01T10:00:00.000000000Z",
		"1969-12-31T23:59:59.000000000Z", "2026-11-26T24:00:00.000000000Z",
		"2554-07-21T23:34:33.709551616Z", "9999-07-21T23:34:33.709551616Z",
		"2026-11-26T10:00:00.00000000-Z", "2026-11- 6T10:00:00.000000000Z",
		"2026-11-26T10:00:00.000000000z",
	};
	uint64_t again;
	char text[MOMENT_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(moments); i++) {
		moment_format(moments[i], text);
		assert_int_equal(moment_parse(text, &again), 0);
		assert_int_equal(again, moments[i]);
	}
	assert_string_equal(text, "2554-07-21T23:34:33.709551615Z");
	for (size_t i = 0; i < COUNT(refused); i++)
		if (!moment_parse(refused[i], &again))
			fail_msg("\"%s\" was read", refused[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_attribute_of_a_source_arrives),
		cmocka_unit_test(every_attribute_of_a_requester_arrives),
		cmocka_unit_test(event_is_a_requester_with_a_number),
		cmocka_unit_test(what_must_be_there_is_asked_for),
		cmocka_unit_test(reasons_are_whole_and_not_too_many),
		cmocka_unit_test(values_that_there_are_not_are_refused),
		cmocka_unit_test(accounts_are_told_apart),
		cmocka_unit_test(moments_are_read_as_they_are_written),
	};

	return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
