/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The event log of an AMD-Vi unit: a ring in memory that the unit fills at its
 * tail and the kernel's driver empties from its head. It is read alongside the
 * driver, with a cursor of our own, whenever the driver is about to read:
 *
 *   cursor to head   came since the last time, and the driver has read it: late.
 *                    It leaves page faults as they are, and zeroes all others
 *                    (Linux 6.1 to 7.3)
 *   head to tail     is not read yet: pending
 *
 * Head and tail tell how many there are of each, whatever became of them.
 */
#ifndef IOW_AMDVI_LOG_H
#define IOW_AMDVI_LOG_H

#include "ledger.h"

/* Offsets of registers: AMD I/O Virtualization Technology specification, 3.4. */
#define IOW_AMDVI_LOG		0x0010
#define IOW_AMDVI_CONTROL	0x0018
#define IOW_AMDVI_HEAD		0x2010
#define IOW_AMDVI_TAIL		0x2018
#define IOW_AMDVI_STATUS	0x2020

#define IOW_AMDVI_CONTROL_LOG	0x00000004	/* events are logged */
#define IOW_AMDVI_STATUS_OVER	0x00000001	/* events were lost */
#define IOW_AMDVI_STATUS_RUN	0x00000008	/* the log has not stopped */

#define IOW_AMDVI_EVENT_WORDS	4
#define IOW_AMDVI_EVENT_BYTES	(4 * IOW_AMDVI_EVENT_WORDS)

/**
 * struct iow_amdvi_log - an event log, and how far it has been read
 * @unit: its counts
 * @read32: reads a register at @offset bytes; all ones from a unit that is gone
 * @ring: the entries, IOW_AMDVI_EVENT_WORDS each
 * @length: how many there are, a power of two
 * @cursor: the first entry that has not been counted
 * @stopped: the unit had lost events when it was looked at last
 */
struct iow_amdvi_log {
	struct iow_unit unit;
	u32 (*read32)(const struct iow_amdvi_log *log, unsigned int offset);
	const u32 *ring;
	unsigned int length;
	unsigned int cursor;
	bool stopped;
};

u64 iow_amdvi_log_layout(struct iow_amdvi_log *log, u64 base);
bool iow_amdvi_log_begin(struct iow_amdvi_log *log);
void iow_amdvi_log_follow(struct iow_amdvi_log *log, struct iow_ledger *ledger, u64 now);
bool iow_amdvi_decode(const u32 *event, struct iow_fault *fault);

#endif /* IOW_AMDVI_LOG_H */
