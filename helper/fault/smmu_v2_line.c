// SPDX-License-Identifier: GPL-2.0
/*
 * drivers/iommu/arm/arm-smmu/arm-smmu.c:
 *
 *   arm-smmu 5000000.iommu: Unhandled context fault: fsr=0x402,
 *   iova=0xff3cf000, fsynr=0x300003, cbfrsynra=0x409, cb=10
 *
 * Without cbfrsynra= before 5.2, and from drivers/iommu/arm/arm-smmu/qcom_iommu.c,
 * whose device has no such prefix: then nobody tells whose request it was.
 *
 * 6.12 and later explain fsr and fsynr in two more lines, which say nothing new.
 */
#include <string.h>

#include "fault/line.h"
#include "fault/scan.h"

#define FSR_FIRST	1	/* TF */
#define FSR_LAST	8	/* UUT */
#define FSYNR_WRITE	0x10

static void take_unit(const char *text, struct fault *fault)
{
	if (scan_past(&text, "arm-smmu "))
		scan_name(&text, fault->unit, sizeof(fault->unit));
}

static void set_code(struct fault *fault, uint64_t fsr)
{
	for (unsigned int bit = FSR_FIRST; bit <= FSR_LAST; bit++)
		if (fsr >> bit & 1) {
			fault->code = bit;
			fault->has_code = true;
			return;
		}
}

static bool take_stream(const char **at, struct fault *fault)
{
	uint64_t stream;

	if (!scan_word(at, ", cbfrsynra="))
		return true;
	if (!scan_hex(at, &stream))
		return false;
	fault->stream = (uint32_t)stream;
	fault->has_stream = true;
	return true;
}

static bool take_context(const char *at, struct fault *fault)
{
	uint64_t fsr, fsynr, bank;

	if (!scan_word(&at, "fsr=") || !scan_hex(&at, &fsr) ||
	    !scan_word(&at, ", iova=") || !scan_hex(&at, &fault->address) ||
	    !scan_word(&at, ", fsynr=") || !scan_hex(&at, &fsynr) ||
	    !take_stream(&at, fault) ||
	    !scan_word(&at, ", cb=") || !scan_decimal(&at, &bank))
		return false;
	set_code(fault, fsr);
	fault->has_address = true;
	fault->kind = fsynr & FSYNR_WRITE ? FAULT_WRITE : FAULT_READ;
	return true;
}

static bool take_blocked(const char *at, struct fault *fault)
{
	uint64_t stream;

	if (!scan_hex(&at, &stream) || *at != ';')
		return false;
	fault->stream = (uint32_t)stream;
	fault->has_stream = fault->has_code = true;
	fault->code = SMMU_V2_STREAM;
	return true;
}

enum line_kind smmu_v2_line(const char *text, struct fault *fault)
{
	const char *at = text;

	fault->driver = FAULT_SMMU_V2;
	take_unit(text, fault);
	if (scan_past(&at, "Unhandled context fault: "))
		return take_context(at, fault) ? LINE_FAULT : LINE_DAMAGED;
	if (scan_past(&at, "Blocked unknown Stream ID "))
		return take_blocked(at, fault) ? LINE_FAULT : LINE_DAMAGED;
	if (strstr(text, "arm-smmu ") &&
	    strstr(text, "Unexpected global fault")) {
		fault->code = SMMU_V2_GLOBAL;
		fault->has_code = true;
		return LINE_FAULT;
	}
	return strstr(text, "Unhandled context f") ? LINE_DAMAGED : LINE_OTHER;
}
