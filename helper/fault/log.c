// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <string.h>

#include "fault/line.h"
#include "fault/log.h"
#include "fault/scan.h"

/* Bits of VT-d's fault status register. */
#define STATUS_OVERFLOW	0x1

static line_read *const readers[] = {
	vtd_line, amdvi_line, smmu_v3_line, smmu_v2_line, virtio_line,
};

/* What drivers say when the hardware has dropped faults. */
static const char *const overflows[] = {
	"EVTQ overflow detected", "EVTQ write aborted",
	"IOMMU Event log restarting", "IOMMU event log overflow",
};

/* Functions whose lines the kernel leaves out beyond ten in five seconds. */
static const char *const limited[] = {
	"dmar_fault", "amd_iommu_", "iommu_print_event", "iommu_poll_events",
	"arm_smmu_", "viommu_",
};

static bool is_limited(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(limited) / sizeof(limited[0]); i++)
		if (length >= strlen(limited[i]) &&
		    !memcmp(text, limited[i], strlen(limited[i])))
			return true;
	return false;
}

/* "dmar_fault: 2474 callbacks suppressed", a device before it or not. */
static bool take_suppressed(struct fault_log *log, const char *text)
{
	const char *end = strstr(text, " callbacks suppressed"), *at = end;
	const char *name;
	uint64_t number;

	if (!end)
		return false;
	while (at > text && isdigit((unsigned char)at[-1]))
		at--;
	if (at - text < 2 || at[-1] != ' ' || at[-2] != ':')
		return false;
	for (name = at - 2; name > text && name[-1] != ' ';)
		name--;
	if (!is_limited(name, (size_t)(at - 2 - name)) ||
	    !scan_decimal(&at, &number) || at != end)
		return false;
	log->suppressed += number;
	return true;
}

static bool take_overflow(struct fault_log *log, const char *text)
{
	for (size_t i = 0; i < sizeof(overflows) / sizeof(overflows[0]); i++)
		if (strstr(text, overflows[i])) {
			log->overflow = true;
			return true;
		}
	return false;
}

static void take_kernel(struct fault_log *log, const char *text)
{
	if (scan_word(&text, "Linux version "))
		scan_name(&text, log->kernel, sizeof(log->kernel));
}

static void take_status(struct fault_log *log, const char *text)
{
	uint64_t status;

	log->reports++;
	if (scan_past(&text, "handling fault status reg ") &&
	    scan_hex(&text, &status))
		log->overflow |= status & STATUS_OVERFLOW;
}

static int count(struct fault_log *log, const struct fault *fault,
		 const char *when)
{
	log->faults++;
	return tally_add(&log->tally, fault, when);
}

static int keep_damaged(struct fault_log *log, const char *text)
{
	log->damaged++;
	if (log->damaged_text.count == LOG_DAMAGED)
		return 0;
	return text_list_add(&log->damaged_text, "%.*s", LOG_DAMAGED_BYTES,
			     text);
}

static int count_event(struct fault_log *log, const struct event *event)
{
	return count(log, &event->fault, event->when);
}

static int begin(struct fault_log *log, const struct fault *fault,
		 const char *when)
{
	struct event done;

	if (!events_begin(&log->events, fault, when, &done))
		return 0;
	return count_event(log, &done);
}

static enum line_kind read_line(const char *text, struct fault *fault)
{
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		enum line_kind kind;

		*fault = (struct fault){ 0 };
		kind = readers[i](text, fault);
		if (kind != LINE_OTHER)
			return kind;
	}
	return LINE_OTHER;
}

static int take_fault(struct fault_log *log, const char *text,
		      const char *when)
{
	struct fault fault;

	switch (read_line(text, &fault)) {
	case LINE_FAULT:
		return count(log, &fault, when);
	case LINE_DAMAGED:
		return keep_damaged(log, text);
	case LINE_STATUS:
		take_status(log, text);
		return 0;
	case LINE_OPEN:
		return begin(log, &fault, when);
	case LINE_MORE:
	case LINE_OTHER:
		break;
	}
	take_kernel(log, text);
	return 0;
}

/* Not the kernel's, or nobody can tell: never a fault, and never passed over in silence. */
static int take_unproven(struct fault_log *log, const char *text, bool foreign)
{
	struct fault fault;

	if (read_line(text, &fault) == LINE_OTHER)
		return 0;
	if (foreign) {
		log->foreign++;
		return 0;
	}
	log->fields = true;
	return keep_damaged(log, text);
}

int fault_log_line(struct fault_log *log, const char *line)
{
	struct prefix prefix;
	const char *text = prefix_skip(line, &prefix);
	struct event done;
	enum line_kind kind;

	log->lines++;
	log->records |= prefix.record;
	if (prefix.foreign || prefix.field || log->records)
		return take_unproven(log, text, prefix.foreign);
	kind = events_go_on(&log->events, text, &done);
	if (kind == LINE_FAULT)
		return count_event(log, &done);
	if (kind == LINE_MORE || take_suppressed(log, text) ||
	    take_overflow(log, text))
		return 0;
	return take_fault(log, text, prefix.when);
}

int fault_log_end(struct fault_log *log)
{
	struct event done;
	int ret = 0;

	while (!ret && events_end(&log->events, &done))
		ret = count_event(log, &done);
	tally_sort(&log->tally);
	return ret;
}

bool fault_log_silent(const struct fault_log *log)
{
	return !log->faults && !log->damaged && !log->reports &&
	       !log->suppressed && !log->overflow;
}

bool fault_log_lossy(const struct fault_log *log)
{
	return log->suppressed || log->overflow || log->damaged;
}

void fault_log_free(struct fault_log *log)
{
	text_list_free(&log->damaged_text);
	tally_free(&log->tally);
}
