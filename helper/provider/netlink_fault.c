// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/iowarden.h>

#include "provider/netlink_fault.h"
#include "provider/netlink_wire.h"

#define SAME(model, wire) \
	_Static_assert((int)(model) == (int)(wire), "differs from the wire")

SAME(SOURCE_ACTIVE, IOWARDEN_SOURCE_STATE_ACTIVE);
SAME(SOURCE_ABSENT, IOWARDEN_SOURCE_STATE_ABSENT);
SAME(SOURCE_OFF, IOWARDEN_SOURCE_STATE_OFF);
SAME(SOURCE_FAILED, IOWARDEN_SOURCE_STATE_FAILED);
SAME(SOURCE_UNPROVEN, IOWARDEN_SOURCE_STATE_UNPROVEN);

#define HAND .by_hand = true

static const struct wire source_wire[] = {
	[IOWARDEN_A_SOURCE_INDEX] = { WIRE_U32, .must = true,
		.field = SOURCE_INDEX },
	[IOWARDEN_A_SOURCE_NAME] = { WIRE_TEXT, .must = true,
		.field = SOURCE_NAME },
	[IOWARDEN_A_SOURCE_STATE] = { WIRE_U8, .must = true,
		.field = SOURCE_STATE },
	[IOWARDEN_A_SOURCE_WHY] = { WIRE_TEXT, .field = SOURCE_REASON },
	[IOWARDEN_A_SOURCE_SEGMENT] = { WIRE_U32, .field = SOURCE_SEGMENT },
	[IOWARDEN_A_SOURCE_ADDRESS] = { WIRE_U64, .field = SOURCE_UNIT },
	[IOWARDEN_A_SOURCE_RECORDS] = { WIRE_U64, .must = true,
		.field = SOURCE_RECORDS },
	[IOWARDEN_A_SOURCE_UNATTRIBUTED] = { WIRE_U64, .must = true,
		.field = SOURCE_UNATTRIBUTED },
	[IOWARDEN_A_SOURCE_OVERFLOWS] = { WIRE_U64, .must = true,
		.field = SOURCE_OVERFLOWS },
	[IOWARDEN_A_SOURCE_MISSED] = { WIRE_U64, .field = SOURCE_MISSED },
	[IOWARDEN_A_SOURCE_FAULTS_AT_LEAST] = { WIRE_FLAG,
		.field = SOURCE_FAULTS_AT_LEAST },
	[IOWARDEN_A_SOURCE_SEQUENCE] = { WIRE_U64, HAND, .name = "sequence" },
};

static const struct wire_format source_format = {
	"a source of faults", source_wire, IOWARDEN_A_SOURCE_MAX, source_fields,
};

static const struct wire requester_wire[] = {
	[IOWARDEN_A_FAULT_SEGMENT] = { WIRE_U32, HAND, .must = true,
		.name = "segment" },
	[IOWARDEN_A_FAULT_REQUESTER] = { WIRE_BDF, .must = true,
		.field = REQUESTER_ADDRESS },
	[IOWARDEN_A_FAULT_WHOLE_BUS] = { WIRE_FLAG,
		.field = REQUESTER_WHOLE_BUS },
	[IOWARDEN_A_FAULT_PRESENT] = { WIRE_FLAG, .field = REQUESTER_PRESENT },
	[IOWARDEN_A_FAULT_GONE] = { WIRE_FLAG, .field = REQUESTER_GONE },
	[IOWARDEN_A_FAULT_TOTAL] = { WIRE_U64, .must = true,
		.field = REQUESTER_TOTAL },
	[IOWARDEN_A_FAULT_BEFORE] = { WIRE_U64, .field = REQUESTER_BEFORE },
	[IOWARDEN_A_FAULT_READS] = { WIRE_U64, .must = true,
		.field = REQUESTER_READS },
	[IOWARDEN_A_FAULT_WRITES] = { WIRE_U64, .must = true,
		.field = REQUESTER_WRITES },
	[IOWARDEN_A_FAULT_OTHERS] = { WIRE_U64, .must = true,
		.field = REQUESTER_OTHERS },
	[IOWARDEN_A_FAULT_REASON] = { WIRE_NESTS, HAND, .name = "reason" },
	[IOWARDEN_A_FAULT_OTHER_REASONS] = { WIRE_U64,
		.field = REQUESTER_OTHER_REASONS },
	[IOWARDEN_A_FAULT_FIRST_SEEN] = { WIRE_U64,
		.field = REQUESTER_FIRST_SEEN },
	[IOWARDEN_A_FAULT_LAST_SEEN] = { WIRE_U64,
		.field = REQUESTER_LAST_SEEN },
	[IOWARDEN_A_FAULT_LAST_SOURCE] = { WIRE_U32,
		.field = REQUESTER_LAST_SOURCE },
	[IOWARDEN_A_FAULT_LAST_ACCESS] = { WIRE_U8,
		.field = REQUESTER_LAST_ACCESS },
	[IOWARDEN_A_FAULT_LAST_ADDRESS] = { WIRE_U64,
		.field = REQUESTER_LAST_ADDRESS },
	[IOWARDEN_A_FAULT_LAST_PASID] = { WIRE_U32,
		.field = REQUESTER_LAST_PASID },
	[IOWARDEN_A_FAULT_SEQUENCE] = { WIRE_U64, HAND, .name = "sequence" },
};

static const struct wire_format requester_format = {
	"faults of a requester", requester_wire, IOWARDEN_A_FAULT_MAX,
	requester_fields,
};

static const struct wire reason_wire[] = {
	[IOWARDEN_A_FAULT_REASON_CODE] = { WIRE_U8, HAND, .must = true,
		.name = "code" },
	[IOWARDEN_A_FAULT_REASON_COUNT] = { WIRE_U64, HAND, .must = true,
		.name = "count" },
};

static const struct wire_format reason_format = {
	"a reason of faults", reason_wire, IOWARDEN_A_FAULT_REASON_MAX, NULL,
};

static const struct wire resync_wire[] = {
	[IOWARDEN_A_FAULT_SEQUENCE] = { WIRE_U64, HAND, .must = true,
		.name = "sequence" },
};

static const struct wire_format resync_format = {
	"events that were left out", resync_wire, IOWARDEN_A_FAULT_MAX, NULL,
};

_Static_assert(sizeof(source_wire) / sizeof(*source_wire) ==
	       IOWARDEN_A_SOURCE_MAX + 1, "an attribute of source has no row");
_Static_assert(sizeof(requester_wire) / sizeof(*requester_wire) ==
	       IOWARDEN_A_FAULT_MAX + 1, "an attribute of fault has no row");
_Static_assert(sizeof(reason_wire) / sizeof(*reason_wire) ==
	       IOWARDEN_A_FAULT_REASON_MAX + 1, "one of a reason has no row");

static int fill_source(const struct nlattr **found, struct source *source,
		       struct problem *problem)
{
	int ret = wire_fill(&source_format, found, source, 0, problem);

	if (!ret && field_known(source, SOURCE_UNIT) !=
		    field_known(source, SOURCE_SEGMENT))
		ret = wire_malformed(&source_format, "unit", "is incomplete",
				     problem);
	return ret;
}

int decode_source(const struct nlattr *head, int length, void *context,
		  struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_SOURCE_MAX + 1];
	struct source *source;
	int ret;

	ret = wire_parse(&source_format, head, length, found, problem);
	if (ret)
		return ret;
	source = faults_add_source(context);
	if (!source)
		return problem_set(problem, -ENOMEM, "out of memory");
	return fill_source(found, source, problem);
}

static int decode_reason(const struct nlattr *nest, struct requester *requester,
			 struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_FAULT_REASON_MAX + 1];
	int ret;

	if (requester->reason_count == REASONS_MAX)
		return wire_malformed(&requester_format, "reason",
				      "comes too often", problem);
	ret = wire_parse(&reason_format, nla_data(nest), nla_len(nest), found,
			 problem);
	if (ret)
		return ret;
	requester->reason[requester->reason_count++] = (struct reason_count){
		.code = nla_get_u8(found[IOWARDEN_A_FAULT_REASON_CODE]),
		.count = nla_get_u64(found[IOWARDEN_A_FAULT_REASON_COUNT]),
	};
	return 0;
}

static int decode_reasons(const struct nlattr *head, int length,
			  struct requester *requester, struct problem *problem)
{
	int ret = 0;

	for (; !ret && nla_ok(head, length); head = nla_next(head, &length))
		if (nla_type(head) == IOWARDEN_A_FAULT_REASON)
			ret = decode_reason(head, requester, problem);
	return ret;
}

static int fill_requester(const struct nlattr *head, int length,
			  const struct nlattr **found,
			  struct requester *requester, struct problem *problem)
{
	int ret = wire_fill(&requester_format, found, requester,
			    nla_get_u32(found[IOWARDEN_A_FAULT_SEGMENT]),
			    problem);

	return ret ? ret : decode_reasons(head, length, requester, problem);
}

int decode_requester(const struct nlattr *head, int length, void *context,
		     struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_FAULT_MAX + 1];
	struct requester *requester;
	int ret;

	ret = wire_parse(&requester_format, head, length, found, problem);
	if (ret)
		return ret;
	requester = faults_add_requester(context);
	if (!requester)
		return problem_set(problem, -ENOMEM, "out of memory");
	return fill_requester(head, length, found, requester, problem);
}

int decode_fault_event(const struct nlattr *head, int length, void *context,
		       struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_FAULT_MAX + 1];
	struct fault_event *event = context;
	int ret;

	ret = wire_parse(&requester_format, head, length, found, problem);
	if (ret)
		return ret;
	if (!found[IOWARDEN_A_FAULT_SEQUENCE])
		return wire_malformed(&requester_format, "sequence",
				      "is missing", problem);
	*event = (struct fault_event){
		.sequence = nla_get_u64(found[IOWARDEN_A_FAULT_SEQUENCE]),
	};
	return fill_requester(head, length, found, &event->requester, problem);
}

int decode_source_event(const struct nlattr *head, int length, void *context,
			struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_SOURCE_MAX + 1];
	struct fault_event *event = context;
	int ret;

	ret = wire_parse(&source_format, head, length, found, problem);
	if (ret)
		return ret;
	if (!found[IOWARDEN_A_SOURCE_SEQUENCE])
		return wire_malformed(&source_format, "sequence", "is missing",
				      problem);
	*event = (struct fault_event){
		.sequence = nla_get_u64(found[IOWARDEN_A_SOURCE_SEQUENCE]),
	};
	ret = fill_source(found, &event->source, problem);
	if (ret)
		source_free(&event->source);
	return ret;
}

int decode_resync(const struct nlattr *head, int length, void *context,
		  struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_FAULT_MAX + 1];
	struct fault_event *event = context;
	int ret;

	ret = wire_parse(&resync_format, head, length, found, problem);
	if (!ret)
		*event = (struct fault_event){
			.sequence = nla_get_u64(found[IOWARDEN_A_FAULT_SEQUENCE]),
		};
	return ret;
}
