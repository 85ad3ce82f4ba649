// SPDX-License-Identifier: GPL-2.0
/* Functions outside the set: who reaches in, who is trusted, who stays behind. */
#include <string.h>

#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)
#define OFF ACS(0x1f, 0x00)

static void expect(struct machine *machine, const char *bdf, const char *ids)
{
	machine_check(machine, bdf, NULL);
	machine_expect_ids(machine, ids);
	machine_free(machine);
}

/*
 * 00:01.0 root port, on ──── 01:00.0 GPU
 * 00:02.0 root port, off ─┬─ 02:00.0 NIC
 *                         └─ 02:00.1 its second function
 */
static const struct part one_open_port[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000 },
	{ "00:02.0", NULL, PORT_ROOT, 3, OFF },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 3, .driver = "ixgbe",
	  .multifunction = true },
	{ "02:00.1", "00:02.0", PORT_ENDPOINT, 3, .multifunction = true },
};

static void who_stands_behind_an_open_port_comes_in(void **state)
{
	const struct finding *finding;
	struct machine machine;

	(void)state;
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "warning", "enforced", 1);
	machine_expect_ids(&machine, "warning inbound-path");
	finding = machine_finding(&machine, "inbound-path");
	machine_expect_seen(&machine, "inbound-path", "0000:00:02.0 (root-port)");
	machine_expect_seen(&machine, "inbound-path", "leads to 0000:01:00.0");
	machine_expect_seen(&machine, "inbound-path",
			    "0000:02:00.0 (ixgbe), 0000:02:00.1 (no driver)");
	assert_int_equal(finding->intrusion->intruders.count, 2);
	machine_free(&machine);
}

static void a_guest_behind_an_open_port_is_unsafe(void **state)
{
	static const char *const drivers[] = { "vfio-pci", "mlx5_vfio_pci" };
	struct part parts[COUNT(one_open_port)];
	struct machine machine;

	(void)state;
	memcpy(parts, one_open_port, sizeof(parts));
	for (size_t i = 0; i < COUNT(drivers); i++) {
		parts[4].driver = drivers[i];
		machine_build(&machine, parts, COUNT(parts));
		machine_check(&machine, "01:00.0", NULL);
		machine_expect(&machine, "unsafe", "enforced", 2);
		machine_expect_ids(&machine, "unsafe peer-assigned");
		/* The guest is named first: it is the danger. */
		machine_expect_seen(&machine, "peer-assigned",
				    "come from 0000:02:00.1");
		machine_free(&machine);
	}
}

/* Redirected, but free to use the names of others: explain says no. */
static void a_guest_behind_a_weak_port_is_not_fully_kept_apart(void **state)
{
	struct part parts[COUNT(one_open_port)];
	struct machine machine;

	(void)state;
	memcpy(parts, one_open_port, sizeof(parts));
	parts[4].driver = "vfio-pci";
	parts[2].acs.ctrl = 0x1c;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "enforced", 2);
	assert_false(machine_finding(&machine, "peer-assigned")->intrusion->through);
	machine_free(&machine);
}

/* What gets through is said of guests where there are any, else of the host. */
static void the_host_behind_a_weak_port_is_not_fully_kept_apart(void **state)
{
	struct part parts[COUNT(one_open_port)];
	const struct finding *finding;
	struct machine machine;

	(void)state;
	memcpy(parts, one_open_port, sizeof(parts));
	parts[2].acs.ctrl = 0x1c;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "warning", "enforced", 1);
	machine_expect_ids(&machine, "warning inbound-path");
	finding = machine_finding(&machine, "inbound-path");
	assert_false(finding->intrusion->through);
	assert_string_equal(finding->rule->headline, "is not fully kept apart from @.");
	machine_expect_seen(&machine, "inbound-path", "is not fully closed and leads");
	machine_free(&machine);
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	machine_check(&machine, "01:00.0", NULL);
	assert_true(machine_finding(&machine, "inbound-path")->intrusion->through);
	machine_free(&machine);
}

static void many_intruders_are_counted(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
		{ "00:02.0", NULL, PORT_ROOT, 3, OFF },
		{ "02:00.0", "00:02.0", PORT_ENDPOINT, 3 },
		{ "02:00.1", "00:02.0", PORT_ENDPOINT, 3 },
		{ "02:00.2", "00:02.0", PORT_ENDPOINT, 3 },
		{ "02:00.3", "00:02.0", PORT_ENDPOINT, 3 },
		{ "02:00.4", "00:02.0", PORT_ENDPOINT, 3 },
		{ "02:00.5", "00:02.0", PORT_ENDPOINT, 3,
		  .driver = "vfio-pci" },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_seen(&machine, "peer-assigned",
			    "0000:02:00.5 (vfio-pci), 0000:02:00.0 (no driver), 0000:02:00.1 (no driver), 0000:02:00.2 (no driver) and 2 more");
	machine_free(&machine);
}

static void other_root_buses_and_closed_ports_do_not_come_in(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
		{ "00:02.0", NULL, PORT_ROOT, 3, ON },
		{ "02:00.0", "00:02.0", PORT_ENDPOINT, 4 },
		{ "80:02.0", NULL, PORT_ROOT, 5, OFF },
		{ "81:00.0", "80:02.0", PORT_ENDPOINT, 5 },
		{ "0001:00:02.0", NULL, PORT_ROOT, 6, OFF },
		{ "0001:01:00.0", "0001:00:02.0", PORT_ENDPOINT, 6 },
		/* Assumed to send everything to the IOMMU, as the kernel does. */
		{ "00:03.0", NULL, PORT_ROOT, 7 },
		{ "03:00.0", "00:03.0", PORT_ENDPOINT, 7 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	expect(&machine, "01:00.0", "");
}

static bool is_unseen(const struct machine *machine, const char *words)
{
	const struct text_list *unseen =
		&machine->assessment.judgement.unseen;

	for (size_t i = 0; i < unseen->count; i++)
		if (strstr(unseen->item[i], words))
			return true;
	return false;
}

/* Ports whose registers sleep, or whose other controls go before redirect. */
static const struct part ports_that_may_be_open[] = {
	{ "00:02.0", NULL, PORT_ROOT, 3, .acs_unknown = REASON_ASLEEP },
	{ "00:02.0", NULL, PORT_ROOT, 3, ACS(0x3f, 0x3d) },
	{ "00:02.0", NULL, PORT_ROOT, 3, ACS(0x5f, 0x5d) },
};

static void expect_headline(const struct machine *machine, const char *headline)
{
	assert_string_equal(machine_finding(machine, "peer-assigned")->rule->headline,
			    headline);
}

static void a_way_in_that_does_not_show_is_unknown_for_guests(void **state)
{
	struct part parts[COUNT(one_open_port)];
	struct machine machine;

	(void)state;
	memcpy(parts, one_open_port, sizeof(parts));
	for (size_t i = 0; i < COUNT(ports_that_may_be_open); i++) {
		parts[2] = ports_that_may_be_open[i];
		parts[4].driver = "vfio-pci";
		machine_build(&machine, parts, COUNT(parts));
		machine_check(&machine, "01:00.0", NULL);
		machine_expect(&machine, "unknown", "enforced", 3);
		machine_expect_ids(&machine, "unknown peer-assigned");
		expect_headline(&machine,
			"may be written to by @, of which a guest has control; whether it can be could not be told.");
		machine_free(&machine);
		/* Of the host's devices it is said, and no warning. */
		parts[4].driver = NULL;
		machine_build(&machine, parts, COUNT(parts));
		machine_check(&machine, "01:00.0", NULL);
		machine_expect_ids(&machine, "");
		assert_true(is_unseen(&machine,
				      "devices behind 0000:00:02.0 reach"));
		machine_free(&machine);
	}
}

static void user_space_has_devices_by_other_drivers_too(void **state)
{
	static const char *const drivers[] = {
		"uio_pci_generic", "igb_uio", "xen-pciback",
	};
	struct part parts[COUNT(one_open_port)];
	struct machine machine;

	(void)state;
	memcpy(parts, one_open_port, sizeof(parts));
	for (size_t i = 0; i < COUNT(drivers); i++) {
		parts[4].driver = drivers[i];
		machine_build(&machine, parts, COUNT(parts));
		expect(&machine, "01:00.0", "unsafe peer-assigned");
	}
	/* Without a driver, in a group that user space owns. */
	parts[4].driver = NULL;
	parts[4].group = 9;
	machine_build(&machine, parts, COUNT(parts));
	machine_group(&machine, 9)->user_owned = ANSWER_YES;
	expect(&machine, "01:00.0", "unsafe peer-assigned");
}

/* 01:00.0 physical, 01:00.1 and .2 virtual */
static const struct part sriov[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .driver = "igb" },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 3, .physfn = "01:00.0" },
	{ "01:00.2", "00:01.0", PORT_ENDPOINT, 4, .physfn = "01:00.0" },
};

static void physical_function_is_trusted_unless_a_guest_has_it(void **state)
{
	struct part parts[COUNT(sriov)];
	struct machine machine;

	(void)state;
	machine_build(&machine, sriov, COUNT(sriov));
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_expect_ids(&machine, "info pf-trusted, info assumed-isolated");
	machine_expect_seen(&machine, "pf-trusted", "0000:01:00.0 (igb)");
	machine_free(&machine);

	memcpy(parts, sriov, sizeof(parts));
	parts[1].driver = "vfio-pci";
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "unsafe", "assumed", 2);
	machine_expect_ids(&machine,
			   "unsafe peer-assigned, info assumed-isolated");
	machine_free(&machine);
	/* To the same guest: nobody else has power over it. */
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.1", "01:00.0");
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
}

static void virtual_functions_go_with_their_physical_one(void **state)
{
	struct part parts[COUNT(sriov)];
	const struct ready *ready;
	struct machine machine;

	(void)state;
	memcpy(parts, sriov, sizeof(parts));
	parts[2].driver = "vfio-pci";
	machine_build(&machine, parts, COUNT(parts));
	field_set_number(device_fields, DEVICE_NUM_VFS,
			 machine_change(&machine, "01:00.0"), 2);
	machine_use(&machine, "01:00.2", USE_ROUTE, "eth1", NULL);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_ids(&machine,
		"unsafe peer-assigned, warning obstacle-host-critical");
	machine_expect_seen(&machine, "peer-assigned", "0000:01:00.1");
	machine_expect_seen(&machine, "obstacle-host-critical",
			    "with its virtual function 0000:01:00.2");
	ready = &machine.assessment.ready;
	assert_int_equal(ready->step_count, 3);
	assert_int_equal(ready->step[0].action, ACTION_REMOVE_VFS);
	machine_free(&machine);
	/* Together with the function that another guest would have had. */
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", "01:00.1");
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
}

static void root_ports_of_one_device_in_two_groups_are_unsafe(void **state)
{
	struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, .multifunction = true },
		{ "00:01.1", NULL, PORT_ROOT, 2, .multifunction = true },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 1 },
		{ "02:00.0", "00:01.1", PORT_ENDPOINT, 2 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unsafe", "unexplained", 2);
	machine_expect_seen(&machine, "split-unexplained",
			    "0000:01:00.0 in group 1 and 0000:02:00.0 in group 2");
	machine_free(&machine);
	/* As the kernel has them. */
	parts[1].group = parts[3].group = 1;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	machine_free(&machine);
}

/* Not seen is not the host's. */
static void a_driver_that_does_not_show_may_be_a_guests(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	field_set_number(device_fields, DEVICE_DRIVER_UNKNOWN,
			 machine_change(&machine, "02:00.1"), REASON_BUSY);
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "unknown", "enforced", 3);
	machine_expect_ids(&machine, "unknown peer-assigned");
	machine_expect_seen(&machine, "peer-assigned",
			    "0000:02:00.1 (driver not known)");
	expect_headline(&machine,
		"is not kept apart from @; whether a guest has that could not be seen.");
	machine_free(&machine);
	machine_build(&machine, sriov, COUNT(sriov));
	field_set_number(device_fields, DEVICE_DRIVER_UNKNOWN,
			 machine_change(&machine, "01:00.0"), REASON_BUSY);
	machine_check(&machine, "01:00.1", NULL);
	machine_expect(&machine, "unknown", "assumed", 3);
	machine_free(&machine);
}

static void functions_of_a_device_stay_together(void **state)
{
	struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, ON,
		  .multifunction = true },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 3, ON,
		  .multifunction = true },
		{ "00:1f.2", NULL, PORT_RC_ENDPOINT, 4, .multifunction = true },
		{ "00:1f.3", NULL, PORT_RC_ENDPOINT, 4, .multifunction = true },
	};
	struct machine machine;

	(void)state;
	/* A card with two ports that its own registers keep apart. */
	machine_build(&machine, parts, COUNT(parts));
	expect(&machine, "01:00.0", "");
	/* As most cards have it: a capability that offers nothing, or little. */
	parts[1].acs = (struct words)ACS(0, 0);
	parts[2].acs = (struct words)ACS(0x0c, 0x0c);
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect(&machine, "safe", "assumed", 0);
	assert_null(machine_finding(&machine, "companion-outside"));
	machine_free(&machine);
	parts[1].acs = (struct words)ON;
	/* Its sibling has no ACS: the kernel takes a vendor's word for it. */
	parts[2].acs = (struct words){ 0 };
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_seen(&machine, "companion-outside", "0000:01:00.1");
	machine_free(&machine);
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", "01:00.1");
	assert_null(machine_finding(&machine, "companion-outside"));
	machine_free(&machine);
	/* The chipset's slots are no devices. */
	parts[4].group = 5;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "00:1f.2", NULL);
	assert_null(machine_finding(&machine, "companion-outside"));
	machine_free(&machine);
}

static void set_resets(struct machine *machine, const char *bdf,
		       const char *methods)
{
	field_set_text(device_fields, DEVICE_RESET_METHODS,
		       machine_change(machine, bdf), methods, strlen(methods));
}

static void resets_hit_the_set_or_others(void **state)
{
	struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, ON,
		  .multifunction = true },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, 2, ON,
		  .multifunction = true },
		{ "00:02.0", NULL, PORT_RC_ENDPOINT, 3, ON },
	};
	struct machine machine;

	(void)state;
	/* All that a reset of the bus hits goes together. */
	machine_build(&machine, parts, COUNT(parts));
	set_resets(&machine, "01:00.0", "");
	set_resets(&machine, "01:00.1", "");
	expect(&machine, "01:00.0", "info group-wider");
	parts[2].group = 4;
	machine_build(&machine, parts, COUNT(parts));
	set_resets(&machine, "01:00.0", "");
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_ids(&machine, "warning wide-reset");
	machine_expect_seen(&machine, "wide-reset", "0000:01:00.1");
	machine_free(&machine);
	machine_build(&machine, parts, COUNT(parts));
	set_resets(&machine, "01:00.0", "flr bus");
	expect(&machine, "01:00.0", "");
	/* On a root bus there is no bus to reset. */
	machine_build(&machine, parts, COUNT(parts));
	set_resets(&machine, "00:02.0", "");
	machine_check(&machine, "00:02.0", NULL);
	machine_expect_seen(&machine, "no-reset", "0000:00:02.0");
	machine_free(&machine);
	/* The bus of function 0 is listed before its sibling is found. */
	parts[2].group = 2;
	machine_build(&machine, parts, COUNT(parts));
	set_resets(&machine, "01:00.0", "bus");
	set_resets(&machine, "01:00.1", "");
	expect(&machine, "01:00.0", "info group-wider");
	parts[2].group = 4;
	machine_build(&machine, parts, COUNT(parts));
	set_resets(&machine, "01:00.0", "bus");
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_ids(&machine, "warning wide-reset");
	machine_free(&machine);
	/* Not known is not none. */
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "00:02.0", NULL);
	assert_null(machine_finding(&machine, "no-reset"));
	machine_free(&machine);
}

static void what_is_plugged_in_outside_is_a_warning(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, sriov, COUNT(sriov));
	field_set_number(device_fields, DEVICE_REMOVABLE,
			 machine_change(&machine, "01:00.0"), 1);
	expect(&machine, "01:00.0", "warning external-slot");
	/* The module names the port, and it is said once. */
	machine_build(&machine, sriov, COUNT(sriov));
	field_set_number(device_fields, DEVICE_REMOVABLE,
			 machine_change(&machine, "01:00.0"), 1);
	machine_change(&machine, "00:01.0")->external_facing = true;
	machine_check(&machine, "01:00.0", NULL);
	machine_expect_ids(&machine, "warning external-slot");
	machine_expect_seen(&machine, "external-slot", "0000:00:01.0");
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_stands_behind_an_open_port_comes_in),
		cmocka_unit_test(a_guest_behind_an_open_port_is_unsafe),
		cmocka_unit_test(a_guest_behind_a_weak_port_is_not_fully_kept_apart),
		cmocka_unit_test(the_host_behind_a_weak_port_is_not_fully_kept_apart),
		cmocka_unit_test(many_intruders_are_counted),
		cmocka_unit_test(other_root_buses_and_closed_ports_do_not_come_in),
		cmocka_unit_test(a_way_in_that_does_not_show_is_unknown_for_guests),
		cmocka_unit_test(user_space_has_devices_by_other_drivers_too),
		cmocka_unit_test(virtual_functions_go_with_their_physical_one),
		cmocka_unit_test(root_ports_of_one_device_in_two_groups_are_unsafe),
		cmocka_unit_test(physical_function_is_trusted_unless_a_guest_has_it),
		cmocka_unit_test(a_driver_that_does_not_show_may_be_a_guests),
		cmocka_unit_test(functions_of_a_device_stay_together),
		cmocka_unit_test(resets_hit_the_set_or_others),
		cmocka_unit_test(what_is_plugged_in_outside_is_a_warning),
	};

	return cmocka_run_group_tests_name("neighbour", tests, NULL, NULL);
}
