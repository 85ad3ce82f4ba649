// SPDX-License-Identifier: GPL-2.0
#include <linux/bitfield.h>
#include <linux/iowarden.h>
#include "vtd_run.h"

#define RECORD_BYTES	16

/* Capability register (11.4.2). */
#define CAP_FRO		GENMASK_ULL(33, 24)	/* in units of 16 bytes */
#define CAP_NFR		GENMASK_ULL(47, 40)	/* minus 1 */

/* Fault status register (11.4.9). */
#define FSTS_FRI	GENMASK(15, 8)

/* Fault recording register (11.4.14), in two halves of 64 bits. */
#define LOW_ADDRESS	GENMASK_ULL(63, 12)
#define HIGH_SOURCE	GENMASK_ULL(15, 0)
#define HIGH_T2		BIT_ULL(28)
#define HIGH_PP		BIT_ULL(31)
#define HIGH_REASON	GENMASK_ULL(39, 32)
#define HIGH_PASID	GENMASK_ULL(59, 40)
#define HIGH_T1		BIT_ULL(62)
#define HIGH_F		BIT_ULL(63)

/* Reasons 20h to 2fh are those of interrupt remapping: there is no address. */
#define REASON_REMAPPING	0x20
#define REASON_SCALABLE		0x30

/* T1 and T2: a write, a page request, a read, an AtomicOp (11.4.14). */
static u8 access_of(u64 high)
{
	if (high & HIGH_T2)
		return IOWARDEN_ACCESS_OTHER;
	return high & HIGH_T1 ? IOWARDEN_ACCESS_READ : IOWARDEN_ACCESS_WRITE;
}

static bool is_remapping(u8 reason)
{
	return reason >= REASON_REMAPPING && reason < REASON_SCALABLE;
}

/**
 * iow_vtd_decode() - read a fault recording register
 * @low: its lower half
 * @high: its upper half
 * @fault: what it says; time and segment are left alone
 *
 * Context: any.
 * Return: whether the register is full; else @fault is left alone.
 */
bool iow_vtd_decode(u64 low, u64 high, struct iow_fault *fault)
{
	const u8 reason = FIELD_GET(HIGH_REASON, high);
	const bool remapping = is_remapping(reason);

	if (!(high & HIGH_F))
		return false;
	fault->requester = FIELD_GET(HIGH_SOURCE, high);
	fault->reason = reason;
	fault->has_reason = true;
	fault->access = remapping ? IOWARDEN_ACCESS_INTERRUPT : access_of(high);
	fault->has_address = !remapping;
	fault->address = remapping ? 0 : low & LOW_ADDRESS;
	fault->has_pasid = high & HIGH_PP;
	fault->pasid = fault->has_pasid ? FIELD_GET(HIGH_PASID, high) : 0;
	return true;
}

/**
 * iow_vtd_layout() - find the fault recording registers
 * @unit: where that is noted
 * @capability: Capability Register
 *
 * Context: any.
 */
void iow_vtd_layout(struct iow_vtd_unit *unit, u64 capability)
{
	unit->records = FIELD_GET(CAP_FRO, capability) * RECORD_BYTES;
	unit->record_count = FIELD_GET(CAP_NFR, capability) + 1;
}

/* A unit that is gone reads all ones: there is nothing to count, for nobody. */
static void give_up(struct iow_vtd_run *run)
{
	iow_ledger_note(run->ledger, &run->unit->unit, IOW_UNIT_MISSED);
	run->unit = NULL;
}

/*
 * Book the record at @run->index, if it is full. The half with the flag is read
 * first: the other may be of an older record until then. Bits 11:0 of that are
 * reserved, so that all ones are no address either. One that went is not looked
 * at again.
 */
static bool book(struct iow_vtd_run *run, u64 now)
{
	struct iow_vtd_unit *unit = run->unit;
	const unsigned int offset = unit->records + run->index * RECORD_BYTES;
	struct iow_fault fault = { .time = now, .segment = unit->unit.segment };
	const u64 high = unit->read64(unit, offset + 8);
	u64 low;

	if (!(high & HIGH_F))
		return false;
	low = unit->read64(unit, offset);
	if (high == U64_MAX || low == U64_MAX) {
		give_up(run);
		return true;
	}
	iow_vtd_decode(low, high, &fault);
	iow_ledger_count(run->ledger, &unit->unit, &fault);
	return true;
}

static void note_overflow(struct iow_vtd_run *run, u32 status)
{
	if (!(status & IOW_VTD_FSTS_PFO) || run->overflowed)
		return;
	iow_ledger_note(run->ledger, &run->unit->unit, IOW_UNIT_OVERFLOW);
	run->overflowed = true;
}

static u32 look_at_status(struct iow_vtd_run *run)
{
	const u32 status = run->unit->read32(run->unit, IOW_VTD_FSTS);

	if (status == U32_MAX)
		give_up(run);
	else
		note_overflow(run, status);
	return status;
}

/**
 * iow_vtd_begin() - the handler was entered
 * @run: where that is noted
 * @ledger: what its records are booked in
 * @unit: the unit it was called for
 *
 * Context: any; NMI only as probe_lock.h says; on the CPU of the handler.
 */
void iow_vtd_begin(struct iow_vtd_run *run, struct iow_ledger *ledger,
		   struct iow_vtd_unit *unit)
{
	*run = (struct iow_vtd_run){ .unit = unit, .ledger = ledger };
}

/**
 * iow_vtd_step() - the handler asks whether it may print
 * @run: as left by iow_vtd_begin() and earlier steps
 * @now: ns since 1970 (UTC)
 *
 * Reading a register is what costs most here. The status is read at the first
 * step and where a record is not full, for that step may be the last: that
 * faults were lost stays in it until the handler has come to its end.
 *
 * Context: any; NMI only as probe_lock.h says, with preemption disabled; on the CPU of the handler.
 */
void iow_vtd_step(struct iow_vtd_run *run, u64 now)
{
	switch (run->steps++) {
	case 0:
		run->index = FIELD_GET(FSTS_FRI, look_at_status(run));
		if (run->unit)
			run->index %= run->unit->record_count;
		return;
	case 1:
		break;
	default:
		if (!run->was_full)
			iow_ledger_note(run->ledger, &run->unit->unit, IOW_UNIT_UNATTRIBUTED);
		run->index = (run->index + 1) % run->unit->record_count;
	}
	run->was_full = book(run, now);
	/* Reading the status took time: a fault may have come meanwhile, and is seen in it. */
	if (!run->was_full && look_at_status(run) & IOW_VTD_FSTS_PPF && run->unit)
		run->was_full = book(run, now);
}
