// SPDX-License-Identifier: GPL-2.0
/* Rules about the kernel and what it was told: IOMMU, interrupts, overrides. */
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)

/* 00:01.0 root port, ACS on ── 01:00.0 GPU   (group 2) */
static const struct part honest[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000 },
};

/* No IOMMU translates for anything. */
static const struct part bare[] = {
	{ "00:02.0", NULL, PORT_RC_ENDPOINT, .class = 0x030000 },
	{ "00:03.0", NULL, PORT_RC_ENDPOINT },
};

static void expect(struct machine *machine, const char *bdf, const char *ids)
{
	machine_check(machine, bdf, NULL);
	machine_expect_ids(machine, ids);
	machine_free(machine);
}

static void an_honest_machine_has_no_finding(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_start(&machine, "intel_iommu=on");
	for (unsigned int i = HOST_UNSAFE_INTERRUPTS; i <= HOST_OVERRIDE_WARNED;
	     i++)
		machine_tell(&machine, i, ANSWER_NO);
	expect(&machine, "01:00.0", "");
}

static void assert_cause(struct machine *machine, const char *bdf,
			 const char *cause)
{
	machine_check(machine, bdf, NULL);
	machine_expect(machine, "unsafe", "none", 2);
	machine_expect_seen(machine, "no-iommu", cause);
	machine_free(machine);
}

static void set_units(struct machine *machine, uint32_t units)
{
	field_set_number(host_fields, HOST_IOMMU_UNITS, &machine->facts.host,
			 units);
}

static void set_table(struct machine *machine, const char *table)
{
	field_set_text(host_fields, HOST_FIRMWARE_TABLE, &machine->facts.host,
		       table, strlen(table));
}

static void no_iommu_names_its_cause(void **state)
{
	static const char *const switches[] = {
		"intel_iommu=off", "amd_iommu=off", "iommu=off",
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(switches); i++) {
		machine_build(&machine, bare, COUNT(bare));
		machine_start(&machine, switches[i]);
		set_table(&machine, "");
		assert_cause(&machine, "00:03.0", switches[i]);
	}
	machine_build(&machine, bare, COUNT(bare));
	set_table(&machine, "");
	set_units(&machine, 0);
	assert_cause(&machine, "00:03.0", "firmware describes no IOMMU");
	machine_build(&machine, bare, COUNT(bare));
	set_table(&machine, "DMAR");
	set_units(&machine, 0);
	assert_cause(&machine, "00:03.0", "no driver of this kernel");
	machine_build(&machine, bare, COUNT(bare));
	set_table(&machine, "DMAR");
	set_units(&machine, 2);
	assert_cause(&machine, "00:03.0", "do not cover it");
	machine_build(&machine, bare, COUNT(bare));
	machine_change(&machine, "00:02.0")->vendor = 0x8086;
	set_units(&machine, 2);
	assert_cause(&machine, "00:02.0", "integrated graphics");
	machine_build(&machine, bare, COUNT(bare));
	assert_cause(&machine, "00:03.0", "not known");
}

static void no_iommu_mode_hands_over_what_nothing_translates_for(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, bare, COUNT(bare));
	machine_tell(&machine, HOST_NOIOMMU_MODE, ANSWER_YES);
	expect(&machine, "00:03.0",
	       "unsafe noiommu-mode, unsafe no-iommu, info faults-unwatched");
	/* As /sys shows the group that vfio makes up. */
	machine_build(&machine, honest, COUNT(honest));
	field_set_number(group_fields, GROUP_NOIOMMU, machine_group(&machine, 2),
			 1);
	expect(&machine, "01:00.0",
	       "unsafe noiommu-mode, info faults-unwatched");
	/* A device with a real group is not handed over that way. */
	machine_build(&machine, honest, COUNT(honest));
	machine_tell(&machine, HOST_NOIOMMU_MODE, ANSWER_YES);
	expect(&machine, "01:00.0", "warning noiommu-mode");
}

static void identity_domain_is_an_info(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	field_set_text(group_fields, GROUP_TYPE, machine_group(&machine, 2),
		       "identity", 8);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_expect_seen(&machine, "identity-domain", "group 2");
	machine_free(&machine);
	machine_build(&machine, honest, COUNT(honest));
	field_set_text(group_fields, GROUP_TYPE, machine_group(&machine, 2),
		       "DMA-FQ", 6);
	expect(&machine, "01:00.0", "");
}

/* Group, machine, permission, nosid: who is believed, and what it comes to. */
static void interrupts_are_judged_by_group_then_machine(void **state)
{
	static const struct {
		enum answer group, machine, allowed;
		bool nosid;
		const char *ids;
	} cases[] = {
		{ ANSWER_YES, 0, 0, false, "" },
		{ ANSWER_YES, ANSWER_NO, ANSWER_NO, false, "" },
		{ ANSWER_NO, ANSWER_YES, 0, false,
		  "unsafe interrupts-not-isolated" },
		{ 0, ANSWER_YES, 0, false, "" },
		{ 0, ANSWER_NO, 0, false, "unsafe interrupts-not-isolated" },
		{ 0, 0, 0, false, "unknown interrupts-unknown" },
		{ 0, 0, ANSWER_NO, false, "unknown interrupts-unknown" },
		{ 0, 0, ANSWER_YES, false, "unsafe interrupts-not-isolated" },
		{ ANSWER_YES, 0, ANSWER_YES, false,
		  "warning interrupts-not-isolated" },
		{ ANSWER_NO, 0, ANSWER_YES, false,
		  "unsafe interrupts-not-isolated" },
		{ ANSWER_YES, 0, 0, true, "unsafe interrupts-not-isolated" },
		{ ANSWER_NO, 0, 0, true, "unsafe interrupts-not-isolated" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct group *group;

		machine_build(&machine, honest, COUNT(honest));
		group = machine_group(&machine, 2);
		group->isolated_msi = cases[i].group;
		if (!cases[i].group)
			group->known &= ~(UINT64_C(1) << GROUP_ISOLATED_MSI);
		if (cases[i].machine)
			machine_tell(&machine, HOST_INTERRUPTS_REMAPPED,
				     cases[i].machine);
		if (cases[i].allowed)
			machine_tell(&machine, HOST_UNSAFE_INTERRUPTS,
				     cases[i].allowed);
		if (cases[i].nosid)
			machine_start(&machine, "intremap=nosid");
		expect(&machine, "01:00.0", cases[i].ids);
	}
}

static void override_is_told_apart(void **state)
{
	static const struct {
		const char *line;
		enum answer patch, warned;
		const char *ids;
	} cases[] = {
		{ "pcie_acs_override=downstream", ANSWER_NO, 0,
		  "warning override-requested-inert" },
		{ "pcie_acs_override=downstream", ANSWER_YES, 0,
		  "warning override-in-use-elsewhere" },
		{ "pcie_acs_override=downstream", 0, 0,
		  "warning override-active" },
		{ "pcie_acs_override=downstream", 0, ANSWER_YES,
		  "warning override-in-use-elsewhere" },
		{ "", 0, ANSWER_YES, "warning override-in-use-elsewhere" },
		{ "", ANSWER_YES, ANSWER_NO, "info override-present" },
		{ "", ANSWER_NO, ANSWER_NO, "" },
		{ "", 0, 0, "" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		machine_build(&machine, honest, COUNT(honest));
		machine_start(&machine, cases[i].line);
		if (cases[i].patch)
			machine_tell(&machine, HOST_OVERRIDE_PATCH,
				     cases[i].patch);
		if (cases[i].warned)
			machine_tell(&machine, HOST_OVERRIDE_WARNED,
				     cases[i].warned);
		expect(&machine, "01:00.0", cases[i].ids);
	}
}

static void acs_by_command_line_is_a_warning_on_its_hop(void **state)
{
	static const struct {
		const char *line, *ids;
	} cases[] = {
		{ "pci=disable_acs_redir=00:01.0", "warning acs-configured" },
		{ "pci=nomsi,disable_acs_redir=pci:8086:0;00:01.0",
		  "warning acs-configured" },
		{ "pci=config_acs=xx1x01@00:01.0;x@pci:8086:1",
		  "warning acs-configured" },
		{ "pci=config_acs=x@pci:8086:1;xx1@pci:0:0",
		  "warning acs-configured" },
		{ "pci=disable_acs_redir=00:02.0", "" },
		{ "pci=disable_acs_redir=01:00.0", "" },
		{ "pci=config_acs=111@00:02.0", "" },
		/* Blocks nothing: Translation Blocking is off. */
		{ "pci=noats", "" },
		{ "pci=noaer", "" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		machine_build(&machine, honest, COUNT(honest));
		machine_start(&machine, cases[i].line);
		expect(&machine, "01:00.0", cases[i].ids);
	}
}

static void the_bits_that_a_parameter_switches_are_named(void **state)
{
	static const struct {
		const char *kernel, *line, *seen;
	} cases[] = {
		{ "6.1.0", "pci=disable_acs_redir=00:01.0",
		  "pci=disable_acs_redir=00:01.0 on the kernel command line is about 0000:00:01.0, RR CR off; its ACS control is 0x001d of 0x001f" },
		{ "6.12.57", "pci=disable_acs_redir=00:01.0",
		  ", RR CR off, SV TB UF as firmware left them;" },
		{ "6.12.57", "pci=config_acs=x1111@pci:1:1;1xx0@00:01.0",
		  "pci=config_acs=1xx0@00:01.0 on the kernel command line is about 0000:00:01.0, SV off, CR on, TB RR UF as firmware left them;" },
		{ "6.12.57", "pci=config_acs=1111101@00:01.0", ", TB off, SV RR CR UF on;" },
		/* The last of a name, and config_acs after the other. */
		{ "6.12.57", "pci=config_acs=1@00:01.0,config_acs=0@00:01.0", "=0@" },
		{ "6.12.57", "pci=config_acs=0@00:01.0 pci=disable_acs_redir=00:01.0",
		  "pci=config_acs=0@" },
		{ "6.1.0", "pci=config_acs=0@00:01.0,disable_acs_redir=00:01.0",
		  "pci=disable_acs_redir=" },
		{ "6.1.0", "pci=config_acs=0@00:01.0", ", SV off; its" },
		{ "", "pci=config_acs=0@00:01.0",
		  "as firmware left them (as Linux 6.11 and newer have it);" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		machine_build(&machine, honest, COUNT(honest));
		machine_kernel(&machine, cases[i].kernel);
		machine_start(&machine, cases[i].line);
		machine_check(&machine, "01:00.0", NULL);
		machine_expect_seen(&machine, "acs-configured", cases[i].seen);
		machine_free(&machine);
	}
}

/* The kernel ignores the rest as well. */
static void bits_that_are_none_switch_nothing(void **state)
{
	static const char *const lines[] = {
		"pci=config_acs=12@00:01.0", "pci=config_acs=10000000@00:01.0",
		"pci=config_acs=00:01.0", "pci=config_acs=2@pci:1:1;0@00:01.0",
		"pci=config_acs=0@00:01.0,config_acs=0@00:02.0",
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		machine_build(&machine, honest, COUNT(honest));
		machine_start(&machine, lines[i]);
		expect(&machine, "01:00.0", "");
	}
}

static void a_parameter_that_the_kernel_does_not_know_is_inert(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_kernel(&machine, "6.1.0");
	machine_start(&machine, "pci=config_acs=0@00:01.0");
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_ids(&machine, "warning acs-configured");
	assert_non_null(strstr(machine_finding(&machine, "acs-configured")->rule->why,
			       "does nothing here"));
	machine_free(&machine);
}

/* Of these a quirk clears the redirects, whatever config_acs says. */
static void ports_with_double_words_have_their_redirects_cleared(void **state)
{
	struct machine machine;
	struct acs *acs;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_kernel(&machine, "6.12.57");
	machine_start(&machine, "pci=config_acs=11@00:01.0");
	acs = &machine_change(&machine, "00:01.0")->acs;
	field_set_number(acs_fields, ACS_CAP_DWORD, acs, 0x1f);
	field_set_number(acs_fields, ACS_CTRL_DWORD, acs, 0x1d);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_seen(&machine, "acs-configured", ", RR CR off; its");
	machine_free(&machine);
}

static void noats_tightens_where_translated_requests_are_blocked(void **state)
{
	struct part parts[COUNT(honest)];
	struct machine machine;

	(void)state;
	memcpy(parts, honest, sizeof(parts));
	parts[0].acs = (struct words)ACS(0x1f, 0x1f);
	machine_build(&machine, parts, COUNT(parts));
	machine_start(&machine, "pci=noats");
	expect(&machine, "01:00.0", "info acs-configured");
}

/* Of another vendor's IOMMU it is no cause. */
static void a_switch_counts_for_its_own_table(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, bare, COUNT(bare));
	machine_start(&machine, "amd_iommu=off");
	set_table(&machine, "DMAR");
	set_units(&machine, 0);
	assert_cause(&machine, "00:03.0", "no driver of this kernel");
}

static void denylist_concerns_the_devices_on_it(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_tell(&machine, HOST_DENYLIST_DISABLED, ANSWER_YES);
	expect(&machine, "01:00.0", "info denylist-disabled");
	machine_build(&machine, honest, COUNT(honest));
	machine_tell(&machine, HOST_DENYLIST_DISABLED, ANSWER_YES);
	machine_change(&machine, "01:00.0")->vendor = 0x8086;
	machine_change(&machine, "01:00.0")->device = 0x37c8;
	expect(&machine, "01:00.0", "warning denylist-disabled");
	machine_build(&machine, honest, COUNT(honest));
	machine_tell(&machine, HOST_DENYLIST_DISABLED, ANSWER_NO);
	machine_change(&machine, "01:00.0")->vendor = 0x8086;
	machine_change(&machine, "01:00.0")->device = 0x37c8;
	expect(&machine, "01:00.0", "");
}

static void reserved_regions_count_by_their_kind(void **state)
{
	static const struct {
		enum region_kind kind;
		const char *ids;
	} cases[] = {
		{ REGION_DIRECT, "warning reserved-region" },
		{ REGION_DIRECT_RELAXABLE, "info reserved-region" },
		{ REGION_RESERVED, "" },
		{ REGION_MSI, "" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		machine_build(&machine, honest, COUNT(honest));
		machine_region(&machine, 1, REGION_DIRECT);
		machine_region(&machine, 2, cases[i].kind);
		expect(&machine, "01:00.0", cases[i].ids);
	}
	machine_build(&machine, honest, COUNT(honest));
	machine_region(&machine, 2, REGION_DIRECT);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_seen(&machine, "reserved-region",
			    "0xdead0000-0xdeadffff");
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_honest_machine_has_no_finding),
		cmocka_unit_test(no_iommu_names_its_cause),
		cmocka_unit_test(no_iommu_mode_hands_over_what_nothing_translates_for),
		cmocka_unit_test(identity_domain_is_an_info),
		cmocka_unit_test(interrupts_are_judged_by_group_then_machine),
		cmocka_unit_test(override_is_told_apart),
		cmocka_unit_test(acs_by_command_line_is_a_warning_on_its_hop),
		cmocka_unit_test(the_bits_that_a_parameter_switches_are_named),
		cmocka_unit_test(bits_that_are_none_switch_nothing),
		cmocka_unit_test(a_parameter_that_the_kernel_does_not_know_is_inert),
		cmocka_unit_test(ports_with_double_words_have_their_redirects_cleared),
		cmocka_unit_test(noats_tightens_where_translated_requests_are_blocked),
		cmocka_unit_test(a_switch_counts_for_its_own_table),
		cmocka_unit_test(denylist_concerns_the_devices_on_it),
		cmocka_unit_test(reserved_regions_count_by_their_kind),
	};

	return cmocka_run_group_tests_name("host_rules", tests, NULL, NULL);
}
