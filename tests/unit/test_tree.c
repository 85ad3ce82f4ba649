// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "machine.h"
#include "model/path.h"
#include "suite.h"

/*
 *  00:01.0 root port ── 01:00.0 upstream ─┬─ 02:00.0 ── 03:00.0
 *                                         └─ 02:01.0 ── 04:00.0
 *  00:02.0 root port ── 05:00.0 bridge ── 06:03.0
 *  00:1f.0 on the root bus, as 0001:00:00.0 of another segment
 */
static const struct part parts[] = {
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, .group = 5 },
	{ "00:01.0", NULL, PORT_ROOT, .acs = ACS(0x1d, 0x1d) },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, .acs = ACS(0x1d, 0x0d) },
	{ "03:00.0", "02:00.0", PORT_ENDPOINT },
	{ "00:02.0", NULL, PORT_ROOT },
	{ "05:00.0", "00:02.0", PORT_PCIE_TO_PCI },
	{ "06:03.0", "05:00.0", PORT_CONVENTIONAL },
	{ "00:1f.0", NULL, PORT_RC_ENDPOINT },
	{ "0001:00:00.0", NULL, PORT_RC_ENDPOINT },
	{ "03:02.0", "02:00.0", PORT_ENDPOINT, .physfn = "03:00.0" },
};

static void assert_path(const struct machine *machine, const char *from,
			const char *expected)
{
	char text[256] = "";
	char address[BDF_TEXT];
	struct path path;

	assert_int_equal(path_walk(&machine->tree,
				   machine_device(machine, from), &path), 0);
	for (size_t i = 0; i < path.count; i++) {
		assert_int_equal(path.hop[i].start, i == 0);
		bdf_format(path.hop[i].device->address, address);
		strcat(strcat(strcat(text, address + 5), " "),
		       names_get(&basis_names, path.hop[i].basis));
		strcat(text, i + 1 < path.count ? ", " : "");
	}
	assert_string_equal(text, expected);
	path_free(&path);
}

static void paths_lead_to_the_root(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	assert_path(&machine, "03:00.0", "03:00.0 unneeded, 02:00.0 none, "
		    "01:00.0 unneeded, 00:01.0 enforced");
	assert_path(&machine, "04:00.0", "04:00.0 unneeded, 02:01.0 none, "
		    "01:00.0 unneeded, 00:01.0 enforced");
	assert_path(&machine, "03:02.0", "03:02.0 assumed, 02:00.0 none, "
		    "01:00.0 unneeded, 00:01.0 enforced");
	assert_path(&machine, "06:03.0",
		    "06:03.0 unneeded, 05:00.0 none, 00:02.0 assumed");
	assert_path(&machine, "00:1f.0", "00:1f.0 unneeded");
	assert_path(&machine, "0001:00:00.0", "00:00.0 unneeded");
	machine_free(&machine);
}

static void below_and_root_follow_parents(void **state)
{
	const struct device *up, *end;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	up = machine_device(&machine, "01:00.0");
	end = machine_device(&machine, "04:00.0");
	assert_true(tree_below(&machine.tree, end, up));
	assert_true(tree_below(&machine.tree, up, up));
	assert_false(tree_below(&machine.tree, up, end));
	assert_false(tree_below(&machine.tree,
				machine_device(&machine, "06:03.0"), up));
	assert_ptr_equal(tree_root(&machine.tree, end),
			 machine_device(&machine, "00:01.0"));
	assert_null(tree_parent(&machine.tree,
				machine_device(&machine, "00:1f.0")));
	machine_free(&machine);
}

static void facts_are_in_order(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	for (size_t i = 1; i < machine.facts.device_count; i++)
		assert_true(bdf_compare(machine.facts.devices[i - 1].address,
					machine.facts.devices[i].address) < 0);
	assert_null(facts_find(&machine.facts, (struct bdf){ 0, 0x9900 }));
	assert_null(facts_group(&machine.facts, 4));
	machine_free(&machine);
}

static void assert_refused(const struct part *broken, size_t count,
			   const char *word)
{
	struct problem problem;
	struct facts facts;
	struct tree tree;

	machine_facts(&facts, broken, count);
	assert_int_equal(tree_build(&tree, &facts, &problem), -EBADMSG);
	assert_non_null(strstr(problem.text, word));
	tree_free(&tree);
	facts_free(&facts);
}

static void missing_parent_is_refused(void **state)
{
	static const struct part orphan[] = {
		{ "00:01.0", NULL, PORT_ROOT },
		{ "02:00.0", "01:00.0", PORT_ENDPOINT },
	};
	static const struct part other_segment[] = {
		{ "00:01.0", NULL, PORT_ROOT },
		{ "0001:01:00.0", "0001:00:01.0", PORT_ENDPOINT },
	};

	(void)state;
	assert_refused(orphan, COUNT(orphan), "0000:02:00.0");
	assert_refused(other_segment, COUNT(other_segment), "0001:00:01.0");
}

static void parent_that_is_no_bridge_is_refused(void **state)
{
	static const struct part virtual[] = {
		{ "00:01.0", NULL, PORT_ROOT },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT },
		{ "01:00.1", "00:01.0", PORT_ENDPOINT, .class = 0x060400,
		  .physfn = "01:00.0" },
		{ "02:00.0", "01:00.1", PORT_ENDPOINT },
	};
	static const struct part endpoint[] = {
		{ "00:01.0", NULL, PORT_ROOT },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT },
		{ "02:00.0", "01:00.0", PORT_ENDPOINT },
	};

	(void)state;
	assert_refused(virtual, COUNT(virtual),
		       "0000:02:00.0: said to be below 0000:01:00.1");
	assert_refused(endpoint, COUNT(endpoint), "which is no bridge");
}

static void ring_of_parents_is_refused(void **state)
{
	static const struct part self[] = {
		{ "01:00.0", "01:00.0", PORT_UPSTREAM },
	};
	static const struct part ring[] = {
		{ "01:00.0", "03:00.0", PORT_UPSTREAM },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM },
		{ "03:00.0", "02:00.0", PORT_UPSTREAM },
	};

	(void)state;
	assert_refused(self, COUNT(self), "ring");
	assert_refused(ring, COUNT(ring), "ring");
}

static void objects_that_come_twice_are_refused(void **state)
{
	struct problem problem;
	struct facts facts;

	(void)state;
	machine_facts(&facts, parts, COUNT(parts));
	facts_add_device(&facts)->address = facts.devices[3].address;
	assert_int_equal(facts_finish(&facts, &problem), -EBADMSG);
	assert_non_null(strstr(problem.text, "twice"));
	facts_free(&facts);

	machine_facts(&facts, parts, COUNT(parts));
	facts_add_group(&facts)->id = 5;
	assert_int_equal(facts_finish(&facts, &problem), -EBADMSG);
	assert_non_null(strstr(problem.text, "group 5"));
	facts_free(&facts);
}

static void device_of_an_unknown_group_is_refused(void **state)
{
	struct problem problem;
	struct facts facts;

	(void)state;
	machine_facts(&facts, parts, COUNT(parts));
	field_set_number(device_fields, DEVICE_GROUP, &facts.devices[0], 77);
	assert_int_equal(facts_finish(&facts, &problem), -EBADMSG);
	assert_non_null(strstr(problem.text, "group 77"));
	facts_free(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_lead_to_the_root),
		cmocka_unit_test(below_and_root_follow_parents),
		cmocka_unit_test(facts_are_in_order),
		cmocka_unit_test(missing_parent_is_refused),
		cmocka_unit_test(parent_that_is_no_bridge_is_refused),
		cmocka_unit_test(ring_of_parents_is_refused),
		cmocka_unit_test(objects_that_come_twice_are_refused),
		cmocka_unit_test(device_of_an_unknown_group_is_refused),
	};

	return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
