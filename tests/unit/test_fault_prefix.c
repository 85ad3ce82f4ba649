// SPDX-License-Identifier: GPL-2.0
/* What stands before the words of the kernel, in every log that we know of. */
#include <stdlib.h>
#include <string.h>

#include "fault/log.h"
#include "suite.h"

#define FAULT "DMAR: [DMA Write NO_PASID] Request device [00:02.0] fault addr 0x1000 [fault reason 0x05] PTE"
#define AMD "amdgpu 0000:05:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000c address=0x1000 flags=0x0020]"

/* The kernel says a fault after each of these. */
static const struct {
	const char *prefix, *when;
} kernels[] = {
	/* dmesg: plain, -t, -r, -x, -T, -e, -d, -T -d, --time-format iso, -S with the caller */
	{ "[    0.938401] ", "0.938401" },
	{ "", "" },
	{ "<3>[    1.500000] ", "1.500000" },
	{ "kern  :err   : [   12.5] ", "12.5" },
	{ "[Thu Nov 26 06:58:10 2026] ", "Thu Nov 26 06:58:10 2026" },
	{ "[Do Nov  6 06:58:10 2026] ", "Do Nov  6 06:58:10 2026" },
	{ "[Nov26 06:58] ", "Nov26 06:58" },
	{ "[  +0.000123] ", "+0.000123" },
	{ "[    1.500000 <    0.000123>] ", "1.500000" },
	{ "[<    0.000123>] ", "" },
	{ "[Thu Nov 26 06:58:10 2026 <    0.000123>] ", "Thu Nov 26 06:58:10 2026" },
	{ "2026-11-26T06:58:10,123456+00:00 ", "2026-11-26T06:58:10,123456+00:00" },
	{ "kern  :err   : 2026-11-26T06:58:10,123456+00:00 ",
	  "2026-11-26T06:58:10,123456+00:00" },
	{ "[    1.500000][   T12] ", "1.500000" },
	{ "[    1.500000] [    C3] ", "1.500000" },
	/* /dev/kmsg */
	{ "3,1234,5678901,-;", "5.678901" },
	{ "3,1234,5678901,-,caller=T1;", "5.678901" },
	/* journalctl -o short, also in other languages */
	{ "Nov  6 06:58:10 host kernel: ", "Nov  6 06:58:10" },
	{ "f\303\251vr. 06 06:58:10 host kernel: ", "f\303\251vr. 06 06:58:10" },
	{ "11\346\234\210 26 06:58:10 host kernel: ", "11\346\234\210 26 06:58:10" },
	/* short-precise, short-iso, short-iso-precise, short-full */
	{ "Nov 26 06:58:10.123456 host kernel: ", "Nov 26 06:58:10.123456" },
	{ "2026-11-26T06:58:10+0000 host kernel: ", "2026-11-26T06:58:10+0000" },
	{ "2026-11-26T06:58:10+01:00 host kernel: ", "2026-11-26T06:58:10+01:00" },
	{ "2026-11-26T06:58:10.123456+0100 host kernel: ",
	  "2026-11-26T06:58:10.123456+0100" },
	{ "Thu 2026-11-26 06:58:10 UTC host kernel: ", "Thu 2026-11-26 06:58:10 UTC" },
	{ "Thu 2026-11-26 06:58:10 -03 HOST kernel: ", "Thu 2026-11-26 06:58:10 -03" },
	/* short-monotonic, short-delta, short-unix */
	{ "[12345.000001] host kernel: ", "12345.000001" },
	{ "[12345.000001                ] host kernel: ", "12345.000001" },
	{ "[12345.000001 <    0.000123 >] host kernel: ", "12345.000001" },
	{ "1700000000.123456 host kernel: ", "1700000000.123456" },
	/* --no-hostname */
	{ "Nov 26 06:58:10 kernel: ", "Nov 26 06:58:10" },
	{ "[    0.938401] kernel: ", "0.938401" },
	/* rsyslog, busybox, logread, and what others keep of them */
	{ "Nov  6 06:58:10 host kernel: [ 13.1] ", "13.1" },
	{ "2026-11-26T06:58:10.123456+00:00 host kernel: [  1.5] ", "1.5" },
	{ "2026-11-26 06:58:10 host kernel: ", "2026-11-26 06:58:10" },
	{ "2026-11-26 06:58:10 +0100 host kernel: ", "2026-11-26 06:58:10 +0100" },
	{ "Nov 26 06:58:10 host kern.err kernel: ", "Nov 26 06:58:10" },
	{ "Nov 26 06:58:10 host kern.err kernel: [    1.5] ", "1.5" },
	{ "Thu Nov 26 06:58:10 2026 kern.err kernel: [   12.34] ", "12.34" },
	{ "Nov 26 06:58:10 10.0.0.5 [   12.34] ", "12.34" },
	{ "Nov 26 06:58:10 web.prod kernel: ", "Nov 26 06:58:10" },
	/* Serial lines: ts, ts %.s, tio, minicom */
	{ "Nov 26 06:58:10 [ 12.34] ", "12.34" },
	{ "2026-11-26T06:58:10.1Z [ 12.34] ", "12.34" },
	{ "1700000000.123456 [ 12.34] ", "12.34" },
	{ "[06:58:10.123] [   12.34] ", "12.34" },
	{ "[2026-11-26 06:58:10] [   12.34] ", "12.34" },
	/* A mail */
	{ "> > [  2.5] ", "2.5" },
	{ "    [  2.5] ", "2.5" },
};

/* A program says it after each of these. */
static const char *const programs[] = {
	"<30>[    1.5] ", "12,1234,5678901,-;", "daemon:err   : [   12.5] ",
	"[    1.5] systemd[1]: ", "Nov 26 06:58:10 host evil[1]: ",
	"Nov 26 06:58:10.123456 host evil[1]: ", "Nov 26 06:58:10 evil[1]: ",
	"2026-11-26T06:58:10+0000 host sshd[7]: ",
	"2026-11-26T06:58:10.123456+00:00 host sshd[7]: ",
	"Thu 2026-11-26 06:58:10 UTC host qemu[12]: ",
	"Thu 2026-11-26 06:58:10 UTC host user@1000.service/x.service[12]: ",
	"[12345.000001] host foo[1]: ",
	"[12345.000001 <    0.000123 >] host foo[1]: ",
	"1700000000.1 host foo[1]: ",
	/* No process id, or the name of another */
	"Nov 26 06:58:10 host evil: ", "2026-11-26 06:58:10 host evil: ",
	"Nov 26 06:58:10 host DMAR: ", "Nov 26 06:58:10 host kernel[1]: ",
	"Nov 26 06:58:10 host two words[1]: ",
	"Nov 26 06:58:10 host kernel: [ 1.5] x[1]: ",
	"Nov 26 06:58:10 host user.notice root: ",
	"Nov 26 06:58:10 host daemon.err kernel: ",
	"Thu Nov 26 06:58:10 2026 daemon.err foo[12]: ",
	/* The second line of what a program said */
	"                             ",
};

/* One field of a record: who says it stands in another line. */
static const char *const fields[] = {
	"MESSAGE=", "    MESSAGE=", "\t\"MESSAGE\" : \"",
	"         \"msg\": \"", "{\"_TRANSPORT\":\"syslog\",\"MESSAGE\":\"",
	"{ \"MESSAGE\" : \"", "data: {\"MESSAGE\":\"", "\x1e{\"MESSAGE\":\"",
};

/* After one of these all lines are fields. */
static const char *const records[] = {
	"__CURSOR=s=1;i=1", "Thu 2026-11-26 06:58:10.123456 UTC [s=1;i=2]",
};

static void feed(struct fault_log *log, const char *prefix, const char *text)
{
	size_t length = strlen(prefix) + strlen(text) + 1;
	char *line = malloc(length);

	text_print(line, length, "%s%s", prefix, text);
	assert_int_equal(fault_log_line(log, line), 0);
	free(line);
}

static struct fault_log read_line(const char *prefix, const char *text)
{
	struct fault_log log = { 0 };

	feed(&log, prefix, text);
	assert_int_equal(fault_log_end(&log), 0);
	return log;
}

static void the_kernel_is_heard_in_every_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kernels); i++) {
		struct fault_log log = read_line(kernels[i].prefix, FAULT);

		if (log.faults != 1 || log.foreign || log.damaged)
			fail_msg("not the kernel: %s", kernels[i].prefix);
		assert_string_equal(log.tally.row[0].first, kernels[i].when);
		fault_log_free(&log);
	}
}

/* The speaker's own words look like a host and a tag. */
static void a_device_is_no_program(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kernels); i++) {
		struct fault_log log = read_line(kernels[i].prefix, AMD);

		if (log.faults != 1)
			fail_msg("not the kernel: %s", kernels[i].prefix);
		fault_log_free(&log);
	}
}

/* As ts writes it where the log has no times: "amdgpu" could be the host. */
static void behind_a_date_alone_only_the_iommu_itself_is_heard(void **state)
{
	struct fault_log log = read_line("Nov 26 06:58:10 ", FAULT);

	(void)state;
	assert_int_equal(log.faults, 1);
	fault_log_free(&log);
	log = read_line("Nov 26 06:58:10 ", AMD);
	assert_int_equal(log.faults, 0);
	assert_int_equal(log.foreign, 1);
	fault_log_free(&log);
}

static void no_program_is_believed_and_none_is_passed_over(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(programs); i++) {
		struct fault_log log = read_line(programs[i], FAULT);

		if (log.faults || log.damaged || log.foreign != 1)
			fail_msg("not a program: %s", programs[i]);
		assert_true(fault_log_silent(&log));
		fault_log_free(&log);
		log = read_line(programs[i], "nothing about faults");
		assert_int_equal(log.foreign, 0);
		fault_log_free(&log);
	}
}

static void where_nobody_can_tell_who_speaks_nothing_is_believed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		struct fault_log log = read_line(fields[i], FAULT);

		if (log.faults || log.foreign || log.damaged != 1)
			fail_msg("not a field: %s", fields[i]);
		assert_true(log.fields && !log.records);
		fault_log_free(&log);
	}
	for (size_t i = 0; i < COUNT(records); i++) {
		struct fault_log log = { 0 };

		feed(&log, records[i], "");
		feed(&log, "            ", FAULT);
		assert_int_equal(fault_log_end(&log), 0);
		if (log.faults || log.damaged != 1 || !log.fields)
			fail_msg("no record: %s", records[i]);
		fault_log_free(&log);
	}
}

static void brackets_of_the_kernel_are_no_time(void **state)
{
	static const char *const lines[] = {
		"[DMA Read PASID 0x2] Request", "{1}[Hardware Error]: x",
		"[Firmware Bug]: x", "[drm:foo] x", "[", "[ ", "[]", "",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct prefix prefix;

		assert_string_equal(prefix_skip(lines[i], &prefix),
				    lines[i] + strspn(lines[i], " "));
		assert_string_equal(prefix.when, "");
		assert_false(prefix.foreign || prefix.field || prefix.record);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernel_is_heard_in_every_form),
		cmocka_unit_test(a_device_is_no_program),
		cmocka_unit_test(behind_a_date_alone_only_the_iommu_itself_is_heard),
		cmocka_unit_test(no_program_is_believed_and_none_is_passed_over),
		cmocka_unit_test(where_nobody_can_tell_who_speaks_nothing_is_believed),
		cmocka_unit_test(brackets_of_the_kernel_are_no_time),
	};

	return cmocka_run_group_tests_name("fault prefix", tests, NULL, NULL);
}
