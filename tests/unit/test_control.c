// SPDX-License-Identifier: GPL-2.0
/*
 * Egress Control and Direct Translated P2P: what goes past Request Redirect, out
 * of a set and into it. What the registers mean, tests/unit/test_route.c has.
 */
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)
/* All bits are offered, and a vector of eight. */
#define EGRESS ACS(0x083f, 0x003d)
#define TRANSLATED ACS(0x5f, 0x5d)

/*
 *  00:01.0 root, on ── 01:00.0 up ─┬─ 02:00.0, on ── 03:00.0
 *                                  ├─ 02:01.0, on ── 04:00.0, 04:00.1
 *                                  └─ 02:02.0, on ── 05:00.0
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 2 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 3, ON },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 4, ON },
	{ "02:02.0", "01:00.0", PORT_DOWNSTREAM, 5, ON },
	{ "03:00.0", "02:00.0", PORT_ENDPOINT, 6 },
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, 7, ON, .multifunction = true },
	{ "04:00.1", "02:01.0", PORT_ENDPOINT, 8, ON, .multifunction = true },
	{ "05:00.0", "02:02.0", PORT_ENDPOINT, 9 },
};

enum { ROOT, PORT_A = 2, PORT_B = 3, F0 = 6, F1 = 7 };

/* A machine that a test changes before it is built, and after. */
static struct scene {
	struct part parts[COUNT(parts)];
	struct machine machine;
} scene;

static void set_scene(void)
{
	memcpy(scene.parts, parts, sizeof(parts));
}

static void build_scene(void)
{
	machine_build(&scene.machine, scene.parts, COUNT(scene.parts));
	for (size_t i = 0; i < COUNT(parts); i++)
		machine_change(&scene.machine, parts[i].bdf)->ats =
			CAPABILITY_ABSENT;
}

static void set_vector(const char *bdf, uint8_t vector)
{
	struct device *device = machine_change(&scene.machine, bdf);

	device->acs.egress_vector = (struct bytes){ 1, { vector } };
	field_mark(&device->acs, ACS_EGRESS_VECTOR);
}

static void set_ats(const char *bdf, enum capability ats)
{
	machine_change(&scene.machine, bdf)->ats = ats;
}

/* Of one port, the vector and the answer about the set behind it. */
static void check_vector(int vector, const char *ids, const char *basis)
{
	build_scene();
	if (vector >= 0)
		set_vector("02:00.0", (uint8_t)vector);
	machine_check(&scene.machine, "03:00.0", NULL);
	machine_expect_ids(&scene.machine, ids);
	assert_string_equal(names_get(&basis_names,
		scene.machine.assessment.judgement.basis), basis);
}

static void a_vector_that_bars_nobody_is_unsafe(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)EGRESS;
	check_vector(0x00, "unsafe egress-vector", "none");
	machine_expect_seen(&scene.machine, "egress-vector",
		"0000:02:00.0 (downstream-port) has ACS cap 0x083f ctrl 0x003d, egress vector 00; lets through to 0000:04:00.0 (below 0000:02:01.0), 0000:04:00.1 (below 0000:02:01.0), 0000:05:00.0 (below 0000:02:02.0); closed by EC off");
	machine_free(&scene.machine);
}

static void a_vector_that_bars_all_is_safe(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)EGRESS;
	check_vector(0xff, "", "enforced");
	machine_free(&scene.machine);
}

static void a_vector_that_cannot_be_told_is_unknown(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)EGRESS;
	check_vector(0xfb, "unknown egress-vector", "unknown");
	machine_expect_seen(&scene.machine, "egress-vector", "vector fb; may let");
	machine_free(&scene.machine);
	check_vector(-1, "unknown egress-vector", "unknown");
	machine_expect_seen(&scene.machine, "egress-vector", "was not read");
	machine_free(&scene.machine);
}

/* Egress Control off alone would leave it open. */
static void what_is_off_beside_it_is_named_too(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)ACS(0x083f, 0x0039);
	check_vector(0x00, "unsafe open-path, unsafe egress-vector, unsafe acs-stale",
		     "none");
	machine_expect_seen(&scene.machine, "egress-vector", "EC off and RR on");
	machine_free(&scene.machine);
}

/* UF is off, for what is behind the port itself: these are others. */
static void only_the_control_is_blamed_for_whom_it_lets_through(void **state)
{
	const struct finding *finding;

	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)ACS(0x083f, 0x002d);
	check_vector(0x00, "unsafe egress-vector, unsafe open-path, unsafe acs-stale",
		     "none");
	finding = machine_finding(&scene.machine, "open-path");
	assert_non_null(strstr(finding->rule->headline, "not fully"));
	machine_free(&scene.machine);
}

static void of_functions_each_has_its_bit(void **state)
{
	(void)state;
	set_scene();
	scene.parts[F0].acs = (struct words)EGRESS;
	build_scene();
	set_vector("04:00.0", 0x02);
	machine_check(&scene.machine, "04:00.0", NULL);
	machine_expect_ids(&scene.machine, "");
	machine_free(&scene.machine);
	build_scene();
	set_vector("04:00.0", 0xfd);
	machine_check(&scene.machine, "04:00.0", NULL);
	machine_expect_ids(&scene.machine,
			   "unsafe egress-vector");
	assert_int_equal(machine_finding(&scene.machine,
		"egress-vector")->bypass->victims.count, 1);
	machine_free(&scene.machine);
}

static void who_is_handed_over_together_is_no_victim(void **state)
{
	(void)state;
	set_scene();
	scene.parts[F0].acs = (struct words)EGRESS;
	build_scene();
	machine_check(&scene.machine, "04:00.0", "04:00.1");
	machine_expect(&scene.machine, "safe", "enforced", 0);
	machine_free(&scene.machine);
}

static void translated_requests_go_by_what_the_device_can_mark(void **state)
{
	static const struct {
		enum capability ats;
		const char *ids, *seen;
	} cases[] = {
		{ CAPABILITY_ABSENT, "" },
		{ 0, "unknown translated-p2p", "could not be seen; may let" },
		{ CAPABILITY_OFF, "unknown translated-p2p", "off now; may let" },
		{ CAPABILITY_ON, "unsafe translated-p2p, info ats-on",
		  "DT on; 0000:03:00.0 has ATS on; lets through to 0000:04:00.0" },
	};

	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)TRANSLATED;
	for (size_t i = 0; i < COUNT(cases); i++) {
		build_scene();
		set_ats("03:00.0", cases[i].ats);
		machine_check(&scene.machine, "03:00.0", NULL);
		machine_expect_ids(&scene.machine, cases[i].ids);
		if (cases[i].seen)
			machine_expect_seen(&scene.machine, "translated-p2p",
					    cases[i].seen);
		machine_free(&scene.machine);
	}
}

static void translation_blocking_stops_them(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)ACS(0x5f, 0x5f);
	build_scene();
	set_ats("03:00.0", CAPABILITY_ON);
	machine_check(&scene.machine, "03:00.0", NULL);
	machine_expect_ids(&scene.machine, "info ats-on");
	machine_free(&scene.machine);
}

/* Whichever was asked about first. */
static void the_member_that_can_do_most_decides(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_B].acs = (struct words)TRANSLATED;
	build_scene();
	set_ats("04:00.1", CAPABILITY_ON);
	machine_check(&scene.machine, "04:00.0", "04:00.1");
	machine_expect(&scene.machine, "unsafe", "none", 2);
	machine_expect_seen(&scene.machine, "translated-p2p",
			    "0000:04:00.1 has ATS on");
	machine_free(&scene.machine);
}

/* Nothing keeps its requests, so nothing can be bypassed. */
static void without_an_iommu_only_that_is_said(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_A].acs = (struct words)EGRESS;
	scene.parts[5].group = 0;
	check_vector(0x00, "unsafe no-iommu, info faults-unwatched", "none");
	machine_free(&scene.machine);
}

/* The port of others, whoever has them, and the set beside it. */
static void check_from_beside(const char *driver, const char *ids)
{
	free(machine_change(&scene.machine, "04:00.0")->driver);
	machine_change(&scene.machine, "04:00.0")->driver = NULL;
	if (driver)
		field_set_text(device_fields, DEVICE_DRIVER,
			       machine_change(&scene.machine, "04:00.0"),
			       driver, strlen(driver));
	machine_check(&scene.machine, "03:00.0", NULL);
	machine_expect_ids(&scene.machine, ids);
}

static bool names_unseen_way(void)
{
	const struct text_list *unseen =
		&scene.machine.assessment.judgement.unseen;

	for (size_t i = 0; i < unseen->count; i++)
		if (strstr(unseen->item[i], "whether devices behind 0000:02:01.0"))
			return true;
	return false;
}

static void a_vector_of_others_decides_who_comes_in(void **state)
{
	static const struct {
		uint8_t vector;
		const char *driver, *ids;
		bool unseen;
	} cases[] = {
		{ 0x00, NULL, "warning inbound-path", false },
		{ 0x00, "vfio-pci", "unsafe peer-assigned", false },
		{ 0xff, "vfio-pci", "", false },
		{ 0x0f, NULL, "", true },
		{ 0x0f, "vfio-pci", "unknown peer-assigned", true },
	};

	(void)state;
	set_scene();
	scene.parts[PORT_B].acs = (struct words)EGRESS;
	for (size_t i = 0; i < COUNT(cases); i++) {
		build_scene();
		set_vector("02:01.0", cases[i].vector);
		check_from_beside(cases[i].driver, cases[i].ids);
		assert_int_equal(names_unseen_way(), cases[i].unseen);
		machine_free(&scene.machine);
	}
}

static void translated_requests_of_others_come_in(void **state)
{
	static const struct {
		enum capability ats;
		const char *driver, *ids;
	} cases[] = {
		{ CAPABILITY_ABSENT, "vfio-pci", "" },
		{ CAPABILITY_OFF, "vfio-pci", "unknown peer-assigned" },
		{ CAPABILITY_ON, "vfio-pci", "unsafe peer-assigned" },
		{ CAPABILITY_ON, NULL, "warning inbound-path" },
	};

	(void)state;
	set_scene();
	scene.parts[PORT_B].acs = (struct words)TRANSLATED;
	for (size_t i = 0; i < COUNT(cases); i++) {
		build_scene();
		set_ats("04:00.0", cases[i].ats);
		check_from_beside(cases[i].driver, cases[i].ids);
		machine_free(&scene.machine);
	}
}

/* What the host's can do for certain does not make the guest's certain. */
static void each_comes_in_by_what_it_can_do_itself(void **state)
{
	(void)state;
	set_scene();
	scene.parts[PORT_B].acs = (struct words)TRANSLATED;
	build_scene();
	set_ats("04:00.1", CAPABILITY_ON);
	set_ats("04:00.0", CAPABILITY_OFF);
	check_from_beside("vfio-pci", "unknown peer-assigned, warning inbound-path");
	machine_expect_seen(&scene.machine, "peer-assigned",
		"0000:02:01.0 (downstream-port) has Direct Translated P2P on and may lead to 0000:03:00.0; requests through it come from 0000:04:00.0 (vfio-pci)");
	machine_expect_seen(&scene.machine, "inbound-path",
		"has Direct Translated P2P on and leads to 0000:03:00.0; requests through it come from 0000:04:00.1 (no driver)");
	machine_free(&scene.machine);
}

static void a_port_of_the_host_that_is_weak_is_not_said_to_be_open(void **state)
{
	const struct finding *finding;

	(void)state;
	set_scene();
	scene.parts[PORT_B].acs = (struct words)ACS(0x1f, 0x1c);
	build_scene();
	check_from_beside(NULL, "warning inbound-path");
	finding = machine_finding(&scene.machine, "inbound-path");
	assert_non_null(strstr(finding->rule->headline, "not fully kept apart"));
	assert_non_null(strstr(finding->evidence, "is not fully closed and leads"));
	machine_free(&scene.machine);
	scene.parts[PORT_B].acs = (struct words)ACS(0x1f, 0x19);
	build_scene();
	check_from_beside(NULL, "warning inbound-path");
	finding = machine_finding(&scene.machine, "inbound-path");
	assert_non_null(strstr(finding->rule->headline, "can be written to"));
	machine_free(&scene.machine);
}

/*
 * What comes from behind A is refused there, with or without an open port above;
 * what comes from behind B goes through that.
 */
static void the_member_that_gets_through_decides(void **state)
{
	const struct finding *finding;

	(void)state;
	set_scene();
	scene.parts[ROOT].acs = (struct words)ACS(0x1f, 0x0d);
	scene.parts[PORT_A].acs = (struct words)ACS(0x083f, 0x0039);
	build_scene();
	set_vector("02:00.0", 0xff);
	machine_check(&scene.machine, "03:00.0", "04:00.0");
	finding = machine_finding(&scene.machine, "open-path");
	assert_ptr_equal(finding->device, machine_device(&scene.machine, "04:00.0"));
	assert_string_equal(finding->evidence,
		"0000:00:01.0 (root-port) has ACS cap 0x001f ctrl 0x000d, off: UF; lets through to 0000:04:00.1, 0000:05:00.0");
	machine_free(&scene.machine);

	/* From behind A nobody behind the switch is reached: what is off is weak. */
	build_scene();
	set_vector("02:00.0", 0xff);
	machine_check(&scene.machine, "03:00.0", NULL);
	machine_expect_seen(&scene.machine, "open-path", "does not fully keep from");
	for (size_t i = 0; i < scene.machine.assessment.judgement.finding_count; i++)
		assert_null(strstr(scene.machine.assessment.judgement.finding[i].evidence,
				   "lets through to"));
	machine_free(&scene.machine);
}

/* Each is refused where the other is behind the same switch; both reach on. */
static void victims_of_all_members_are_named(void **state)
{
	(void)state;
	set_scene();
	scene.parts[ROOT].acs = (struct words)ACS(0x1f, 0x0d);
	scene.parts[PORT_A].acs = (struct words)ACS(0x083f, 0x0039);
	scene.parts[PORT_B].acs = (struct words)ACS(0x083f, 0x0039);
	build_scene();
	set_vector("02:00.0", 0xff);
	set_vector("02:01.0", 0xff);
	machine_check(&scene.machine, "03:00.0", "04:00.0");
	machine_expect_seen(&scene.machine, "open-path",
		"ctrl 0x000d, off: UF; lets through to 0000:04:00.1");
	machine_free(&scene.machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_vector_that_bars_nobody_is_unsafe),
		cmocka_unit_test(a_vector_that_bars_all_is_safe),
		cmocka_unit_test(a_vector_that_cannot_be_told_is_unknown),
		cmocka_unit_test(what_is_off_beside_it_is_named_too),
		cmocka_unit_test(only_the_control_is_blamed_for_whom_it_lets_through),
		cmocka_unit_test(of_functions_each_has_its_bit),
		cmocka_unit_test(who_is_handed_over_together_is_no_victim),
		cmocka_unit_test(translated_requests_go_by_what_the_device_can_mark),
		cmocka_unit_test(translation_blocking_stops_them),
		cmocka_unit_test(the_member_that_can_do_most_decides),
		cmocka_unit_test(without_an_iommu_only_that_is_said),
		cmocka_unit_test(a_vector_of_others_decides_who_comes_in),
		cmocka_unit_test(translated_requests_of_others_come_in),
		cmocka_unit_test(each_comes_in_by_what_it_can_do_itself),
		cmocka_unit_test(a_port_of_the_host_that_is_weak_is_not_said_to_be_open),
		cmocka_unit_test(the_member_that_gets_through_decides),
		cmocka_unit_test(victims_of_all_members_are_named),
	};

	return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}
