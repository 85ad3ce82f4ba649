// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "fault/fault.h"

static const char *const kinds[] = {
	"read", "write", "execute", "interrupt", "translation", "command",
};

const struct names fault_kind_names = { kinds, 6 };

/* AMD I/O Virtualization Technology Specification, IO_PAGE_FAULT event. */
static const char *const flags[] = {
	"guest-translation", "no-execute", "user", "interrupt", "present",
	"write", "no-permission", "reserved-bit", "translation-request",
};

const struct names fault_flag_names = { flags, 9 };

bool fault_same(const struct fault *a, const struct fault *b)
{
	return a->driver == b->driver && a->kind == b->kind &&
	       a->has_requester == b->has_requester &&
	       a->has_segment == b->has_segment &&
	       a->has_stream == b->has_stream &&
	       a->has_pasid == b->has_pasid &&
	       a->has_code == b->has_code && a->code == b->code &&
	       a->has_flags == b->has_flags && a->flags == b->flags &&
	       !bdf_compare(a->requester, b->requester) &&
	       a->stream == b->stream && a->pasid == b->pasid &&
	       !strcmp(a->unit, b->unit) && !strcmp(a->client, b->client);
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
	return (hash ^ value) * UINT32_C(16777619);
}

uint32_t fault_hash(const struct fault *fault)
{
	uint32_t hash = mix(UINT32_C(2166136261), fault->requester.id);

	hash = mix(hash, fault->requester.segment);
	hash = mix(hash, fault->stream);
	hash = mix(hash, fault->pasid);
	hash = mix(hash, (uint32_t)fault->driver << 8 | fault->kind);
	return mix(hash, fault->code << 16 ^ fault->flags);
}

enum fault_matter fault_matter(const struct fault *fault)
{
	const struct fault_reason *reason;

	reason = fault->has_code ?
		 fault_reason_find(fault->driver, fault->code) : NULL;
	if (fault->kind == FAULT_INTERRUPT &&
	    (!reason || reason->matter == MATTER_UNMAPPED))
		return MATTER_ENTRY;
	return reason ? reason->matter : MATTER_UNKNOWN;
}
