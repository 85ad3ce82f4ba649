// SPDX-License-Identifier: GPL-2.0
/* Machines with switches and conventional buses: verdict of a check. */
#include <string.h>

#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)
#define OFF ACS(0x1f, 0x00)
#define VGA 0x030000

/*
 *  00:01.0 root port, on ── 01:00.0 upstream ─┬─ 02:00.0 ── 03:00.0 GPU
 *                                             └─ 02:01.0 ── 04:00.0 NVMe
 *  no downstream port has ACS; the kernel makes two groups of it
 */
static const struct part chipset_switch[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 2 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 3 },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 4 },
	{ "03:00.0", "02:00.0", PORT_ENDPOINT, 3, .class = VGA },
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, 4, .class = 0x010802 },
};

static void switch_without_acs_is_unsafe_and_both_ports_are_named(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, chipset_switch, COUNT(chipset_switch));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_seen(&machine, "open-path", "0000:02:00.0");
	machine_expect_seen(&machine, "open-path", "0000:04:00.0 (below 0000:02:01.0)");
	machine_expect_seen(&machine, "kernel-split-switch",
			    "0000:02:00.0 in group 3 and 0000:02:01.0 in group 4");
	machine_expect_seen(&machine, "inbound-path", "0000:04:00.0");
	assert_int_equal(machine.assessment.judgement.finding_count, 3);
	assert_string_equal(
		judgement_headline(&machine.assessment.judgement)->rule->id,
		"open-path");
	machine_free(&machine);
}

/* Off since the start, groups are what the kernel's rules make of any such switch. */
static void switch_with_acs_off_since_the_start_is_split_by_the_kernel(void **state)
{
	static const struct {
		struct words acs;
		uint32_t group;
		const char *ids;
	} rows[] = {
		{ OFF, 3, "unsafe open-path, unsafe kernel-split-switch, warning inbound-path" },
		{ OFF, 5, "unsafe open-path, unsafe acs-stale, warning inbound-path" },
		/* No write gets through. */
		{ ACS(0x1f, 0x15), 3, "unsafe open-path, warning inbound-path" },
	};
	struct part parts[COUNT(chipset_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, chipset_switch, sizeof(parts));
	for (size_t i = 0; i < COUNT(rows); i++) {
		parts[2].acs = parts[3].acs = rows[i].acs;
		parts[4].group = rows[i].group;
		machine_build(&machine, parts, COUNT(parts));
		machine_check(&machine, "03:00.0", NULL);
		machine_expect_ids(&machine, rows[i].ids);
		machine_free(&machine);
	}
}

/* The type is the card's own word, and a root port without ACS would be assumed to hold. */
static void ports_of_a_card_that_call_themselves_root_ports_are_unsafe(void **state)
{
	struct part parts[COUNT(chipset_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, chipset_switch, sizeof(parts));
	parts[2].type = PORT_ROOT;
	parts[3].type = PORT_ROOT;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_seen(&machine, "open-path", "0000:02:00.0");
	machine_free(&machine);
}

static void switch_without_acs_is_safe_with_both_devices_in_the_set(
	void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, chipset_switch, COUNT(chipset_switch));
	machine_check(&machine, "03:00.0", "04:00.0");
	machine_expect(&machine, "safe", "enforced", 0);
	assert_int_equal(machine.assessment.inquiry.set.count, 2);
	machine_free(&machine);
}

static void switch_with_one_device_is_safe(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, chipset_switch, COUNT(chipset_switch) - 1);
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

static void switch_with_acs_on_is_safe(void **state)
{
	struct part parts[COUNT(chipset_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, chipset_switch, sizeof(parts));
	parts[2].acs = parts[3].acs = (struct words)ON;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

/* ACS is an egress control: the neighbour's open port is not this one's. */
/* Its own port keeps it in, and nothing keeps the neighbour out. */
static void switch_port_with_acs_on_is_entered_from_an_open_one(void **state)
{
	struct part parts[COUNT(chipset_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, chipset_switch, sizeof(parts));
	parts[2].acs = (struct words)ON;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "warning", "enforced", 1);
	machine_expect_seen(&machine, "inbound-path", "0000:02:01.0");
	machine_free(&machine);
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "04:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_free(&machine);
}

/* 00:02.0 root port, on ── 05:00.0 bridge ── 06:03.0, 06:04.0 */
static const struct part pci_bridge[] = {
	{ "00:02.0", NULL, PORT_ROOT, 1, ON },
	{ "05:00.0", "00:02.0", PORT_PCIE_TO_PCI, 2 },
	{ "06:03.0", "05:00.0", PORT_CONVENTIONAL, 2 },
	{ "06:04.0", "05:00.0", PORT_CONVENTIONAL, 2 },
};

static void conventional_bus_in_one_group_is_safe(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, pci_bridge, COUNT(pci_bridge));
	machine_check(&machine, "06:03.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	assert_int_equal(machine.assessment.inquiry.set.count, 2);
	machine_free(&machine);
}

static void conventional_bus_in_two_groups_is_unsafe(void **state)
{
	struct part parts[COUNT(pci_bridge)];
	struct machine machine;

	(void)state;
	memcpy(parts, pci_bridge, sizeof(parts));
	parts[3].group = 3;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "06:03.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_seen(&machine, "conventional-bus", "0000:06:04.0");
	assert_null(machine_finding(&machine, "open-path"));
	machine_free(&machine);
}

static void unreadable_port_that_nobody_is_behind_does_not_matter(void **state)
{
	struct part parts[COUNT(chipset_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, chipset_switch, sizeof(parts));
	parts[2].acs_unknown = REASON_ASLEEP;
	machine_build(&machine, parts, COUNT(parts) - 1);
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

/* What is known to be open decides, whatever else is not known. */
static void unsafe_outweighs_unknown(void **state)
{
	struct part parts[COUNT(chipset_switch)];
	struct machine machine;

	(void)state;
	memcpy(parts, chipset_switch, sizeof(parts));
	parts[0].acs = (struct words){ 0 };
	parts[0].acs_unknown = REASON_NO_ACCESS;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	assert_non_null(machine_finding(&machine, "unreadable"));
	machine_free(&machine);
}

/* An upstream port with a function beside it: requests from below reach it. */
static void function_beside_an_upstream_port_is_reached(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 2,
		  .multifunction = true },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 3,
		  .multifunction = true },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 4, ON },
		{ "03:00.0", "02:00.0", PORT_ENDPOINT, 5 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "unexplained", 2);
	machine_expect_seen(&machine, "split-unexplained", "0000:01:00.1");
	machine_free(&machine);
}

/* Two devices below a root port that cannot be told to send everything up. */
static const struct part below_plain_port[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1 },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "03:00.0", "02:00.0", PORT_ENDPOINT, 1 },
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, 1 },
	{ "05:00.0", NULL, PORT_RC_ENDPOINT, 9 },
};

static void plain_root_port_is_no_barrier_between_what_is_below_it(void **state)
{
	struct part parts[COUNT(below_plain_port)];
	struct machine machine;

	(void)state;
	machine_build(&machine, below_plain_port, COUNT(below_plain_port));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);

	memcpy(parts, below_plain_port, sizeof(parts));
	for (size_t i = 0; i < COUNT(parts); i++)
		parts[i].group = i + 1;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unsafe", "unexplained", 2);
	machine_expect_seen(&machine, "open-path", "0000:04:00.0");
	/* As explain has it. */
	assert_string_equal(machine_finding(&machine, "open-path")->rule->headline,
			    "can write to @ without the IOMMU seeing it.");
	machine_free(&machine);
}

static void functions_of_one_device_fill_the_bus_below_a_port(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, OFF,
		  .multifunction = true },
		{ "01:01.0", "00:01.0", PORT_ENDPOINT, 3, OFF,
		  .multifunction = true },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:01.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_seen(&machine, "open-path", "0000:01:00.0");
	machine_free(&machine);
}

/* 00:01.0 ── 01:00.0 and 00:01.1 ── 02:00.0: functions of one device, without ACS */
static const struct part roots[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, .multifunction = true },
	{ "00:01.1", NULL, PORT_ROOT, 1, .multifunction = true },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 1 },
	{ "02:00.0", "00:01.1", PORT_ENDPOINT, 1 },
};

static void root_ports_of_one_device_are_apart_only_in_one_group(void **state)
{
	struct part rows[COUNT(roots)];
	struct machine machine;

	(void)state;
	machine_build(&machine, roots, COUNT(roots));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
	memcpy(rows, roots, sizeof(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		rows[i].group = 0;
		rows[i].group_unknown = REASON_BUSY;
	}
	rows[2].group = 1;
	rows[2].group_unknown = 0;
	machine_build(&machine, rows, COUNT(rows));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unknown", "assumed", 3);
	machine_expect_seen(&machine, "split-unexplained",
		"0000:00:01.0 (group not known) and 0000:00:01.1 (group not known) are root ports of one device, without ACS; behind the other is 0000:02:00.0 (group not known)");
	machine_free(&machine);
	/* Nobody is there. */
	machine_build(&machine, rows, COUNT(rows) - 1);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
}

/*
 * 00:01.0 ─┬─ 01:00.0 up ── 02:00.0 ── 03:00.0
 *          └─ 01:00.1, whose group is not known
 * That a bridge has a group of its own says nothing of the function beside it.
 */
static void a_split_from_a_bridge_does_not_hide_an_endpoint(void **state)
{
	static const struct part rows[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 2, .multifunction = true },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, .multifunction = true,
		  .group_unknown = REASON_BUSY },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 3, ON },
		{ "03:00.0", "02:00.0", PORT_ENDPOINT, 4 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, rows, COUNT(rows));
	machine_check(&machine, "03:00.0", NULL);
	machine_expect(&machine, "unknown", "unexplained", 3);
	machine_expect_seen(&machine, "split-unexplained", "0000:01:00.1");
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(switch_without_acs_is_unsafe_and_both_ports_are_named),
		cmocka_unit_test(switch_with_acs_off_since_the_start_is_split_by_the_kernel),
		cmocka_unit_test(ports_of_a_card_that_call_themselves_root_ports_are_unsafe),
		cmocka_unit_test(switch_without_acs_is_safe_with_both_devices_in_the_set),
		cmocka_unit_test(switch_with_one_device_is_safe),
		cmocka_unit_test(switch_with_acs_on_is_safe),
		cmocka_unit_test(switch_port_with_acs_on_is_entered_from_an_open_one),
		cmocka_unit_test(conventional_bus_in_one_group_is_safe),
		cmocka_unit_test(conventional_bus_in_two_groups_is_unsafe),
		cmocka_unit_test(unreadable_port_that_nobody_is_behind_does_not_matter),
		cmocka_unit_test(unsafe_outweighs_unknown),
		cmocka_unit_test(function_beside_an_upstream_port_is_reached),
		cmocka_unit_test(plain_root_port_is_no_barrier_between_what_is_below_it),
		cmocka_unit_test(functions_of_one_device_fill_the_bus_below_a_port),
		cmocka_unit_test(root_ports_of_one_device_are_apart_only_in_one_group),
		cmocka_unit_test(a_split_from_a_bridge_does_not_hide_an_endpoint),
	};

	return cmocka_run_group_tests_name("bridges", tests, NULL, NULL);
}
