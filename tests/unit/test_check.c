// SPDX-License-Identifier: GPL-2.0
/* Whole machines: verdict, basis, exit status and findings of a check. */
#include <string.h>

#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)
#define OFF ACS(0x1f, 0x00)
#define VGA 0x030000
#define HOST_BRIDGE 0x060000

static bool holds(const struct set *set, const struct machine *machine,
		  const char *bdf)
{
	return set_has(set, machine_device(machine, bdf));
}

/*
 *  00:00.0 host bridge
 *  00:01.0 root port, ACS on ── 01:00.0 GPU, 01:00.1 audio   (group 14)
 *  00:01.1 dummy host bridge of the same slot
 */
static const struct part honest[] = {
	{ "00:00.0", NULL, PORT_CONVENTIONAL, 1, .class = HOST_BRIDGE },
	{ "00:01.0", NULL, PORT_ROOT, 13, ON, .multifunction = true },
	{ "00:01.1", NULL, PORT_CONVENTIONAL, 2, .class = HOST_BRIDGE,
	  .multifunction = true },
	{ "01:00.0", "00:01.0", PORT_LEGACY_ENDPOINT, 14, .class = VGA,
	  .multifunction = true },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 14, .multifunction = true },
	{ "00:1f.2", NULL, PORT_CONVENTIONAL, 3 },
};

static void honest_root_port_is_safe_and_enforced(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	assert_int_equal(machine.assessment.judgement.finding_count, 0);
	assert_int_equal(machine.assessment.inquiry.set.count, 2);
	assert_true(holds(&machine.assessment.inquiry.set, &machine, "01:00.1"));
	assert_null(judgement_headline(&machine.assessment.judgement));
	assert_int_equal(machine.assessment.judgement.unseen.count, 0);
	machine_free(&machine);
}

/* A split slot: the kernel should have grouped the functions, but did not. */
static void functions_of_one_slot_in_two_groups_are_unsafe(void **state)
{
	struct part parts[COUNT(honest)];
	struct machine machine;

	(void)state;
	memcpy(parts, honest, sizeof(parts));
	parts[4].group = 15;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "unexplained", 2);
	machine_expect_seen(&machine, "split-unexplained", "0000:01:00.1");
	machine_free(&machine);

	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", "01:00.1");
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

/* Neither specification nor kernel see a way from .0 to a sibling that is on. */
static void function_without_acs_does_not_reach_a_sibling_whose_acs_is_on(
	void **state)
{
	static const struct part parts[] = {
		{ "00:1f.0", NULL, PORT_RC_ENDPOINT, 1, .multifunction = true },
		{ "00:1f.6", NULL, PORT_RC_ENDPOINT, 2, ACS(0x1d, 0x1d),
		  .multifunction = true },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "00:1f.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "00:1f.6", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

/* What cannot be read is not absent. */
static void function_whose_acs_is_not_known_is_unknown(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 13, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 14, .multifunction = true,
		  .acs_unknown = REASON_ASLEEP },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 15, ON,
		  .multifunction = true },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unknown", "unknown", 3);
	machine_expect_seen(&machine, "asleep", "0000:01:00.0");
	machine_free(&machine);
}

static void function_with_acs_off_reaches_its_sibling(void **state)
{
	static const struct part parts[] = {
		{ "00:1f.0", NULL, PORT_RC_ENDPOINT, 1, ACS(0x1d, 0x00),
		  .multifunction = true },
		{ "00:1f.6", NULL, PORT_RC_ENDPOINT, 2, ACS(0x1d, 0x1d),
		  .multifunction = true },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "00:1f.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_free(&machine);
}

/* Intel client: {port, GPU, audio} in one group. */
static void root_port_without_acs_is_safe_and_assumed(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1 },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 1, .class = VGA },
		{ "00:02.0", NULL, PORT_RC_ENDPOINT, 2 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_expect_seen(&machine, "port-without-acs", "0000:00:01.0");
	assert_int_equal(machine.assessment.judgement.finding_count, 1);
	assert_int_equal(machine.assessment.inquiry.set.count, 1);
	machine_free(&machine);
}

static void root_port_with_acs_off_is_unsafe(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x1f, 0x19) },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = VGA },
		{ "00:02.0", NULL, PORT_ROOT, 3, ON },
		{ "02:00.0", "00:02.0", PORT_ENDPOINT, 4 },
		{ "0001:00:02.0", NULL, PORT_RC_ENDPOINT, 5 },
		{ "80:02.0", NULL, PORT_RC_ENDPOINT, 6 },
	};
	const struct finding *finding;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "stale", 2);
	machine_expect_seen(&machine, "acs-stale", "ctrl 0x0019 of 0x001f");
	machine_expect_seen(&machine, "open-path", "off: RR");
	machine_expect_seen(&machine, "open-path", "0000:02:00.0");
	finding = machine_finding(&machine, "open-path");
	assert_int_equal(finding->crossing->victims.count, 1);
	assert_non_null(strstr(finding->rule->headline, "can write"));
	machine_free(&machine);
	machine_build(&machine, parts, COUNT(parts));
	/* Its own port holds; what is behind the other one comes in. */
	machine_check(&machine, "02:00.0", NULL);
	machine_expect(&machine, "warning", "enforced", 1);
	machine_expect_seen(&machine, "inbound-path", "0000:01:00.0");
	machine_free(&machine);
}

static void root_port_without_source_validation_is_weak(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x1f, 0x1c) },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
		{ "00:02.0", NULL, PORT_RC_ENDPOINT, 3 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "stale", 2);
	machine_expect_ids(&machine, "unsafe open-path, unsafe acs-stale");
	machine_expect_seen(&machine, "open-path",
			    "off: SV; does not fully keep from 0000:00:02.0");
	assert_null(strstr(machine.assessment.judgement.finding[0].rule->headline,
			   "can write"));
	machine_free(&machine);
}

static void no_group_is_unsafe(void **state)
{
	struct part parts[COUNT(honest)];
	struct machine machine;

	(void)state;
	memcpy(parts, honest, sizeof(parts));
	for (size_t i = 0; i < COUNT(parts); i++)
		parts[i].group = 0;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "none", 2);
	machine_expect_seen(&machine, "no-iommu", "0000:01:00.0");
	assert_int_equal(machine.assessment.inquiry.set.count, 1);
	assert_string_equal(
		judgement_headline(&machine.assessment.judgement)->rule->id, "no-iommu");
	machine_free(&machine);
}

static void group_that_is_not_known_is_unknown(void **state)
{
	static const struct {
		enum reason reason;
		const char *id;
	} cases[] = {
		{ REASON_BUSY, "unreadable" },
		{ REASON_ASLEEP, "asleep" },
		{ REASON_GONE, "gone" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct part part = { "00:02.0", NULL, PORT_RC_ENDPOINT,
				     .group_unknown = cases[i].reason };

		machine_build(&machine, &part, 1);
		machine_check(&machine, "00:02.0", NULL);
		machine_expect(&machine, "unknown", "unknown", 3);
		machine_expect_seen(&machine, cases[i].id, "0000:00:02.0");
		assert_int_equal(machine.assessment.judgement.finding_count, 1);
		machine_free(&machine);
	}
}

static void port_that_is_not_known_is_unknown(void **state)
{
	static const struct {
		enum reason reason;
		const char *id;
	} cases[] = {
		{ REASON_ASLEEP, "asleep" },
		{ REASON_GONE, "gone" },
		{ REASON_BUSY, "unreadable" },
		{ REASON_NO_ACCESS, "unreadable" },
		{ REASON_MALFORMED, "unreadable" },
	};
	struct part parts[COUNT(honest)];
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		memcpy(parts, honest, sizeof(parts));
		parts[1].acs = (struct words){ 0 };
		parts[1].acs_unknown = cases[i].reason;
		machine_build(&machine, parts, COUNT(parts));
		machine_check(&machine, "01:00.0", NULL);
		machine_expect(&machine, "unknown", "unknown", 3);
		machine_expect_seen(&machine, cases[i].id, "0000:00:01.0");
		assert_int_equal(machine.assessment.judgement.finding_count, 1);
		machine_free(&machine);
	}
}

/* As the sysfs provider sees it without root: types and ACS unreadable. */
static void types_that_are_not_known_are_unknown(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, 0, 1, .class = 0x060400,
		  .acs_unknown = REASON_NO_ACCESS },
		{ "01:00.0", "00:01.0", 0, 2, .acs_unknown = REASON_NO_ACCESS },
		{ "00:02.0", NULL, 0, 3, .acs_unknown = REASON_NO_ACCESS },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unknown", "unknown", 3);
	machine_free(&machine);
}

static void interrupts_that_are_not_isolated_are_unsafe(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_group(&machine, 14)->isolated_msi = ANSWER_NO;
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "unsafe", "enforced", 2);
	machine_expect_seen(&machine, "interrupts-not-isolated", "group 14");
	assert_int_equal(machine.assessment.judgement.finding_count, 1);
	machine_free(&machine);
}

static void interrupts_that_are_not_known_are_unknown(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_group(&machine, 14)->known &=
		~(UINT64_C(1) << GROUP_ISOLATED_MSI);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unknown", "enforced", 3);
	machine_expect_seen(&machine, "interrupts-unknown", "group 14");
	machine_free(&machine);
}

static void external_slot_and_untrusted_device_are_warnings(void **state)
{
	struct part parts[COUNT(honest)];
	struct machine machine;

	(void)state;
	memcpy(parts, honest, sizeof(parts));
	parts[1].external = true;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "warning", "enforced", 1);
	machine_expect_seen(&machine, "external-slot", "0000:00:01.0");
	machine_free(&machine);

	parts[1].external = false;
	parts[3].untrusted = true;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "warning", "enforced", 1);
	machine_expect_seen(&machine, "untrusted", "0000:01:00.0");
	machine_free(&machine);
}

static void virtual_function_is_assumed(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 3, .physfn = "01:00.0" },
		{ "01:00.2", "00:01.0", PORT_ENDPOINT, 4, .physfn = "01:00.0" },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
	/* As the kernel has it after a rescan of the bus. */
	machine_build(&machine, parts, COUNT(parts));
	((struct device *)machine_device(&machine, "01:00.1"))->multifunction =
		true;
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

static void integrated_endpoint_is_assumed(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, honest, COUNT(honest));
	machine_check(&machine, "00:1f.2", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
}

static void bridges_are_no_victims_but_other_bridges_are(void **state)
{
	struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, OFF },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
		{ "00:02.0", NULL, PORT_RC_ENDPOINT, 3, .class = 0x060100 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	assert_int_equal(machine.assessment.judgement.verdict, SEVERITY_INFO);
	machine_free(&machine);
	/* AMD's IOMMU is a function of the root bus. */
	parts[2].class = 0x080600;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	assert_int_equal(machine.assessment.judgement.verdict, SEVERITY_INFO);
	machine_free(&machine);
	parts[2].class = 0x068000;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "stale", 2);
	machine_free(&machine);
}

static void evidence_names_four_victims_and_counts_the_rest(void **state)
{
	struct part parts[8] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, OFF },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
		{ "00:10.0", NULL, PORT_RC_ENDPOINT, 10 },
		{ "00:11.0", NULL, PORT_RC_ENDPOINT, 11 },
		{ "00:12.0", NULL, PORT_RC_ENDPOINT, 12 },
		{ "00:13.0", NULL, PORT_RC_ENDPOINT, 13 },
		{ "00:14.0", NULL, PORT_RC_ENDPOINT, 14 },
		{ "00:15.0", NULL, PORT_RC_ENDPOINT, 15 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_seen(&machine, "open-path", "0000:00:13.0 and 2 more");
	machine_free(&machine);
}

static void rules_are_complete(void **state)
{
	enum severity last = SEVERITY_UNSAFE;
	const struct rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rule_get(i)); i++) {
		assert_non_null(rule->id);
		assert_non_null(names_get(&severity_names, rule->severity));
		assert_true(rule->severity <= last);
		last = rule->severity;
		assert_non_null(rule->applies);
		assert_non_null(rule->evidence);
		assert_non_null(rule->headline);
		assert_non_null(rule->why);
		assert_non_null(rule->remedy);
	}
	assert_int_equal(last, SEVERITY_INFO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest_root_port_is_safe_and_enforced),
		cmocka_unit_test(functions_of_one_slot_in_two_groups_are_unsafe),
		cmocka_unit_test(function_without_acs_does_not_reach_a_sibling_whose_acs_is_on),
		cmocka_unit_test(function_whose_acs_is_not_known_is_unknown),
		cmocka_unit_test(function_with_acs_off_reaches_its_sibling),
		cmocka_unit_test(root_port_without_acs_is_safe_and_assumed),
		cmocka_unit_test(root_port_with_acs_off_is_unsafe),
		cmocka_unit_test(root_port_without_source_validation_is_weak),
		cmocka_unit_test(no_group_is_unsafe),
		cmocka_unit_test(group_that_is_not_known_is_unknown),
		cmocka_unit_test(port_that_is_not_known_is_unknown),
		cmocka_unit_test(types_that_are_not_known_are_unknown),
		cmocka_unit_test(interrupts_that_are_not_isolated_are_unsafe),
		cmocka_unit_test(interrupts_that_are_not_known_are_unknown),
		cmocka_unit_test(external_slot_and_untrusted_device_are_warnings),
		cmocka_unit_test(virtual_function_is_assumed),
		cmocka_unit_test(integrated_endpoint_is_assumed),
		cmocka_unit_test(bridges_are_no_victims_but_other_bridges_are),
		cmocka_unit_test(evidence_names_four_victims_and_counts_the_rest),
		cmocka_unit_test(rules_are_complete),
	};

	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
