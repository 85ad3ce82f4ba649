// SPDX-License-Identifier: GPL-2.0
/*
 * Who reaches whom, and what would close it. That requests of whole machines are
 * routed as the specification has it is what tests/reference is for.
 */
#include <string.h>

#include "machine.h"
#include "model/route.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)
#define OFF ACS(0x1f, 0x00)

/*
 *  00:01.0 root ── 01:00.0 up ─┬─ 02:00.0 ── 03:00.0 up ─┬─ 04:00.0 ── 05:00.0
 *                              │                         └─ 04:01.0 ── 06:00.0
 *                              └─ 02:01.0 ─┬─ 07:00.0
 *                                          └─ 07:00.1
 *  00:02.0 root ── 08:00.0 bridge ─┬─ 09:00.0
 *                                  └─ 09:01.0
 *  00:1f.0 integrated
 */
enum { ROOT, UP, LEFT, INNER, FIRST, SECOND, RIGHT, F0, F1, OTHER_ROOT,
       INTEGRATED = 15 };

static const struct part nested[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "03:00.0", "02:00.0", PORT_UPSTREAM, 1 },
	{ "04:00.0", "03:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "04:01.0", "03:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "07:00.0", "02:01.0", PORT_ENDPOINT, 1, ON, .multifunction = true },
	{ "07:00.1", "02:01.0", PORT_ENDPOINT, 1, ON, .multifunction = true },
	{ "00:02.0", NULL, PORT_ROOT, 1, ON },
	{ "05:00.0", "04:00.0", PORT_ENDPOINT, 1 },
	{ "06:00.0", "04:01.0", PORT_ENDPOINT, 1 },
	{ "08:00.0", "00:02.0", PORT_PCIE_TO_PCI, 1 },
	{ "09:00.0", "08:00.0", PORT_CONVENTIONAL, 1 },
	{ "09:01.0", "08:00.0", PORT_CONVENTIONAL, 1 },
	{ "00:1f.0", NULL, PORT_RC_ENDPOINT, 1 },
};

struct scene {
	struct part parts[COUNT(nested)];
	struct machine machine;
};

static struct scene scene;

static void set_scene(void)
{
	memcpy(scene.parts, nested, sizeof(nested));
}

static void build_scene(void)
{
	machine_build(&scene.machine, scene.parts, COUNT(scene.parts));
}

static void describe(const struct route *route, char *text)
{
	char address[BDF_TEXT];

	strcpy(text, names_get(&reachable_names, route->reachable));
	strcat(strcat(text, " "), names_get(&basis_names, route->basis));
	if (route->reachable == REACHABLE_YES && !route_closable(route))
		strcat(text, ", nothing");
	for (size_t i = 0; i < route->count; i++) {
		const struct turn *turn = &route->turn[i];

		if (turn->way < REACHABLE_UNKNOWN)
			continue;
		bdf_format(turn->hop.device->address, address);
		strcat(strcat(text, ", "), address + 5);
		if (turn->way == REACHABLE_UNKNOWN)
			strcat(strcat(text, " ? "),
			       names_get(&doubt_names, turn->doubt));
		for (unsigned int bit = 0; turn->way == REACHABLE_YES &&
		     bit < acs_bit_names.count; bit++)
			if (turn->closing >> bit & 1)
				strcat(strcat(text, " "),
				       acs_bit_names.name[bit]);
	}
}

static void assert_route(const char *from, const char *to, const char *expected)
{
	const struct machine *machine = &scene.machine;
	struct route route;
	char text[256];

	assert_int_equal(route_find(&route, &machine->tree,
				    machine_device(machine, from),
				    machine_device(machine, to)), 0);
	describe(&route, text);
	assert_string_equal(text, expected);
	route_free(&route);
}

static void machine_with_all_on_keeps_all_apart(void **state)
{
	(void)state;
	set_scene();
	build_scene();
	assert_route("05:00.0", "06:00.0", "no enforced");
	assert_route("05:00.0", "07:00.0", "no enforced");
	assert_route("07:00.0", "07:00.1", "no enforced");
	assert_route("05:00.0", "00:1f.0", "no enforced");
	assert_route("00:1f.0", "05:00.0", "no assumed");
	assert_route("09:00.0", "05:00.0", "no enforced");
	machine_free(&scene.machine);
}

/* Each port from the fork up sees it: redirect there, forwarding above. */
static void nested_switches_take_redirect_and_forwarding(void **state)
{
	(void)state;
	set_scene();
	scene.parts[FIRST].acs = scene.parts[LEFT].acs =
		scene.parts[ROOT].acs = (struct words)OFF;
	build_scene();
	assert_route("05:00.0", "06:00.0",
		     "yes none, 04:00.0 RR, 02:00.0 UF, 00:01.0 UF");
	assert_route("06:00.0", "05:00.0", "yes none, 02:00.0 UF, 00:01.0 UF");
	assert_route("05:00.0", "07:00.0", "yes none, 02:00.0 RR, 00:01.0 UF");
	assert_route("05:00.0", "09:00.0", "yes none, 00:01.0 RR");
	assert_route("09:00.0", "05:00.0", "no enforced");
	machine_free(&scene.machine);
}

static void switch_without_acs_is_closed_by_nothing(void **state)
{
	(void)state;
	set_scene();
	scene.parts[FIRST].acs.there = false;
	build_scene();
	assert_route("05:00.0", "06:00.0", "yes none, nothing, 04:00.0");
	assert_route("06:00.0", "05:00.0", "no enforced");
	assert_route("09:00.0", "09:01.0", "yes none, nothing, 08:00.0");
	machine_free(&scene.machine);
}

static void root_port_without_acs_is_assumed_and_turns_round(void **state)
{
	(void)state;
	set_scene();
	scene.parts[ROOT].acs.there = false;
	build_scene();
	assert_route("05:00.0", "09:00.0", "no assumed");
	assert_route("05:00.0", "07:00.0", "yes none, nothing, 00:01.0");
	machine_free(&scene.machine);
}

static void functions_follow_their_registers(void **state)
{
	(void)state;
	set_scene();
	scene.parts[F0].acs = (struct words)OFF;
	build_scene();
	assert_route("07:00.0", "07:00.1", "yes none, 07:00.0 RR");
	assert_route("07:00.1", "07:00.0", "no enforced");
	machine_free(&scene.machine);
	scene.parts[F0].acs.there = false;
	build_scene();
	/* To one whose own ACS holds nobody fears a way. */
	assert_route("07:00.0", "07:00.1", "no assumed");
	machine_free(&scene.machine);
	scene.parts[F1].acs.there = false;
	build_scene();
	assert_route("07:00.0", "07:00.1", "unknown unknown, 07:00.0 ? no-acs");
	machine_free(&scene.machine);
}

static void what_could_not_be_read_is_unknown(void **state)
{
	(void)state;
	set_scene();
	scene.parts[FIRST].acs.there = false;
	scene.parts[FIRST].acs_unknown = REASON_ASLEEP;
	build_scene();
	assert_route("05:00.0", "06:00.0",
		     "unknown unknown, 04:00.0 ? registers");
	assert_route("05:00.0", "07:00.0", "no enforced");
	machine_free(&scene.machine);
	/* One certain way is enough. */
	scene.parts[LEFT].acs = (struct words)OFF;
	build_scene();
	assert_route("05:00.0", "06:00.0",
		     "yes none, 04:00.0 ? registers, 02:00.0 UF");
	machine_free(&scene.machine);
}

static void no_iommu_is_an_open_end(void **state)
{
	(void)state;
	set_scene();
	scene.parts[INTEGRATED].group = 0;
	build_scene();
	assert_route("00:1f.0", "05:00.0", "yes none, nothing");
	assert_route("05:00.0", "00:1f.0", "no enforced");
	machine_free(&scene.machine);
	scene.parts[INTEGRATED].group_unknown = REASON_BUSY;
	build_scene();
	assert_route("00:1f.0", "05:00.0", "unknown unknown");
	machine_free(&scene.machine);
}

/* Cap 0x083f: all of them, and a vector of eight bits. */
static void set_vector(const char *bdf, uint8_t vector)
{
	struct device *device = machine_change(&scene.machine, bdf);

	device->acs.egress_vector = (struct bytes){ 1, { vector } };
	field_mark(&device->acs, ACS_EGRESS_VECTOR);
}

static void egress_vector_goes_before_redirect(void **state)
{
	(void)state;
	set_scene();
	scene.parts[F0].acs = (struct words)ACS(0x083f, 0x003d);
	scene.parts[FIRST].acs = (struct words)ACS(0x083f, 0x0039);
	build_scene();
	assert_route("05:00.0", "06:00.0",
		     "unknown unknown, 04:00.0 ? egress-vector");
	set_vector("07:00.0", 0xfd);
	set_vector("04:00.0", 0x00);
	assert_route("07:00.0", "07:00.1", "yes none, 07:00.0 EC");
	assert_route("05:00.0", "06:00.0", "yes none, 04:00.0 RR EC");
	set_vector("07:00.0", 0x02);
	set_vector("04:00.0", 0xff);
	assert_route("07:00.0", "07:00.1", "no enforced");
	assert_route("05:00.0", "06:00.0", "no enforced");
	set_vector("04:00.0", 0xfb);
	assert_route("05:00.0", "06:00.0",
		     "unknown unknown, 04:00.0 ? egress-vector");
	machine_free(&scene.machine);
}

/* Cap 0x013f: a vector of one bit, that of function 0. */
static void function_without_a_bit_is_not_known(void **state)
{
	(void)state;
	set_scene();
	scene.parts[F0].acs = (struct words)ACS(0x013f, 0x003d);
	build_scene();
	set_vector("07:00.0", 0x01);
	assert_route("07:00.0", "07:00.1",
		     "unknown unknown, 07:00.0 ? egress-vector");
	machine_free(&scene.machine);
}

static void translated_requests_go_straight(void **state)
{
	struct device *from;

	(void)state;
	set_scene();
	scene.parts[FIRST].acs = (struct words)ACS(0x5f, 0x5d);
	build_scene();
	from = machine_change(&scene.machine, "05:00.0");
	from->ats = CAPABILITY_ABSENT;
	assert_route("05:00.0", "06:00.0", "no enforced");
	from->ats = CAPABILITY_OFF;
	assert_route("05:00.0", "06:00.0",
		     "unknown unknown, 04:00.0 ? translated");
	from->ats = CAPABILITY_ON;
	assert_route("05:00.0", "06:00.0", "yes none, 04:00.0 DT");
	machine_change(&scene.machine, "04:00.0")->acs.ctrl |= ACS_TB;
	assert_route("05:00.0", "06:00.0", "no enforced");
	machine_free(&scene.machine);
}

/* Egress Control that may refuse the request is switched off with the rest. */
static void what_is_above_an_unread_vector_is_found(void **state)
{
	(void)state;
	set_scene();
	scene.parts[FIRST].acs = (struct words)ACS(0x087f, 0x0079);
	scene.parts[LEFT].acs = (struct words)ACS(0x1f, 0x0d);
	build_scene();
	machine_change(&scene.machine, "05:00.0")->ats = CAPABILITY_ON;
	assert_route("05:00.0", "06:00.0",
		     "yes none, 04:00.0 RR EC DT, 02:00.0 UF");
	machine_free(&scene.machine);
}

/* No registers, so nothing that could block; its kind is not known. */
static void a_port_of_unknown_kind_blocks_nothing(void **state)
{
	(void)state;
	set_scene();
	scene.parts[FIRST].type = 0;
	scene.parts[FIRST].class = 0x060400;
	scene.parts[FIRST].acs = (struct words){ 0 };
	scene.parts[LEFT].acs = (struct words)ACS(0x5f, 0x5d);
	build_scene();
	machine_change(&scene.machine, "05:00.0")->ats = CAPABILITY_ON;
	assert_route("05:00.0", "07:00.0", "yes none, 02:00.0 DT");
	machine_free(&scene.machine);
}

static void bits_that_do_not_decide_are_slack(void **state)
{
	struct route route;

	(void)state;
	set_scene();
	scene.parts[FIRST].acs = (struct words)ACS(0x1f, 0x14);
	build_scene();
	assert_int_equal(route_find(&route, &scene.machine.tree,
				    machine_device(&scene.machine, "05:00.0"),
				    machine_device(&scene.machine, "06:00.0")), 0);
	assert_int_equal(route.reachable, REACHABLE_NO);
	assert_true(route_has_slack(&route));
	assert_int_equal(route.turn[1].slack, ACS_SV | ACS_CR);
	route_free(&route);
	machine_free(&scene.machine);
}

/* 00:01.0 ── 01:00.0 physical, 01:00.1 and 01:00.2 virtual */
static void virtual_functions_are_assumed_apart(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, OFF },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 3, OFF, .physfn = "01:00.0" },
		{ "01:00.2", "00:01.0", PORT_ENDPOINT, 4, OFF, .physfn = "01:00.0" },
	};

	(void)state;
	machine_build(&scene.machine, parts, COUNT(parts));
	assert_route("01:00.1", "01:00.2", "no assumed");
	assert_route("01:00.0", "01:00.2", "no assumed");
	machine_free(&scene.machine);
}

/* Of one of two physical functions; the numbers of its bus were used up. */
static void virtual_functions_of_another_bus_are_of_the_device(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, OFF, .multifunction = true },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 2, OFF, .multifunction = true },
		{ "01:10.0", "00:01.0", PORT_ENDPOINT, 3, OFF, .physfn = "01:00.1" },
		{ "02:10.0", "00:01.0", PORT_ENDPOINT, 4, OFF, .physfn = "01:00.1" },
	};

	(void)state;
	machine_build(&scene.machine, parts, COUNT(parts));
	assert_route("01:00.0", "01:10.0", "yes none, 01:00.0 RR");
	assert_route("01:00.0", "02:10.0", "yes none, 01:00.0 RR");
	assert_route("02:10.0", "01:00.0", "no assumed");
	machine_free(&scene.machine);
}

/* 00:1c.0 and 00:1c.1, functions of one device ── 01:00.0, 02:00.0 */
static void root_ports_of_one_device_are_not_known(void **state)
{
	struct part parts[] = {
		{ "00:1c.0", NULL, PORT_ROOT, 1, .multifunction = true },
		{ "00:1c.1", NULL, PORT_ROOT, 1, .multifunction = true },
		{ "01:00.0", "00:1c.0", PORT_ENDPOINT, 1 },
		{ "02:00.0", "00:1c.1", PORT_ENDPOINT, 1 },
	};

	(void)state;
	machine_build(&scene.machine, parts, COUNT(parts));
	assert_route("01:00.0", "02:00.0", "unknown unknown, 00:1c.0 ? no-acs");
	machine_free(&scene.machine);
	parts[1].acs = (struct words)ON;
	machine_build(&scene.machine, parts, COUNT(parts));
	assert_route("01:00.0", "02:00.0", "no assumed");
	assert_route("02:00.0", "01:00.0", "no enforced");
	machine_free(&scene.machine);
}

/* A quirk of the kernel vouches for the port, whatever it lacks. */
static void vouched_port_holds(void **state)
{
	(void)state;
	set_scene();
	scene.parts[FIRST].acs.there = false;
	build_scene();
	scene.machine.tree.voucher[machine_device(&scene.machine, "04:00.0") -
				   scene.machine.facts.devices] =
		(struct voucher){ "pci_quirk", BASIS_ATTESTED };
	assert_route("05:00.0", "06:00.0", "no attested");
	machine_free(&scene.machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machine_with_all_on_keeps_all_apart),
		cmocka_unit_test(nested_switches_take_redirect_and_forwarding),
		cmocka_unit_test(switch_without_acs_is_closed_by_nothing),
		cmocka_unit_test(root_port_without_acs_is_assumed_and_turns_round),
		cmocka_unit_test(functions_follow_their_registers),
		cmocka_unit_test(what_could_not_be_read_is_unknown),
		cmocka_unit_test(no_iommu_is_an_open_end),
		cmocka_unit_test(egress_vector_goes_before_redirect),
		cmocka_unit_test(function_without_a_bit_is_not_known),
		cmocka_unit_test(translated_requests_go_straight),
		cmocka_unit_test(what_is_above_an_unread_vector_is_found),
		cmocka_unit_test(a_port_of_unknown_kind_blocks_nothing),
		cmocka_unit_test(bits_that_do_not_decide_are_slack),
		cmocka_unit_test(virtual_functions_are_assumed_apart),
		cmocka_unit_test(virtual_functions_of_another_bus_are_of_the_device),
		cmocka_unit_test(root_ports_of_one_device_are_not_known),
		cmocka_unit_test(vouched_port_holds),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
