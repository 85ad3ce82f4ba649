// SPDX-License-Identifier: GPL-2.0
/*
 * Findings about groups that are not as predicted, and about quirks that stand
 * in for registers.
 */
#include <string.h>

#include "grouping_case.h"
#include "suite.h"

/*
 * 00:01.0 root port, no ACS ── 01:00.0 GPU      the kernel has them apart
 * 00:02.0 root port, ACS    ─┬ 02:00.0, 02:00.1 functions of one device
 */
static const struct part lone[] = {
	PORT_OF("00:01.0", ROOT, NULL, .group = 1),
	PORT_OF("00:02.0", ROOT, NULL, .group = 2, .acs = ON),
	PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 3),
	PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 4,
		.multifunction = true),
	PORT_OF("02:00.1", ENDPOINT, "00:02.0", .group = 5,
		.multifunction = true),
};

static void build(struct machine *machine, const struct part *parts,
		  size_t count)
{
	machine_build(machine, parts, count);
	machine_kernel(machine, "7.3.4");
}

static void expect(struct machine *machine, const char *bdf, const char *ids)
{
	machine_check(machine, bdf, NULL);
	machine_expect_ids(machine, ids);
	machine_free(machine);
}

static void a_split_between_endpoints_is_unsafe(void **state)
{
	struct machine machine;

	(void)state;
	build(&machine, lone, COUNT(lone));
	machine_check(&machine, "02:00.1", NULL);
	machine_expect(&machine, "unsafe", "unexplained", 2);
	machine_expect_ids(&machine,
		"unsafe split-unexplained, warning companion-outside");
	machine_expect_seen(&machine, "split-unexplained",
			    "0000:02:00.1 in group 5 and 0000:02:00.0 in group 4");
	machine_expect_seen(&machine, "split-unexplained",
			    "(functions of one device that nothing keeps apart)");
	machine_expect_seen(&machine, "split-unexplained",
			    "likely by functions that came after the start");
	machine_free(&machine);
	/* Handed over together there is nobody to be kept from. */
	build(&machine, lone, COUNT(lone));
	machine_check(&machine, "02:00.0", "02:00.1");
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

static void a_split_from_bridges_is_an_info(void **state)
{
	struct machine machine;

	(void)state;
	build(&machine, lone, COUNT(lone));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_expect_ids(&machine,
		"info port-without-acs, info split-unexplained");
	machine_expect_seen(&machine, "split-unexplained",
			    "the way up is not isolated at 0000:00:01.0");
	machine_free(&machine);
}

/* Kept from a port and from an endpoint: the endpoint is what counts. */
static void endpoints_count_before_bridges(void **state)
{
	struct part parts[COUNT(lone) + 1];
	struct machine machine;

	(void)state;
	memcpy(parts, lone, sizeof(lone));
	parts[5] = (struct part)PORT_OF("01:01.0", ENDPOINT, "00:01.0",
					.group = 6);
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "unexplained", 2);
	machine_expect_ids(&machine, "unsafe open-path, unsafe split-unexplained, warning inbound-path, warning companion-outside");
	machine_free(&machine);
}

static void an_override_takes_the_blame(void **state)
{
	static const struct {
		const char *bdf, *ids;
	} rows[] = {
		{ "02:00.0",
		  "unsafe override-active, warning companion-outside" },
		{ "01:00.0", "warning override-active, info port-without-acs" },
		{ "03:00.0", "warning override-in-use-elsewhere" },
		{ "04:00.0",
		  "unknown asleep, warning override-active" },
	};
	struct part parts[COUNT(lone) + 4];
	struct machine machine;

	(void)state;
	memcpy(parts, lone, sizeof(lone));
	parts[5] = (struct part)PORT_OF("0001:00:03.0", ROOT, NULL, .group = 6,
					.acs = ON);
	parts[6] = (struct part)PORT_OF("03:00.0", ENDPOINT, "0001:00:03.0",
					.group = 7);
	parts[7] = (struct part)PORT_OF("0002:00:04.0", ROOT, NULL, .group = 8,
					.acs_unknown = REASON_ASLEEP);
	parts[8] = (struct part)PORT_OF("04:00.0", ENDPOINT, "0002:00:04.0",
					.group = 9);
	for (size_t i = 0; i < COUNT(rows); i++) {
		build(&machine, parts, COUNT(parts));
		machine_start(&machine, "pcie_acs_override=downstream");
		machine_tell(&machine, HOST_OVERRIDE_PATCH, ANSWER_YES);
		expect(&machine, rows[i].bdf, rows[i].ids);
	}
	/* One that may not be obeyed is only likely. */
	build(&machine, parts, COUNT(parts));
	machine_start(&machine, "pcie_acs_override=downstream");
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_seen(&machine, "split-unexplained",
			    "likely by pcie_acs_override=, if this kernel");
	machine_free(&machine);
	build(&machine, parts, COUNT(parts));
	machine_tell(&machine, HOST_OVERRIDE_PATCH, ANSWER_YES);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_seen(&machine, "split-unexplained",
			    "or the override patch, which this kernel has");
	machine_free(&machine);
}

/*
 * 00:01.0 root port ── 01:00.0 upstream ─┬─ 02:00.0 ── 03:00.0
 *                                        └─ 02:01.0 ── 04:00.0
 * all without ACS but for the root port, as a test has it
 */
static const struct part split_switch[] = {
	PORT_OF("00:01.0", ROOT, NULL, .group = 1),
	PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2),
	PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 3),
	PORT_OF("02:01.0", DOWNSTREAM, "01:00.0", .group = 4),
	PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 5),
	PORT_OF("04:00.0", ENDPOINT, "02:01.0", .group = 6),
};

/* Below a root port without ACS the kernel's own rules make one group. */
static void an_override_of_a_switch_is_no_hole_of_the_kernel(void **state)
{
	static const struct {
		struct words root;
		bool override;
		const char *ids;
	} rows[] = {
		{ { 0 }, true, "unsafe open-path, unsafe open-path, unsafe override-active, warning inbound-path, warning inbound-path" },
		{ { 0 }, false, "unsafe open-path, unsafe open-path, unsafe split-unexplained, warning inbound-path, warning inbound-path" },
		{ ON, true, "unsafe open-path, unsafe kernel-split-switch, warning inbound-path, warning override-active" },
	};
	struct part parts[COUNT(split_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, split_switch, sizeof(parts));
	for (size_t i = 0; i < COUNT(rows); i++) {
		parts[0].acs = rows[i].root;
		build(&machine, parts, COUNT(parts));
		if (rows[i].override)
			machine_tell(&machine, HOST_OVERRIDE_WARNED, ANSWER_YES);
		machine_check(&machine, "03:00.0", NULL);
		machine_expect(&machine, "unsafe", "none", 2);
		machine_expect_ids(&machine, rows[i].ids);
		machine_free(&machine);
	}
}

/* A fact is missing: then the groups are not compared. */
static void what_is_not_known_stays_unknown(void **state)
{
	struct part parts[COUNT(lone)];
	struct machine machine;

	(void)state;
	memcpy(parts, lone, sizeof(parts));
	parts[4].acs_unknown = REASON_NO_ACCESS;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "02:00.0", NULL);
	machine_expect(&machine, "unknown", "none", 3);
	machine_expect_seen(&machine, "split-unexplained",
			    "lets through to 0000:02:00.1");
	machine_free(&machine);
}

static void registers_that_were_on_make_a_group_stale(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2),
		PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 3,
			.acs = OFF),
		PORT_OF("02:01.0", DOWNSTREAM, "01:00.0", .group = 4,
			.acs = OFF),
		PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 5),
		PORT_OF("04:00.0", ENDPOINT, "02:01.0", .group = 4),
	};
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "stale", 2);
	machine_expect_seen(&machine, "acs-stale",
			    "0000:02:00.0 has ACS ctrl 0x0000 of 0x001f now");
	assert_null(machine_finding(&machine, "split-unexplained"));
	machine_free(&machine);
	/* Off at the start: the port is in the group. */
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "04:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	assert_null(machine_finding(&machine, "acs-stale"));
	machine_free(&machine);
}

/*
 * 00:01.0 root port, off ── 01:00.0 upstream ─┬─ 02:00.0 downstream, none ── 03:00.0
 *                                             └─ 02:01.0 downstream, none ── 04:00.0
 *
 * The kernel put each device together with its port, which had its group by the
 * root port alone.
 */
static void groups_below_what_is_off_now_are_stale(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = OFF),
		PORT_OF("00:02.0", RC_ENDPOINT, NULL, .group = 7),
		PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2),
		PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 3),
		PORT_OF("02:01.0", DOWNSTREAM, "01:00.0", .group = 4),
		PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 3),
		PORT_OF("04:00.0", ENDPOINT, "02:01.0", .group = 4),
	};
	struct part split[COUNT(parts)];
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", "04:00.0");
	machine_expect(&machine, "unsafe", "stale", 2);
	machine_expect_ids(&machine, "unsafe open-path, unsafe acs-stale");
	machine_expect_seen(&machine, "acs-stale", "0000:00:01.0 has ACS ctrl");
	machine_free(&machine);
	/* Nor does a port that is off explain what is split below it. */
	memcpy(split, parts, sizeof(parts));
	split[5].group = 5;
	build(&machine, split, COUNT(split));
	machine_check(&machine, "03:00.0", "04:00.0");
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_ids(&machine,
		"unsafe open-path, info split-unexplained");
	machine_free(&machine);
}

static void functions_that_were_apart_are_stale(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2, .acs = OFF,
			.multifunction = true),
		PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 3, .acs = OFF,
			.multifunction = true),
	};
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "unsafe", "stale", 2);
	assert_null(machine_finding(&machine, "split-unexplained"));
	machine_free(&machine);
}

static void a_wide_group_is_an_info(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("00:02.0", ROOT, NULL, .group = 2, .acs = ON),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 3),
		PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 3),
	};
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_expect_ids(&machine, "info group-wider");
	machine_expect_seen(&machine, "group-wider",
			    "0000:01:00.0 and 0000:02:00.0 in group 3");
	machine_free(&machine);
	build(&machine, parts, COUNT(parts));
	machine_kernel(&machine, "9.1.0");
	expect(&machine, "01:00.0", "warning quirks-older, info group-wider");
}

static void a_newer_kernel_may_know_more(void **state)
{
	struct machine machine;

	(void)state;
	build(&machine, lone, COUNT(lone));
	machine_kernel(&machine, "7.4.1-amd64");
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_ids(&machine, "unsafe split-unexplained, warning quirks-older, warning companion-outside");
	machine_expect_seen(&machine, "quirks-older", "Linux 7.4.1-amd64");
	machine_expect_seen(&machine, "split-unexplained",
			    "quirks of a kernel newer than these");
	machine_free(&machine);
	/* Of an unknown one nobody says that it is newer. */
	build(&machine, lone, COUNT(lone));
	machine_kernel(&machine, "");
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_ids(&machine, "unsafe split-unexplained, warning quirks-older, warning companion-outside");
	machine_expect_seen(&machine, "quirks-older",
			    "a kernel of unknown release");
	machine_expect_seen(&machine, "split-unexplained",
			    "quirks of a kernel whose release is not known");
	machine_free(&machine);
	/* Where it agrees there is nothing to know. */
	build(&machine, lone, COUNT(lone) - 1);
	machine_kernel(&machine, "7.4.1-amd64");
	expect(&machine, "02:00.0", "");
}

/*
 * 00:01.0 root port, vouched for ── 01:00.0
 * 00:02.0 root port, ACS ── 02:00.0, 02:00.1 functions, vouched for
 */
static void a_vouched_hop_is_attested(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x10e8e004),
		PORT_OF("00:02.0", ROOT, NULL, .group = 2, .acs = ON),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 3),
		PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 4,
			.multifunction = true, .id = 0x80861521),
		PORT_OF("02:00.1", ENDPOINT, "00:02.0", .group = 5,
			.multifunction = true, .id = 0x80861521),
	};
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "attested", 0);
	machine_expect_ids(&machine, "info quirk-attested");
	machine_expect_seen(&machine, "quirk-attested",
			    "pci_quirk_xgene_acs() of Linux vouches for 10e8:e004");
	machine_free(&machine);
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "02:00.0", NULL);
	machine_expect(&machine, "warning", "attested", 1);
	machine_expect_ids(&machine,
		"warning companion-outside, info quirk-attested");
	machine_free(&machine);
}

static void an_idt_switch_lacks_source_validation(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2),
		PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 3,
			.id = 0x111d8090, .acs = ACS(0x1f, 0x1c)),
		PORT_OF("02:01.0", DOWNSTREAM, "01:00.0", .group = 4,
			.id = 0x111d8090, .acs = ON),
		PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 5),
		PORT_OF("04:00.0", ENDPOINT, "02:01.0", .group = 6),
	};
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "warning", "assumed", 1);
	machine_expect_ids(&machine, "warning broken-sv");
	machine_expect_seen(&machine, "broken-sv", "off: SV");
	machine_free(&machine);
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "04:00.0", NULL);
	assert_null(machine_finding(&machine, "broken-sv"));
	machine_free(&machine);
	build(&machine, parts, COUNT(parts));
	machine_kernel(&machine, "6.12.1");
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "stale", 2);
	machine_expect_ids(&machine, "unsafe open-path, unsafe acs-stale");
	machine_free(&machine);
}

/* The kernel drops one bit, and counts on the others. */
static void other_bits_of_an_idt_switch_count(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2),
		PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 3,
			.id = 0x111d8090, .acs = ACS(0x1f, 0x14)),
		PORT_OF("02:01.0", DOWNSTREAM, "01:00.0", .group = 4,
			.id = 0x111d8090, .acs = ACS(0x1f, 0x1c)),
		PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 3),
		PORT_OF("04:00.0", ENDPOINT, "02:01.0", .group = 6),
	};
	struct machine machine;

	(void)state;
	build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_seen(&machine, "open-path", "does not fully keep from");
	assert_non_null(machine_finding(&machine, "broken-sv"));
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_split_between_endpoints_is_unsafe),
		cmocka_unit_test(a_split_from_bridges_is_an_info),
		cmocka_unit_test(endpoints_count_before_bridges),
		cmocka_unit_test(an_override_takes_the_blame),
		cmocka_unit_test(an_override_of_a_switch_is_no_hole_of_the_kernel),
		cmocka_unit_test(what_is_not_known_stays_unknown),
		cmocka_unit_test(registers_that_were_on_make_a_group_stale),
		cmocka_unit_test(groups_below_what_is_off_now_are_stale),
		cmocka_unit_test(functions_that_were_apart_are_stale),
		cmocka_unit_test(a_wide_group_is_an_info),
		cmocka_unit_test(a_newer_kernel_may_know_more),
		cmocka_unit_test(a_vouched_hop_is_attested),
		cmocka_unit_test(an_idt_switch_lacks_source_validation),
		cmocka_unit_test(other_bits_of_an_idt_switch_count),
	};

	return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
