// SPDX-License-Identifier: GPL-2.0
/*
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c:
 *
 *   arm-smmu-v3 70c00000.iommu: event 0x10 received:
 *   arm-smmu-v3 70c00000.iommu: \t0x0000010000000010      four of these
 *   arm-smmu-v3 70c00000.iommu: event: F_TRANSLATION client: 0000:01:00.0
 *       sid: 0x100 ssid: 0 iova: 0x1000 ipa: 0            since 6.14
 *   arm-smmu-v3 70c00000.iommu: unpriv data write s1 ...  likewise
 *
 * The raw words tell all but the device; where they are lost, the direction is
 * not known. Fields of a raw event are those of arm-smmu-v3.h, EVTQ_*.
 */
#include <string.h>

#include "fault/line.h"
#include "fault/scan.h"

#define SSID_VALID	(UINT64_C(1) << 11)
#define INSTRUCTION	(UINT64_C(1) << 34)
#define READ		(UINT64_C(1) << 35)

/* Events that came of an access, and whose words hold what it was. */
#define FIRST_ACCESS	0x10
#define LAST_ACCESS	0x13

static bool take_unit(const char **at, struct fault *fault)
{
	return scan_past(at, "arm-smmu-v3 ") &&
	       scan_name(at, fault->unit, sizeof(fault->unit)) &&
	       scan_word(at, ": ");
}

void smmu_v3_raw(const uint64_t word[3], struct fault *fault)
{
	fault->code = (unsigned int)(word[0] & 0xff);
	fault->stream = (uint32_t)(word[0] >> 32);
	fault->has_code = fault->has_stream = true;
	if (word[0] & SSID_VALID) {
		fault->pasid = (uint32_t)(word[0] >> 12 & 0xfffff);
		fault->has_pasid = true;
	}
	if (fault->code < FIRST_ACCESS || fault->code > LAST_ACCESS)
		return;
	fault->address = word[2];
	fault->has_address = true;
	if (word[1] & READ)
		fault->kind = word[1] & INSTRUCTION ? FAULT_EXECUTE :
						      FAULT_READ;
	else
		fault->kind = FAULT_WRITE;
}

bool smmu_v3_word(const char *text, const struct fault *fault, uint64_t *word)
{
	struct fault other = { 0 };
	const char *at = text, *start;

	if (!take_unit(&at, &other) || strcmp(other.unit, fault->unit))
		return false;
	/* /dev/kmsg writes a tab as \x09. */
	while (scan_word(&at, "\t") || scan_word(&at, "\\x09") ||
	       scan_word(&at, " "))
		;
	start = at;
	return scan_hex(&at, word) && at - start == 18 && !*at;
}

static void take_client(const char **at, struct fault *fault)
{
	const char *from = *at;

	if (scan_word(at, "(unassigned sid)"))
		return;
	if (scan_address(&from, &fault->requester, &fault->has_segment) &&
	    *from == ' ') {
		fault->has_requester = true;
		*at = from;
		return;
	}
	scan_name(at, fault->client, sizeof(fault->client));
}

/* iova of an access; fetch_addr is of tables of the kernel, not of the device. */
static bool take_place(const char *at, struct fault *fault)
{
	bool access = fault->code >= FIRST_ACCESS && fault->code <= LAST_ACCESS;
	uint64_t ipa;

	if ((!*at && !access) || scan_word(&at, " fetch_addr: "))
		return true;
	if (!scan_word(&at, " iova: ") || !scan_hex(&at, &fault->address) ||
	    !scan_word(&at, " ipa: ") || !scan_hex(&at, &ipa))
		return false;
	fault->has_address = true;
	return true;
}

static bool take_decoded(const char *at, struct fault *fault)
{
	const struct fault_reason *reason;
	size_t length = strcspn(at, " ");
	uint64_t stream, pasid;

	reason = fault_reason_named(FAULT_SMMU_V3, at, length);
	at += length;
	if (!scan_word(&at, " client: "))
		return false;
	take_client(&at, fault);
	if (!scan_word(&at, " sid: ") || !scan_hex(&at, &stream) ||
	    !scan_word(&at, " ssid: ") || !scan_hex(&at, &pasid))
		return false;
	fault->code = reason ? reason->code : 0;
	fault->has_code = reason;
	fault->stream = (uint32_t)stream;
	fault->has_stream = true;
	fault->pasid = (uint32_t)pasid;
	fault->has_pasid = pasid != 0;
	return take_place(at, fault);
}

static bool is_about(const struct fault *said, const struct fault *fault)
{
	return !strcmp(said->unit, fault->unit) &&
	       (!fault->has_stream || said->stream == fault->stream) &&
	       (!said->has_code || said->code == fault->code);
}

enum line_kind smmu_v3_decoded(const char *text, struct fault *fault)
{
	struct fault said = { .driver = FAULT_SMMU_V3 };
	const char *at = text;

	if (!take_unit(&at, &said) || !scan_word(&at, "event: "))
		return LINE_OTHER;
	if (!take_decoded(at, &said))
		return LINE_DAMAGED;
	if (!is_about(&said, fault)) {
		*fault = said;
		return LINE_FAULT;
	}
	/* The raw words are lost: what is said here is all there is. */
	if (!fault->has_stream) {
		*fault = said;
		return LINE_MORE;
	}
	fault->has_requester = said.has_requester;
	fault->has_segment = said.has_segment;
	fault->requester = said.requester;
	memcpy(fault->client, said.client, sizeof(fault->client));
	return LINE_MORE;
}

enum line_kind smmu_v3_line(const char *text, struct fault *fault)
{
	const char *at = text;
	uint64_t code;

	fault->driver = FAULT_SMMU_V3;
	if (!take_unit(&at, fault))
		return LINE_OTHER;
	if (scan_word(&at, "event: ")) {
		*fault = (struct fault){ .driver = FAULT_SMMU_V3 };
		return smmu_v3_decoded(text, fault);
	}
	if (!scan_word(&at, "event 0x"))
		return LINE_OTHER;
	if (!scan_hex(&at, &code) || code > 0xff ||
	    !scan_word(&at, " received:"))
		return LINE_DAMAGED;
	fault->code = (unsigned int)code;
	fault->has_code = true;
	return LINE_OPEN;
}
