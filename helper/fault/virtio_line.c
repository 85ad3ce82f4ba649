// SPDX-License-Identifier: GPL-2.0
/*
 * viommu_fault_handler() of drivers/iommu/virtio-iommu.c:
 *
 *   virtio_iommu virtio0: page fault from EP 8 at 0x1000 [W]
 *   virtio_iommu virtio0: domain fault from EP 8
 */
#include <string.h>

#include "fault/line.h"
#include "fault/scan.h"

static bool take_access(const char **at, struct fault *fault)
{
	if (!scan_word(at, " ["))
		return false;
	if (scan_word(at, "R"))
		fault->kind = FAULT_READ;
	if (scan_word(at, "W"))
		fault->kind = FAULT_WRITE;
	if (scan_word(at, "X"))
		fault->kind = FAULT_EXECUTE;
	return scan_word(at, "]");
}

static bool take_fault(const char *at, struct fault *fault)
{
	const struct fault_reason *reason;
	size_t length = strcspn(at, " ");
	uint64_t endpoint;

	reason = fault_reason_named(FAULT_VIRTIO, at, length);
	at += length;
	if (!reason || !scan_word(&at, " fault from EP ") ||
	    !scan_decimal(&at, &endpoint))
		return false;
	fault->code = reason->code;
	fault->has_code = fault->has_stream = true;
	fault->stream = (uint32_t)endpoint;
	if (!*at)
		return true;
	fault->has_address = scan_word(&at, " at ") &&
			     scan_hex(&at, &fault->address);
	return fault->has_address && take_access(&at, fault);
}

enum line_kind virtio_line(const char *text, struct fault *fault)
{
	const char *at = text;

	fault->driver = FAULT_VIRTIO;
	if (!scan_past(&at, "virtio_iommu ") ||
	    !scan_name(&at, fault->unit, sizeof(fault->unit)) ||
	    !scan_word(&at, ": ") || !strstr(at, " fault from "))
		return LINE_OTHER;
	return take_fault(at, fault) ? LINE_FAULT : LINE_DAMAGED;
}
