/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was counted of DMA faults, and by whom. "No faults" and "nobody looked"
 * are told apart by struct faults, never by zeros.
 */
#ifndef MODEL_FAULT_H
#define MODEL_FAULT_H

#include "model/field.h"

enum source_field {
	SOURCE_INDEX,
	SOURCE_NAME,
	SOURCE_STATE,
	SOURCE_REASON,
	SOURCE_SEGMENT,
	SOURCE_UNIT,
	SOURCE_RECORDS,
	SOURCE_UNATTRIBUTED,
	SOURCE_OVERFLOWS,
	SOURCE_MISSED,
	SOURCE_FAULTS_AT_LEAST,
	SOURCE_FIELDS
};

enum source_state {
	SOURCE_ACTIVE = 1,
	SOURCE_ABSENT,
	SOURCE_OFF,
	SOURCE_FAILED,
	SOURCE_UNPROVEN,
};

/**
 * struct source - one IOMMU as it is watched, or all that a way of looking sees
 * @name: the way of looking: vtd, trace, amdvi
 * @reason: of the state, in words
 * @unit: address of the IOMMU's registers; not known where it is not one IOMMU
 * @segment: of the devices of the unit; likewise
 * @faults_at_least: there were more faults than records, or may have been
 */
struct source {
	uint64_t known;
	char *name, *reason;
	uint64_t unit, records, unattributed, overflows, missed;
	uint32_t index, segment;
	uint8_t state;
	bool faults_at_least;
};

enum requester_field {
	REQUESTER_ADDRESS,
	REQUESTER_WHOLE_BUS,
	REQUESTER_PRESENT,
	REQUESTER_GONE,
	REQUESTER_TOTAL,
	REQUESTER_BEFORE,
	REQUESTER_READS,
	REQUESTER_WRITES,
	REQUESTER_OTHERS,
	REQUESTER_OTHER_REASONS,
	REQUESTER_FIRST_SEEN,
	REQUESTER_LAST_SEEN,
	REQUESTER_LAST_SOURCE,
	REQUESTER_LAST_ACCESS,
	REQUESTER_LAST_ADDRESS,
	REQUESTER_LAST_PASID,
	REQUESTER_FIELDS
};

/** REASONS_MAX - more different reasons of one requester are not kept apart */
#define REASONS_MAX 8

/** struct reason_count - faults for one reason, by the IOMMU's own number */
struct reason_count {
	uint64_t count;
	uint8_t code;
};

/**
 * struct requester - what was counted of one requester ID
 * @address: the ID, as requests claimed it
 * @whole_bus: it stands for all IDs of the bus that found no room
 * @before: how many of @total the function present has not made
 * @last_source: index of the source that reported the last fault
 */
struct requester {
	uint64_t known;
	struct bdf address;
	uint64_t total, before, reads, writes, others, other_reasons;
	uint64_t first_seen, last_seen;	/* nanoseconds since 1970, UTC */
	uint64_t last_address;
	uint32_t last_source, last_pasid;
	uint8_t last_access;
	bool whole_bus, present, gone;
	uint8_t reason_count;
	struct reason_count reason[REASONS_MAX];
};

extern const struct names source_state_names;
extern const struct names access_names;
extern const struct field source_fields[SOURCE_FIELDS];
extern const struct field requester_fields[REQUESTER_FIELDS];

/** requester_faults() - faults of whoever has the ID now */
static inline uint64_t requester_faults(const struct requester *requester)
{
	return requester->total > requester->before ?
	       requester->total - requester->before : 0;
}

/** requester_compare() - order of what tells two accounts apart, as strcmp */
int requester_compare(const struct requester *a, const struct requester *b);

/** source_free() - free what the record owns, not the record */
void source_free(struct source *source);

#endif
