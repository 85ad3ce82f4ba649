// SPDX-License-Identifier: GPL-2.0
#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/iowarden.h>
#include "amdvi_log.h"

/* Event Log Base Address Register (3.4.1). */
#define BASE_ADDRESS	GENMASK_ULL(51, 12)
#define BASE_LENGTH	GENMASK_ULL(59, 56)	/* a power of two; below 8 reserved */
#define SHORTEST	8

/* Head and tail (3.4.13) are offsets in bytes. */
#define PLACE		GENMASK(18, 4)

/* An entry of the event log (2.5), in words of 32 bits. */
#define W0_DEVICE	GENMASK(15, 0)
#define W0_PASID_HIGH	GENMASK(19, 16)
#define W0_PPR_PASID	GENMASK(31, 16)
#define W1_PASID_LOW	GENMASK(15, 0)
#define W1_PPR_PASID	GENMASK(13, 10)
#define W1_GUEST	BIT(16)			/* there is a PASID */
#define W1_INTERRUPT	BIT(19)
#define W1_WRITE	BIT(21)
#define W1_TRANSLATION	BIT(24)			/* it asked for a translation */
#define W1_TYPE		GENMASK(31, 28)

enum {
	ILLEGAL_DEVICE_TABLE_ENTRY = 0x1,
	IO_PAGE_FAULT = 0x2,
	DEVICE_TABLE_HARDWARE_ERROR = 0x3,
	PAGE_TABLE_HARDWARE_ERROR = 0x4,
	IOTLB_INVALIDATION_TIMEOUT = 0x7,
	INVALID_DEVICE_REQUEST = 0x8,
	INVALID_PPR_REQUEST = 0x9,
	RMP_PAGE_FAULT = 0xd,
	RMP_HARDWARE_ERROR = 0xe,
};

/* Kinds of events. */
#define NAMES_DEVICE	BIT(0)
#define TELLS_ACCESS	BIT(1)
/* Of the request; that of a table or a command is nobody's. */
#define TELLS_ADDRESS	BIT(2)
#define TELLS_PASID	BIT(3)

/*
 * Not here, for they are no request of a device: errors of commands (5, 6),
 * counters (0xA), a virtual IOMMU (0xB, 0xC).
 */
static const u8 kinds[16] = {
	[ILLEGAL_DEVICE_TABLE_ENTRY]  = NAMES_DEVICE | TELLS_ACCESS | TELLS_ADDRESS | TELLS_PASID,
	[IO_PAGE_FAULT]               = NAMES_DEVICE | TELLS_ACCESS | TELLS_ADDRESS | TELLS_PASID,
	[DEVICE_TABLE_HARDWARE_ERROR] = NAMES_DEVICE | TELLS_ACCESS,
	[PAGE_TABLE_HARDWARE_ERROR]   = NAMES_DEVICE | TELLS_ACCESS | TELLS_PASID,
	[IOTLB_INVALIDATION_TIMEOUT]  = NAMES_DEVICE,
	[INVALID_DEVICE_REQUEST]      = NAMES_DEVICE | TELLS_ADDRESS | TELLS_PASID,
	[INVALID_PPR_REQUEST]         = NAMES_DEVICE | TELLS_ADDRESS | TELLS_PASID,
	[RMP_PAGE_FAULT]              = NAMES_DEVICE | TELLS_ADDRESS,
	[RMP_HARDWARE_ERROR]          = NAMES_DEVICE,
};

/* Whether it wrote is read as the kernel does, also of pages that are not present. */
static u8 access_of(u8 kind, u32 word)
{
	if (!(kind & TELLS_ACCESS))
		return IOWARDEN_ACCESS_OTHER;
	if (word & W1_INTERRUPT)
		return IOWARDEN_ACCESS_INTERRUPT;
	if (word & W1_TRANSLATION)
		return IOWARDEN_ACCESS_OTHER;
	return word & W1_WRITE ? IOWARDEN_ACCESS_WRITE : IOWARDEN_ACCESS_READ;
}

static u32 pasid_of(u8 type, const u32 *event)
{
	if (type == INVALID_PPR_REQUEST)
		return FIELD_GET(W1_PPR_PASID, event[1]) << 16 | FIELD_GET(W0_PPR_PASID, event[0]);
	return FIELD_GET(W0_PASID_HIGH, event[0]) << 16 | FIELD_GET(W1_PASID_LOW, event[1]);
}

/**
 * iow_amdvi_decode() - read an entry of the event log
 * @event: its IOW_AMDVI_EVENT_WORDS words
 * @fault: what it says; time and segment are left alone
 *
 * Context: any.
 * Return: whether it names a requester; else @fault is left alone.
 */
bool iow_amdvi_decode(const u32 *event, struct iow_fault *fault)
{
	const u8 type = FIELD_GET(W1_TYPE, event[1]);
	const u8 kind = kinds[type];

	if (!(kind & NAMES_DEVICE))
		return false;
	fault->requester = FIELD_GET(W0_DEVICE, event[0]);
	fault->reason = type;
	fault->has_reason = true;
	fault->access = access_of(kind, event[1]);
	fault->has_address = kind & TELLS_ADDRESS && fault->access != IOWARDEN_ACCESS_INTERRUPT;
	fault->address = fault->has_address ? (u64)event[3] << 32 | event[2] : 0;
	fault->has_pasid = kind & TELLS_PASID && event[1] & W1_GUEST;
	fault->pasid = fault->has_pasid ? pasid_of(type, event) : 0;
	return true;
}

/**
 * iow_amdvi_log_layout() - find the event log
 * @log: where its length is noted
 * @base: Event Log Base Address Register
 *
 * Context: any.
 * Return: its physical address, with whatever bit marks encrypted memory; 0 if
 *	   there is none.
 */
u64 iow_amdvi_log_layout(struct iow_amdvi_log *log, u64 base)
{
	const unsigned int order = FIELD_GET(BASE_LENGTH, base);

	if (base == U64_MAX || order < SHORTEST)
		return 0;
	log->length = BIT(order);
	return base & BASE_ADDRESS;
}

/* Entries from @from on to @to, around the end of the ring. */
static unsigned int distance(const struct iow_amdvi_log *log, unsigned int from, unsigned int to)
{
	return (to - from) & (log->length - 1);
}

/* A place that a register names; beyond the ring if the unit does not answer. */
static bool read_place(const struct iow_amdvi_log *log, unsigned int offset, unsigned int *place)
{
	const u32 value = log->read32(log, offset);

	*place = FIELD_GET(PLACE, value);
	return value != U32_MAX && *place < log->length;
}

/**
 * iow_amdvi_log_begin() - count from here on
 * @log: with its ring
 *
 * What the driver has not read yet is counted, too.
 *
 * Context: any.
 * Return: whether the unit answers sensibly; else the cursor stays within the ring,
 *	   and where it was.
 */
bool iow_amdvi_log_begin(struct iow_amdvi_log *log)
{
	unsigned int head;

	if (!read_place(log, IOW_AMDVI_HEAD, &head))
		return false;
	log->cursor = head;
	return true;
}

/*
 * An entry whose number is told before it is in memory (an erratum, for which the
 * driver waits) reads as zeroed in the first lap, and where the driver clears what it
 * has read. It leaves page faults as they are, and there it reads as the page fault of
 * a lap before.
 */
static void count_entry(struct iow_amdvi_log *log, struct iow_ledger *ledger, u64 now)
{
	const u32 *entry = &log->ring[log->cursor * IOW_AMDVI_EVENT_WORDS];
	struct iow_fault fault = { .time = now, .segment = log->unit.segment };
	u32 event[IOW_AMDVI_EVENT_WORDS];
	unsigned int i;

	for (i = 0; i < IOW_AMDVI_EVENT_WORDS; i++)
		event[i] = READ_ONCE(entry[i]);
	if (iow_amdvi_decode(event, &fault))
		iow_ledger_count(ledger, &log->unit, &fault);
	else
		iow_ledger_note(ledger, &log->unit, IOW_UNIT_UNATTRIBUTED);
}

static void advance(struct iow_amdvi_log *log)
{
	log->cursor = (log->cursor + 1) & (log->length - 1);
}

/*
 * The driver may have cleared the bit of the overflow already: then the log has
 * stopped. It fills no further before the driver restarts it, so that the same
 * overflow is met again only where nothing came.
 */
static void note_overflow(struct iow_amdvi_log *log, struct iow_ledger *ledger, u32 status,
			  bool came)
{
	const bool stopped = status & IOW_AMDVI_STATUS_OVER || !(status & IOW_AMDVI_STATUS_RUN);

	if (stopped && (came || !log->stopped))
		iow_ledger_note(ledger, &log->unit, IOW_UNIT_OVERFLOW);
	log->stopped = stopped;
}

/**
 * iow_amdvi_log_follow() - count what came
 * @log: the log
 * @ledger: what it is booked in
 * @now: ns since 1970 (UTC)
 *
 * Where late entries and pending ones are more than the ring holds, the first of
 * the late ones have been overwritten.
 *
 * Context: any; NMI only as probe_lock.h says, with preemption disabled; one at a
 *	    time for a log. The driver is about to read and does not meanwhile.
 */
void iow_amdvi_log_follow(struct iow_amdvi_log *log, struct iow_ledger *ledger, u64 now)
{
	const u32 status = log->read32(log, IOW_AMDVI_STATUS);
	unsigned int head, tail, came, overwritten;

	if (status == U32_MAX || !read_place(log, IOW_AMDVI_HEAD, &head) ||
	    !read_place(log, IOW_AMDVI_TAIL, &tail)) {
		iow_ledger_note(ledger, &log->unit, IOW_UNIT_MISSED);
		return;
	}
	came = distance(log, log->cursor, head) + distance(log, head, tail);
	note_overflow(log, ledger, status, came);
	overwritten = came > log->length ? came - log->length : 0;
	for (; came; came--, advance(log)) {
		if (!overwritten) {
			count_entry(log, ledger, now);
			continue;
		}
		iow_ledger_note(ledger, &log->unit, IOW_UNIT_UNATTRIBUTED);
		overwritten--;
	}
}
