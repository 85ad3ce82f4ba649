// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "model/fault.h"

static const char *const source_state_table[] = {
	"active", "absent", "off", "failed", "unproven",
};

const struct names source_state_names = { source_state_table, 5 };

static const char *const access_table[] = {
	"read", "write", "interrupt", "other",
};

const struct names access_names = { access_table, 4 };

const struct field source_fields[SOURCE_FIELDS] = {
	[SOURCE_INDEX] = FIELD(source, index, FIELD_NUMBER, .name = "index"),
	[SOURCE_NAME] = FIELD(source, name, FIELD_TEXT, .name = "name"),
	[SOURCE_STATE] = FIELD(source, state, FIELD_ENUM, .name = "state",
		.names = &source_state_names),
	[SOURCE_REASON] = FIELD(source, reason, FIELD_TEXT, .name = "reason"),
	[SOURCE_SEGMENT] = FIELD(source, segment, FIELD_NUMBER,
		.name = "segment"),
	[SOURCE_UNIT] = FIELD(source, unit, FIELD_HEX,
		.name = "unit", .digits = 16),
	[SOURCE_RECORDS] = FIELD(source, records, FIELD_NUMBER,
		.name = "records"),
	[SOURCE_UNATTRIBUTED] = FIELD(source, unattributed, FIELD_NUMBER,
		.name = "unattributed"),
	[SOURCE_OVERFLOWS] = FIELD(source, overflows, FIELD_NUMBER,
		.name = "overflows"),
	[SOURCE_MISSED] = FIELD(source, missed, FIELD_NUMBER,
		.name = "missed"),
	[SOURCE_FAULTS_AT_LEAST] = FIELD(source, faults_at_least, FIELD_FLAG,
		.name = "faults_at_least"),
};

const struct field requester_fields[REQUESTER_FIELDS] = {
	[REQUESTER_ADDRESS] = FIELD(requester, address, FIELD_ADDRESS,
		.name = "bdf"),
	[REQUESTER_WHOLE_BUS] = FIELD(requester, whole_bus, FIELD_FLAG,
		.name = "whole_bus"),
	[REQUESTER_PRESENT] = FIELD(requester, present, FIELD_FLAG,
		.name = "present"),
	[REQUESTER_GONE] = FIELD(requester, gone, FIELD_FLAG, .name = "gone"),
	[REQUESTER_TOTAL] = FIELD(requester, total, FIELD_NUMBER,
		.name = "total"),
	[REQUESTER_BEFORE] = FIELD(requester, before, FIELD_NUMBER,
		.name = "before"),
	[REQUESTER_READS] = FIELD(requester, reads, FIELD_NUMBER,
		.name = "reads"),
	[REQUESTER_WRITES] = FIELD(requester, writes, FIELD_NUMBER,
		.name = "writes"),
	[REQUESTER_OTHERS] = FIELD(requester, others, FIELD_NUMBER,
		.name = "others"),
	[REQUESTER_OTHER_REASONS] = FIELD(requester, other_reasons,
		FIELD_NUMBER, .name = "other_reasons"),
	[REQUESTER_FIRST_SEEN] = FIELD(requester, first_seen, FIELD_TIME,
		.name = "first_seen"),
	[REQUESTER_LAST_SEEN] = FIELD(requester, last_seen, FIELD_TIME,
		.name = "last_seen"),
	[REQUESTER_LAST_SOURCE] = FIELD(requester, last_source, FIELD_NUMBER,
		.name = "last_source"),
	[REQUESTER_LAST_ACCESS] = FIELD(requester, last_access, FIELD_ENUM,
		.name = "last_access", .names = &access_names),
	[REQUESTER_LAST_ADDRESS] = FIELD(requester, last_address, FIELD_HEX,
		.name = "last_address", .digits = 16),
	[REQUESTER_LAST_PASID] = FIELD(requester, last_pasid, FIELD_NUMBER,
		.name = "last_pasid"),
};

/* Each IOMMU has accounts of its own for whole buses; it is their last source. */
int requester_compare(const struct requester *a, const struct requester *b)
{
	int order = bdf_compare(a->address, b->address);

	if (order || a->whole_bus != b->whole_bus)
		return order ? order : a->whole_bus - b->whole_bus;
	if (!a->whole_bus || a->last_source == b->last_source)
		return 0;
	return a->last_source < b->last_source ? -1 : 1;
}

void source_free(struct source *source)
{
	free(source->name);
	free(source->reason);
	source->name = source->reason = NULL;
}
