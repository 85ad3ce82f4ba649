/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One run of the kernel's fault handler on one VT-d unit, followed from outside:
 * which records it is about to clear, and how many it has cleared.
 *
 * What dmar_fault() of drivers/iommu/intel/dmar.c (Linux 6.1 to 7.3) does, and
 * what is called here meanwhile:
 *
 *   it is entered                                     iow_vtd_begin()
 *   it reads the status; if that is not 0, it asks
 *   whether it may print                              iow_vtd_step(), the first
 *   no fault pending: it ends
 *   loop: it asks whether it may print                iow_vtd_step()
 *         it reads the record; not full: end of loop
 *         it clears the record
 *
 * It holds the lock of the unit from each question to the clearing. So a record
 * that is full at a step is cleared before the next; one that was not, and is
 * followed by another step, was filled and cleared in between.
 */
#ifndef IOW_VTD_RUN_H
#define IOW_VTD_RUN_H

#include "ledger.h"

/* Offsets of registers: VT-d specification 4.1, 11.4.2, 11.4.9, 11.4.12. */
#define IOW_VTD_CAP		0x08
#define IOW_VTD_GSTS		0x1c
#define IOW_VTD_FSTS		0x34
#define IOW_VTD_FECTL		0x38

#define IOW_VTD_GSTS_TES	0x80000000	/* requests are translated */
#define IOW_VTD_GSTS_IRES	0x02000000	/* interrupts are remapped */
#define IOW_VTD_FSTS_PFO	0x00000001	/* faults were lost */
#define IOW_VTD_FSTS_PPF	0x00000002	/* a record is full */
#define IOW_VTD_FECTL_IM	0x80000000	/* faults raise no interrupt */

/**
 * struct iow_vtd_unit - the registers of a unit
 * @unit: its counts
 * @read32: reads a register at @offset bytes; all ones from a unit that is gone
 * @read64: likewise; @offset is a multiple of 8
 * @records: offset of the first fault recording register, bytes
 * @record_count: how many there are, 1 to 256
 */
struct iow_vtd_unit {
	struct iow_unit unit;
	u32 (*read32)(const struct iow_vtd_unit *unit, unsigned int offset);
	u64 (*read64)(const struct iow_vtd_unit *unit, unsigned int offset);
	unsigned int records;
	unsigned int record_count;
};

/**
 * struct iow_vtd_run - where a run of the handler is
 * @unit: of this unit; NULL outside of a run
 * @ledger: what faults are booked in
 * @steps: so far
 * @index: of the record that is looked at
 * @was_full: that one was full, and has been booked
 * @overflowed: the loss of faults has been noted
 */
struct iow_vtd_run {
	struct iow_vtd_unit *unit;
	struct iow_ledger *ledger;
	unsigned int steps;
	unsigned int index;
	bool was_full;
	bool overflowed;
};

void iow_vtd_layout(struct iow_vtd_unit *unit, u64 capability);
void iow_vtd_begin(struct iow_vtd_run *run, struct iow_ledger *ledger,
		   struct iow_vtd_unit *unit);
void iow_vtd_step(struct iow_vtd_run *run, u64 now);
bool iow_vtd_decode(u64 low, u64 high, struct iow_fault *fault);

#endif /* IOW_VTD_RUN_H */
