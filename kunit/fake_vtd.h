/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A VT-d unit in memory, and the kernel's handler of its faults with our probes in
 * it. Whatever may happen between two accesses to a register can be made to.
 */
#ifndef IOW_FAKE_VTD_H
#define IOW_FAKE_VTD_H

#include "open_ledger.h"
#include "vtd_run.h"

#define FAKE_VTD_RECORDS	0x200
#define FAKE_VTD_MOST		256
#define FAKE_VTD_FULL		BIT_ULL(63)

/**
 * struct fake_vtd - the unit
 * @registers: as the module knows it
 * @test: whose it is
 * @ledger: where it is counted
 * @low: lower halves of the fault recording registers
 * @high: upper halves
 * @pending: records that are full
 * @next: the hardware fills this one next
 * @first: the one that was filled when all were empty
 * @overflowed: a fault found no room, and the handler did not run since
 * @invalidation_failed: a bit of the status that is no matter of faults
 * @gone: reads all ones
 * @ticks: the time, one more at each question
 * @filled: records that the hardware filled
 * @lost: faults that it lost
 * @cleared: records that the handler cleared
 * @wrong: records that were booked as something else than the handler cleared
 * @seen_overflows: runs in which a probe read that faults were lost
 * @saw_overflow: in this run
 * @meanwhile: called before each access to a register, or NULL
 * @unlocked: called where the handler does not hold the unit's lock, or NULL
 */
struct fake_vtd {
	struct iow_vtd_unit registers;
	struct kunit *test;
	struct iow_ledger *ledger;
	u64 low[FAKE_VTD_MOST];
	u64 high[FAKE_VTD_MOST];
	unsigned int pending;
	unsigned int next;
	unsigned int first;
	bool overflowed;
	bool invalidation_failed;
	bool gone;
	u64 ticks;
	u64 filled;
	u64 lost;
	u64 cleared;
	u64 wrong;
	u64 seen_overflows;
	bool saw_overflow;
	void (*meanwhile)(struct fake_vtd *vtd);
	void (*unlocked)(struct fake_vtd *vtd);
};

struct fake_vtd *fake_vtd(struct kunit *test, unsigned int records);

/* What the hardware does with a fault; false if it had no room. */
bool fake_vtd_fault(struct fake_vtd *vtd, u64 low, u64 high);

/* A run of the kernel's handler. */
void fake_vtd_handle(struct fake_vtd *vtd);

#endif /* IOW_FAKE_VTD_H */
