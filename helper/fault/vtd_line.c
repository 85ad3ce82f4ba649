// SPDX-License-Identifier: GPL-2.0
/*
 * dmar_fault_do_one() of drivers/iommu/intel/dmar.c. Its forms:
 *
 *   before 5.13   [DMA Read] Request device [00:02.0] PASID ffffffff fault addr
 *                 70ad5000 [fault reason 06] WORDS; PASID since 5.0. The
 *                 reason is decimal
 *   5.13 on       [DMA Read NO_PASID] Request device [00:02.0] fault addr
 *                 0x70ad5000 [fault reason 0x06] WORDS; or PASID 0x1 in the
 *                 first bracket
 *   5.14          [0x00:0x02.0]
 *   7.x           [0000:00:02.0]
 *
 * Of interrupts: [INTR-REMAP] Request device [f0:1f.7] fault index 0x25 ...
 */
#include <string.h>

#include "fault/line.h"
#include "fault/scan.h"

/* In a PASID of 32 bits: there is none. The field of the hardware has 20. */
#define NO_PASID 0xfffff

/* An interrupt's index stands in 16 bits of its record. */
#define INDEX_MAX 0xffff

static bool take_pasid(const char **at, struct fault *fault)
{
	uint64_t pasid;

	if (!scan_word(at, " PASID "))
		return true;
	if (!scan_hex(at, &pasid))
		return false;
	fault->has_pasid = pasid <= NO_PASID;
	fault->pasid = fault->has_pasid ? (uint32_t)pasid : 0;
	return true;
}

static bool take_kind(const char **at, struct fault *fault)
{
	static const struct {
		const char *word;
		enum fault_kind kind;
	} forms[] = {
		{ "[DMA Read", FAULT_READ }, { "[DMA Write", FAULT_WRITE },
		{ "[INTR-REMAP", FAULT_INTERRUPT },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (scan_past(at, forms[i].word)) {
			fault->kind = forms[i].kind;
			return true;
		}
	return false;
}

static bool take_reason(const char **at, struct fault *fault)
{
	uint64_t code;
	bool hex;

	if (!scan_word(at, " [fault reason "))
		return false;
	hex = !strncmp(*at, "0x", 2);
	if (!(hex ? scan_hex(at, &code) : scan_decimal(at, &code)))
		return false;
	fault->code = (unsigned int)code;
	fault->has_code = true;
	return code <= 0xff && scan_word(at, "]");
}

static bool take_fault(const char *at, struct fault *fault)
{
	const char *place;

	if (!take_kind(&at, fault))
		return false;
	place = fault->kind == FAULT_INTERRUPT ? " fault index " :
						 " fault addr ";
	scan_word(&at, " NO_PASID");
	if (!take_pasid(&at, fault) || !scan_word(&at, "] Request device [") ||
	    !scan_address(&at, &fault->requester, &fault->has_segment) ||
	    !scan_word(&at, "]") || !take_pasid(&at, fault) ||
	    !scan_word(&at, place) || !scan_hex(&at, &fault->address))
		return false;
	if (fault->kind == FAULT_INTERRUPT && fault->address > INDEX_MAX)
		return false;
	fault->has_requester = fault->has_address = true;
	return take_reason(&at, fault);
}

enum line_kind vtd_line(const char *text, struct fault *fault)
{
	bool ours = strstr(text, "DMAR:");

	fault->driver = FAULT_VTD;
	if (strstr(text, "handling fault status reg "))
		return LINE_STATUS;
	if (!strstr(text, "[fault reason ") && !strstr(text, "] Request device [") &&
	    !(ours && (strstr(text, "[DMA ") || strstr(text, "[INTR-REMAP"))))
		return LINE_OTHER;
	return take_fault(text, fault) ? LINE_FAULT : LINE_DAMAGED;
}
