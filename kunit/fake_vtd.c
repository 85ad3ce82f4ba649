// SPDX-License-Identifier: GPL-2.0
#include "device.h"
#include "fake_vtd.h"

/* VT-d specification 11.4.2 and 11.4.9. */
#define CAPABILITY(records)	(((u64)(records) - 1) << 40 | (u64)(FAKE_VTD_RECORDS / 16) << 24)
#define STATUS_ITE		BIT(6)

static void let_happen(struct fake_vtd *vtd)
{
	if (vtd->meanwhile)
		vtd->meanwhile(vtd);
}

static u32 status_of(const struct fake_vtd *vtd)
{
	return vtd->first << 8 | (vtd->invalidation_failed ? STATUS_ITE : 0) |
	       (vtd->pending ? IOW_VTD_FSTS_PPF : 0) |
	       (vtd->overflowed ? IOW_VTD_FSTS_PFO : 0);
}

/* The probe reads the status and nothing else of this width. */
static u32 read32(const struct iow_vtd_unit *unit, unsigned int offset)
{
	struct fake_vtd *vtd = container_of(unit, struct fake_vtd, registers);

	let_happen(vtd);
	KUNIT_EXPECT_EQ(vtd->test, offset, IOW_VTD_FSTS);
	if (vtd->gone)
		return U32_MAX;
	vtd->saw_overflow |= vtd->overflowed;
	return status_of(vtd);
}

static u64 read64(const struct iow_vtd_unit *unit, unsigned int offset)
{
	struct fake_vtd *vtd = container_of(unit, struct fake_vtd, registers);
	const unsigned int i = (offset - FAKE_VTD_RECORDS) / 16;

	let_happen(vtd);
	KUNIT_ASSERT_TRUE(vtd->test, offset >= FAKE_VTD_RECORDS && offset % 8 == 0);
	KUNIT_ASSERT_TRUE(vtd->test, i < unit->record_count);
	if (vtd->gone)
		return U64_MAX;
	return offset % 16 ? vtd->high[i] : vtd->low[i];
}

struct fake_vtd *fake_vtd(struct kunit *test, unsigned int records)
{
	struct fake_vtd *vtd = kunit_kzalloc(test, sizeof(*vtd), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, vtd);
	vtd->test = test;
	vtd->registers.read32 = read32;
	vtd->registers.read64 = read64;
	iow_vtd_layout(&vtd->registers, CAPABILITY(records));
	KUNIT_ASSERT_EQ(test, vtd->registers.record_count, records);
	KUNIT_ASSERT_EQ(test, vtd->registers.records, FAKE_VTD_RECORDS);
	vtd->ledger = open_ledger(test);
	open_unit(test, vtd->ledger, &vtd->registers.unit);
	return vtd;
}

/* VT-d specification 7.2.1. */
bool fake_vtd_fault(struct fake_vtd *vtd, u64 low, u64 high)
{
	const unsigned int i = vtd->next;

	vtd->overflowed |= vtd->high[i] & FAKE_VTD_FULL;
	if (vtd->overflowed) {
		vtd->lost++;
		return false;
	}
	if (!vtd->pending++)
		vtd->first = i;
	vtd->low[i] = low;
	vtd->high[i] = high | FAKE_VTD_FULL;
	vtd->next = (i + 1) % vtd->registers.record_count;
	vtd->filled++;
	return true;
}

/* Whether the question had a record booked. */
static bool ask(struct fake_vtd *vtd, struct iow_vtd_run *run)
{
	const u64 before = iow_unit_read(&vtd->registers.unit).records;

	if (run->unit)
		iow_vtd_step(run, ++vtd->ticks);
	return iow_unit_read(&vtd->registers.unit).records != before;
}

/* What the last question booked is what is cleared now. */
static void compare(struct fake_vtd *vtd, unsigned int i)
{
	struct iow_fault cleared;
	struct iow_tally tally;

	iow_vtd_decode(vtd->low[i], vtd->high[i], &cleared);
	tally = iow_account_read(iow_ledger_find(vtd->ledger, IOW_KEY(0, cleared.requester)));
	vtd->wrong += tally.last.time != vtd->ticks || tally.last.address != cleared.address ||
		      tally.last.reason != cleared.reason || tally.last.pasid != cleared.pasid ||
		      tally.last.access != cleared.access;
}

/* The loop of dmar_fault(). */
static void clear_records(struct fake_vtd *vtd, struct iow_vtd_run *run)
{
	unsigned int i = vtd->first;

	for (;;) {
		const bool booked = ask(vtd, run);

		let_happen(vtd);
		if (!(vtd->high[i] & FAKE_VTD_FULL))
			break;
		if (booked)
			compare(vtd, i);
		let_happen(vtd);
		vtd->high[i] &= ~FAKE_VTD_FULL;
		vtd->pending--;
		vtd->cleared++;
		if (vtd->unlocked)
			vtd->unlocked(vtd);
		i = (i + 1) % vtd->registers.record_count;
	}
	let_happen(vtd);
	vtd->overflowed = false;
}

/* dmar_fault() of drivers/iommu/intel/dmar.c, Linux 6.1 to 7.3. */
void fake_vtd_handle(struct fake_vtd *vtd)
{
	const bool outer = vtd->saw_overflow;
	struct iow_vtd_run run;
	u32 status;

	vtd->saw_overflow = false;
	iow_vtd_begin(&run, vtd->ledger, &vtd->registers);
	if (vtd->unlocked)
		vtd->unlocked(vtd);
	let_happen(vtd);
	status = status_of(vtd);
	if (status)
		ask(vtd, &run);
	if (status & IOW_VTD_FSTS_PPF)
		clear_records(vtd, &run);
	vtd->seen_overflows += vtd->saw_overflow;
	vtd->saw_overflow = outer;
}
