// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "machine.h"
#include "model/branch.h"
#include "suite.h"

/*
 *  00:01.0 root port ── 01:00.0 upstream ─┬─ 02:00.0 ── 05:00.0, 05:00.1
 *                                         └─ 02:01.0 ── 04:00.0
 *  00:02.0 root port ── 03:00.0, its virtual functions 03:00.1 and 06:00.0
 *  00:1f.0 on the root bus, 0001:00:00.0 in another segment
 *
 * Bus numbers are not nested: between 03 and 06, below one port, are those of another.
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, .group = 1 },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, .group = 1 },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM },
	{ "05:00.0", "02:00.0", PORT_ENDPOINT, .group = 1 },
	{ "05:00.1", "02:00.0", PORT_ENDPOINT, .group = 2 },
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, .group = 1 },
	{ "00:02.0", NULL, PORT_ROOT },
	{ "03:00.0", "00:02.0", PORT_ENDPOINT },
	{ "03:00.1", "00:02.0", PORT_ENDPOINT, .physfn = "03:00.0" },
	{ "06:00.0", "00:02.0", PORT_ENDPOINT, .physfn = "03:00.0" },
	{ "00:1f.0", NULL, PORT_RC_ENDPOINT },
	{ "0001:00:00.0", NULL, PORT_RC_ENDPOINT },
};

static void add_address(char *text, const struct device *device)
{
	char address[BDF_TEXT];

	strcat(strcat(text, *text ? " " : ""),
	       bdf_format(device->address, address) + strlen("0000:"));
}

static void assert_relatives(struct relatives relatives, const char *expected)
{
	char text[256] = "";

	for (size_t i = 0; i < relatives.count; i++)
		add_address(text, relatives.member[i]);
	assert_string_equal(text, expected);
}

static void assert_set(const struct set *set, const char *expected)
{
	char text[256] = "";

	for (size_t i = 0; i < set->count; i++)
		add_address(text, set->member[i]);
	assert_string_equal(text, expected);
}

static void relatives_are_in_order(void **state)
{
	struct machine machine;
	const struct tree *tree = &machine.tree;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	assert_relatives(kin_children(tree, machine_device(&machine, "01:00.0")),
			 "02:00.0 02:01.0");
	assert_relatives(kin_children(tree, machine_device(&machine, "05:00.0")),
			 "");
	assert_relatives(kin_beside(tree, machine_device(&machine, "06:00.0")),
			 "03:00.0 03:00.1 06:00.0");
	assert_relatives(kin_beside(tree, machine_device(&machine, "00:02.0")),
			 "00:01.0 00:02.0 00:1f.0");
	assert_relatives(kin_bus(tree, machine_device(&machine, "03:00.1")),
			 "03:00.0 03:00.1");
	assert_relatives(kin_group(tree, machine_device(&machine, "04:00.0")),
			 "00:01.0 02:00.0 04:00.0 05:00.0");
	assert_relatives(kin_group(tree, machine_device(&machine, "00:1f.0")),
			 "");
	assert_relatives(kin_virtual(tree, machine_device(&machine, "03:00.0")),
			 "03:00.1 06:00.0");
	assert_relatives(kin_virtual(tree, machine_device(&machine, "03:00.1")),
			 "");
	machine_free(&machine);
}

static void assert_below(const struct machine *machine, const char *top,
			 const char *except, size_t most, const char *expected)
{
	struct set set = { .most = most }, none = { 0 };

	assert_int_equal(set_add(&none, machine_device(machine, except)), 0);
	assert_int_equal(set_add_below(&set, &machine->tree,
				       machine_device(machine, top), &none), 0);
	assert_set(&set, expected);
	set_free(&set);
	set_free(&none);
}

static void endpoints_below_are_found_whatever_their_numbers(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	assert_below(&machine, "00:01.0", "05:00.1", 0, "04:00.0 05:00.0");
	assert_below(&machine, "00:02.0", "05:00.1", 0,
		     "03:00.0 03:00.1 06:00.0");
	assert_below(&machine, "00:02.0", "03:00.1", 1, "03:00.0");
	assert_below(&machine, "05:00.0", "05:00.1", 0, "05:00.0");
	assert_below(&machine, "05:00.1", "05:00.1", 0, "");
	machine_free(&machine);
}

/* The order in which branches are come by is not that of addresses. */
static void a_full_set_keeps_the_first_and_counts_the_rest(void **state)
{
	struct set set = { .most = 2 }, none = { 0 };
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	set_add(&none, machine_device(&machine, "03:00.1"));
	set_add_below(&set, &machine.tree, machine_device(&machine, "02:00.0"),
		      &none);
	assert_set(&set, "05:00.0 05:00.1");
	set_add_below(&set, &machine.tree, machine_device(&machine, "00:02.0"),
		      &none);
	assert_set(&set, "03:00.0 05:00.0");
	assert_int_equal(set.left_out, 2);
	set_add_below(&set, &machine.tree, machine_device(&machine, "02:01.0"),
		      &none);
	assert_set(&set, "03:00.0 04:00.0");
	assert_int_equal(set.left_out, 3);
	set_add_below(&set, &machine.tree, machine_device(&machine, "05:00.1"),
		      &none);
	assert_int_equal(set.left_out, 4);
	set_free(&set);
	set_free(&none);
	machine_free(&machine);
}

static void assert_branches(const struct machine *machine, const char *from,
			    const char *last, const char *expected)
{
	struct branch branch = branch_start(&machine->tree,
					    machine_device(machine, from),
					    machine_device(machine, last));
	char text[256] = "";

	while (branch_next(&branch))
		add_address(text, branch.top);
	assert_string_equal(text, expected);
}

static void targets_part_from_a_way_in_branches(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	assert_branches(&machine, "05:00.0", "00:01.0",
			"05:00.0 05:00.1 02:01.0 00:02.0 00:1f.0");
	assert_branches(&machine, "05:00.0", "02:00.0",
			"05:00.0 05:00.1 02:01.0");
	assert_branches(&machine, "00:02.0", "00:02.0",
			"00:02.0 00:01.0 00:1f.0");
	assert_branches(&machine, "0001:00:00.0", "0001:00:00.0", "00:00.0");
	machine_free(&machine);
}

static void groups_come_along(void **state)
{
	struct set asked = { 0 }, set = { 0 };
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	set_add(&asked, machine_device(&machine, "05:00.0"));
	set_add(&asked, machine_device(&machine, "00:1f.0"));
	assert_int_equal(set_add_groups(&set, &machine.tree, &asked), 0);
	assert_set(&set, "00:1f.0 04:00.0 05:00.0");
	set_free(&asked);
	set_free(&set);
	machine_free(&machine);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(relatives_are_in_order),
		cmocka_unit_test(endpoints_below_are_found_whatever_their_numbers),
		cmocka_unit_test(a_full_set_keeps_the_first_and_counts_the_rest),
		cmocka_unit_test(targets_part_from_a_way_in_branches),
		cmocka_unit_test(groups_come_along),
	};

	return cmocka_run_group_tests_name("kin", tests, NULL, NULL);
}
