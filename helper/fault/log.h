/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The faults that a kernel log tells of. A log is a lower bound: the kernel
 * prints some faults and clears the others away unread, and what it left out is
 * told only in part.
 */
#ifndef FAULT_LOG_H
#define FAULT_LOG_H

#include "fault/event.h"
#include "fault/tally.h"
#include "model/text.h"

/* Of lines that were not understood so many are kept, and so much of each. */
#define LOG_DAMAGED		8
#define LOG_DAMAGED_BYTES	240

/**
 * struct fault_log - what was read so far
 * @lines: how many lines
 * @faults: how many of the faults in them were understood
 * @damaged: how many lines are about a fault and were not
 * @damaged_text: the first of these
 * @foreign: how many lines read like one about a fault, and a program said them
 * @reports: how often a driver said that there are faults, without one
 * @suppressed: how many lines of the drivers the kernel says it left out
 * @fields: some of @damaged are fields of records, where other fields tell who spoke
 * @records: all that follows is fields, or lines of them
 * @overflow: hardware lost faults before the kernel saw them
 * @kernel: release that the log names last; may be empty
 * @events: of SMMUv3s, with which later lines may go on
 */
struct fault_log {
	uint64_t lines, faults, damaged, foreign, reports, suppressed;
	bool overflow, fields, records;
	char kernel[65];
	struct text_list damaged_text;
	struct tally tally;
	struct events events;
};

/**
 * fault_log_line() - read one line
 * @log: empty (all zero) at first
 *
 * Return: 0, or -ENOMEM.
 */
int fault_log_line(struct fault_log *log, const char *line);

/** fault_log_end() - after the last line; 0 or -ENOMEM */
int fault_log_end(struct fault_log *log);

/** fault_log_silent() - whether nothing in it points to a fault */
bool fault_log_silent(const struct fault_log *log);

/** fault_log_lossy() - whether the log itself shows that there were more */
bool fault_log_lossy(const struct fault_log *log);

/** fault_log_free() - free what it owns */
void fault_log_free(struct fault_log *log);

#endif
