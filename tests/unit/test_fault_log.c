// SPDX-License-Identifier: GPL-2.0
/* Whole logs: what is counted, what is said to be missing, and what survives. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault/log.h"
#include "host/lines.h"
#include "suite.h"

#define DMAR(what) "[    1.5] DMAR: " what "\n"
#define READ_OF(device, address) DMAR("[DMA Read NO_PASID] Request device [" \
	device "] fault addr " address " [fault reason 0x06] PTE Read access is not set")
#define SMMU(what) "arm-smmu-v3 70c00000.iommu: " what "\n"

static void feed(struct fault_log *log, const char *text)
{
	char *copy = strdup(text), *rest = copy, *line;

	while ((line = strsep(&rest, "\n")))
		assert_int_equal(fault_log_line(log, line), 0);
	free(copy);
}

static void read_log(struct fault_log *log, const char *text)
{
	*log = (struct fault_log){ 0 };
	feed(log, text);
	assert_int_equal(fault_log_end(log), 0);
}

static void faults_that_differ_in_the_address_are_one_row(void **state)
{
	struct fault_log log;

	(void)state;
	read_log(&log, READ_OF("00:02.0", "0x1000") READ_OF("00:03.0", "0x1000")
		 READ_OF("00:03.0", "0x2000") READ_OF("00:03.0", "0x3000"));
	assert_int_equal(log.faults, 4);
	assert_int_equal(log.tally.count, 2);
	assert_int_equal(log.tally.row[0].count, 3);
	assert_int_equal(log.tally.row[0].fault.requester.id, 0x18);
	assert_int_equal(log.tally.row[0].fault.address, 0x1000);
	assert_int_equal(log.tally.row[0].last_address, 0x3000);
	assert_string_equal(log.tally.row[0].last, "1.5");
	assert_false(fault_log_lossy(&log));
	fault_log_free(&log);
}

static void losses_are_seen(void **state)
{
	struct fault_log log;

	(void)state;
	read_log(&log, DMAR("DRHD: handling fault status reg 2")
		 "[9.1] dmar_fault: 2474 callbacks suppressed\n"
		 "[9.1] iommu ivhd0: amd_iommu_report_page_fault: 6 callbacks suppressed\n"
		 "[9.1] net_ratelimit: 100 callbacks suppressed\n"
		 "[9.1] dmar_fault: many callbacks suppressed\n");
	assert_int_equal(log.suppressed, 2480);
	assert_int_equal(log.reports, 1);
	assert_false(log.overflow);
	assert_true(fault_log_lossy(&log));
	fault_log_free(&log);
	read_log(&log, DMAR("DRHD: handling fault status reg 3"));
	assert_true(log.overflow);
	fault_log_free(&log);
	read_log(&log, SMMU("EVTQ overflow detected -- events lost"));
	assert_true(log.overflow);
	assert_false(fault_log_silent(&log));
	fault_log_free(&log);
}

static void a_log_without_faults_is_silent(void **state)
{
	struct fault_log log;

	(void)state;
	read_log(&log, "[0.0] Linux version 6.1.0-56-amd64 (debian)\n"
		 DMAR("IOMMU enabled") DMAR("Intel(R) Virtualization")
		 "AMD-Vi: Found IOMMU cap 0x40\n"
		 "Nov 26 06:58:10 host evil[1]: [DMA Read] Request device [\n");
	assert_true(fault_log_silent(&log));
	assert_string_equal(log.kernel, "6.1.0-56-amd64");
	fault_log_free(&log);
}

static void an_event_of_many_lines_is_one_fault(void **state)
{
	struct fault_log log;
	const struct fault *fault;

	(void)state;
	read_log(&log, SMMU("event 0x10 received:")
		 SMMU("\t0x0000010000000010")
		 "[1.0] usb 1-1: in between\n"
		 SMMU("\t0x0000020000000000") SMMU("\t0x00000000deadb000")
		 SMMU("\t0x0000000000000000")
		 SMMU("event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0 iova: 0xdeadb000 ipa: 0")
		 SMMU("unpriv data write s1 \"Input address caused fault\" stag: 0"));
	assert_int_equal(log.faults, 1);
	fault = &log.tally.row[0].fault;
	assert_int_equal(fault->kind, FAULT_WRITE);
	assert_int_equal(fault->requester.id, 0x100);
	assert_int_equal(fault->address, 0xdeadb000);
	fault_log_free(&log);
}

#define UNIT(unit, what) "arm-smmu-v3 " unit ".iommu: " what "\n"

/* Two units in turn, and more units than there is room for. */
static void events_of_several_units_are_told_apart(void **state)
{
	struct fault_log log;
	char line[160];

	(void)state;
	read_log(&log, UNIT("a", "event 0x10 received:")
		 UNIT("b", "event 0x13 received:")
		 UNIT("a", "\t0x0000010000000010") UNIT("b", "\t0x0000020000000013")
		 UNIT("b", "\t0x0000020800000000") UNIT("a", "\t0x0000020000000000")
		 UNIT("a", "\t0x00000000deadb000") UNIT("b", "\t0x00000000beefb000")
		 UNIT("a", "event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0 iova: 0xdeadb000 ipa: 0")
		 UNIT("b", "\t0x0000000000000000"));
	assert_int_equal(log.faults, 2);
	assert_int_equal(log.tally.row[1].fault.stream, 0x100);
	assert_int_equal(log.tally.row[1].fault.kind, FAULT_WRITE);
	assert_int_equal(log.tally.row[1].fault.requester.id, 0x100);
	assert_int_equal(log.tally.row[0].fault.stream, 0x200);
	assert_int_equal(log.tally.row[0].fault.kind, FAULT_READ);
	assert_int_equal(log.tally.row[0].fault.address, 0xbeefb000);
	fault_log_free(&log);
	log = (struct fault_log){ 0 };
	for (int i = 0; i < EVENTS_OPEN + 10; i++) {
		snprintf(line, sizeof(line), UNIT("%d", "event 0x10 received:"), i);
		feed(&log, line);
	}
	assert_int_equal(log.faults, 10);
	assert_int_equal(fault_log_end(&log), 0);
	assert_int_equal(log.faults, EVENTS_OPEN + 10);
	fault_log_free(&log);
}

static void raw_words_alone_are_decoded(void **state)
{
	struct fault_log log;
	const struct fault *fault;

	(void)state;
	read_log(&log, SMMU("event 0x13 received:")
		 SMMU("\\x090x0000010000005813") SMMU("\t0x0000020800000000")
		 SMMU("\t0x00000000deadb000"));
	fault = &log.tally.row[0].fault;
	assert_int_equal(fault->kind, FAULT_READ);
	assert_int_equal(fault->code, 0x13);
	assert_int_equal(fault->stream, 0x100);
	assert_true(fault->has_pasid);
	assert_int_equal(fault->pasid, 5);
	assert_false(fault->has_requester);
	fault_log_free(&log);
}

static void an_event_whose_words_are_lost_counts_once(void **state)
{
	struct fault_log log;

	(void)state;
	read_log(&log, SMMU("event 0x10 received:") SMMU("\t0x00000100000")
		 SMMU("event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0 iova: 0x1000 ipa: 0")
		 SMMU("event 0x02 received:")
		 SMMU("event 0x02 received:"));
	assert_int_equal(log.faults, 3);
	assert_int_equal(log.tally.count, 2);
	fault_log_free(&log);
}

static void damaged_lines_are_kept_but_not_all(void **state)
{
	struct fault_log log = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++)
		feed(&log, "DMAR: [DMA Read NO_PASID] Request device [00:02");
	assert_int_equal(fault_log_end(&log), 0);
	assert_int_equal(log.damaged, 100);
	assert_int_equal(log.damaged_text.count, LOG_DAMAGED);
	assert_false(fault_log_silent(&log));
	fault_log_free(&log);
}

static void too_many_requesters_are_counted_only(void **state)
{
	struct fault_log log = { 0 };
	char line[160];

	(void)state;
	for (unsigned int id = 0; id < TALLY_ROWS + 100; id++) {
		snprintf(line, sizeof(line), READ_OF("%02x:%02x.%x", "0x0"),
			 id >> 8, id >> 3 & 0x1f, id & 7);
		feed(&log, line);
	}
	assert_int_equal(fault_log_end(&log), 0);
	assert_int_equal(log.faults, TALLY_ROWS + 100);
	assert_int_equal(log.tally.count, TALLY_ROWS);
	assert_int_equal(log.tally.left_out, 100);
	fault_log_free(&log);
}

/* Writes bytes to a file and opens it as a log. */
static struct lines *open_bytes(const char *bytes, size_t length)
{
	char path[] = "/tmp/iowarden-log.XXXXXX";
	struct lines *lines = malloc(sizeof(*lines));
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
	assert_int_equal(lines_open(lines, path), 0);
	unlink(path);
	return lines;
}

static void lines_of_any_length_are_read(void **state)
{
	size_t length = 200000;
	char *bytes = malloc(length);
	struct lines *lines;

	(void)state;
	memset(bytes, 'x', length);
	memcpy(bytes, "first\r\n\0\0\0second\n", 17);
	memcpy(bytes + length - 6, "\nlast", 6);
	lines = open_bytes(bytes, length - 1);
	assert_string_equal(lines_next(lines), "first");
	assert_string_equal(lines_next(lines), "second");
	assert_int_equal(strlen(lines_next(lines)),
			 sizeof(lines->buffer) - 1);
	assert_string_equal(lines_next(lines), "last");
	assert_null(lines_next(lines));
	assert_int_equal(lines->error, 0);
	lines_close(lines);
	free(lines);
	free(bytes);
}

static void what_is_no_log_is_refused(void **state)
{
	struct lines *lines = malloc(sizeof(*lines));

	(void)state;
	assert_int_equal(lines_open(lines, "/tmp"), -EISDIR);
	assert_int_equal(lines_open(lines, "/no/such/file"), -ENOENT);
	assert_string_equal(lines->name, "/no/such/file");
	free(lines);
}

/* A generator of our own, so that a failure comes again. */
static uint32_t next(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static const char *const seeds[] = {
	READ_OF("0001:00:02.0", "0x1000"),
	DMAR("[INTR-REMAP] Request device [f0:1f.7] fault index 0x25 [fault reason 0x25] Blocked"),
	DMAR("[DMA Read] Request device [06:00.0] PASID ffffffff fault addr 1a5e12000 [fault reason 06] PTE"),
	DMAR("DRHD: handling fault status reg 3"),
	"Nov 26 06:58:10 host kernel: [9.1] dmar_fault: 2474 callbacks suppressed",
	"3,1234,5678901,-;amdgpu 0000:05:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000c address=0xfe0000 flags=0x0020]",
	"AMD-Vi: Event logged [UNKNOWN event[0]=0x00000a00 event[1]=0xf0200000 event[2]=0x00001000 event[3]=0x00000001",
	"AMD-Vi:   device=0000:03:00.0 domain=0x0000",
	"arm-smmu 5000000.iommu: Unhandled context fault: fsr=0x402, iova=0xff3cf000, fsynr=0x300003, cbfrsynra=0x409, cb=10",
	SMMU("event 0x10 received:"), SMMU("\t0x0000010000000010"),
	SMMU("event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0 iova: 0xdeadb000 ipa: 0"),
	"virtio_iommu virtio0: page fault from EP 8 at 0x1000 [W]",
	"Thu 2026-11-26 06:58:10 UTC host kernel: " READ_OF("00:02.0", "0x1000"),
	"[    1.5 <    0.1>][   T12] host qemu[12]: " READ_OF("00:02.0", "0x1000"),
	"Nov 26 06:58:10.123 host kern.err kernel: " READ_OF("00:02.0", "0x1000"),
	"{ \"MESSAGE\" : \"DMAR: [DMA Read] Request device [",
};

/* Changes, drops and doubles bytes, or hangs the rest of another line on. */
static void mutate(char *line, size_t size, uint32_t *seed)
{
	unsigned int changes = next(seed) % 5;
	size_t length = strlen(line), at;

	for (; changes && length; changes--, length = strlen(line)) {
		at = next(seed) % length;
		switch (next(seed) % 4) {
		case 0:
			line[at] = (char)(next(seed) % 255 + 1);
			break;
		case 1:
			memmove(line + at, line + at + 1, length - at);
			break;
		case 2:
			line[at] = '\0';
			break;
		case 3:
			snprintf(line + at, size - at, "%s",
				 seeds[next(seed) % COUNT(seeds)] +
				 next(seed) % 20);
			break;
		}
	}
}

static void no_line_can_do_harm(void **state)
{
	struct fault_log log = { 0 };
	uint32_t seed = 20261126;
	char line[512];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		char *copy;

		snprintf(line, sizeof(line), "%s",
			 seeds[next(&seed) % COUNT(seeds)]);
		mutate(line, sizeof(line), &seed);
		/* In memory of its own, so that no byte after it is read. */
		copy = strdup(line);
		assert_int_equal(fault_log_line(&log, copy), 0);
		free(copy);
	}
	assert_int_equal(fault_log_end(&log), 0);
	assert_int_equal(log.lines, 200000);
	assert_true(log.faults > 10000 && log.damaged > 10000);
	fault_log_free(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_that_differ_in_the_address_are_one_row),
		cmocka_unit_test(losses_are_seen),
		cmocka_unit_test(a_log_without_faults_is_silent),
		cmocka_unit_test(an_event_of_many_lines_is_one_fault),
		cmocka_unit_test(events_of_several_units_are_told_apart),
		cmocka_unit_test(raw_words_alone_are_decoded),
		cmocka_unit_test(an_event_whose_words_are_lost_counts_once),
		cmocka_unit_test(damaged_lines_are_kept_but_not_all),
		cmocka_unit_test(too_many_requesters_are_counted_only),
		cmocka_unit_test(lines_of_any_length_are_read),
		cmocka_unit_test(what_is_no_log_is_refused),
		cmocka_unit_test(no_line_can_do_harm),
	};

	return cmocka_run_group_tests_name("fault log", tests, NULL, NULL);
}
