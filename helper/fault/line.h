/* SPDX-License-Identifier: GPL-2.0 */
/* One line of each IOMMU driver. They read what the kernel said, without prefix. */
#ifndef FAULT_LINE_H
#define FAULT_LINE_H

#include "fault/fault.h"

/** enum line_kind - what a line is */
enum line_kind {
	LINE_OTHER,	/* no word on faults */
	LINE_FAULT,	/* one fault, whole */
	LINE_DAMAGED,	/* about a fault, but not whole */
	LINE_STATUS,	/* of faults in general: tells of no single one */
	LINE_OPEN,	/* begins a fault that the next lines tell */
	LINE_MORE,	/* goes on with one */
};

/**
 * typedef line_read - read a line
 * @fault: of LINE_FAULT and LINE_OPEN, what it tells; zeroed by the caller
 *
 * What is not whole is not believed: a number at the end of a line that was cut
 * is another number.
 */
typedef enum line_kind line_read(const char *text, struct fault *fault);

line_read vtd_line;
line_read amdvi_line;
line_read smmu_v2_line;
line_read smmu_v3_line;
line_read virtio_line;

/**
 * smmu_v3_decoded() - fill in what an "event:" line says in words
 * @fault: an SMMUv3 fault whose raw words came before, or an empty one
 *
 * Return: LINE_MORE, or LINE_FAULT where the line is about another event than
 * @fault: then @fault is that one. Else as line_read.
 */
enum line_kind smmu_v3_decoded(const char *text, struct fault *fault);

/** smmu_v3_word() - one of the raw words of an event; false for another line */
bool smmu_v3_word(const char *text, const struct fault *fault, uint64_t *word);

/** smmu_v3_raw() - what the first three raw words of an event say */
void smmu_v3_raw(const uint64_t word[3], struct fault *fault);

#endif
