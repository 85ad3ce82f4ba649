// SPDX-License-Identifier: GPL-2.0
/* Faults of one device: under all IDs that it uses, and whether there were none. */
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "model/moment.h"
#include "render/faults.h"
#include "rule/fault.h"
#include "rule/id_list.h"
#include "rule/suspect.h"
#include "suite.h"

#define HOUR (3600 * MOMENT_SECOND)

/*
 * 00:02.0 root port ── 02:00.0
 * 00:03.0 root port ── 05:00.0
 * 00:04.0 root port ── 07:00.0 bridge to a conventional bus ── 08:01.0
 */
static const struct part parts[] = {
	{ "00:02.0", NULL, PORT_ROOT, 2, ACS(0x5f, 0x1d) },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 12 },
	{ "00:03.0", NULL, PORT_ROOT, 3, ACS(0x5f, 0x1d) },
	{ "05:00.0", "00:03.0", PORT_ENDPOINT, 15 },
	{ "00:04.0", NULL, PORT_ROOT, 6, ACS(0x5f, 0x1d) },
	{ "07:00.0", "00:04.0", PORT_PCIE_TO_PCI, 17 },
	{ "08:01.0", "07:00.0", PORT_CONVENTIONAL, 17 },
};

static void assert_wanted(struct machine *machine, const char *asked,
			  const char *const *ids, size_t count_)
{
	struct bdf only = machine_address(asked);
	struct question question = { .only = &only, .count = 1 };
	struct suspects suspects;

	assert_int_equal(suspects_find(&suspects, &machine->tree, &question), 0);
	assert_int_equal(suspects.count, count_);
	for (size_t i = 0; i < count_; i++)
		assert_int_equal(bdf_compare(suspects.item[i].requester->address,
					     machine_address(ids[i])), 0);
	suspects_free(&suspects);
}

#define WANTED(machine, asked, ...)					\
	assert_wanted(machine, asked, (const char *const []){ __VA_ARGS__ }, \
		      COUNT(((const char *const []){ __VA_ARGS__ })))

static void who_asks_for_a_device_gets_all_ids_that_it_uses(void **state)
{
	struct machine machine;
	struct device *device;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	device = machine_change(&machine, "02:00.0");
	device->aliases.length = 2;
	device->aliases.byte[1] = 1;	/* 02:01.0 */
	machine_count(&machine, "02:00.0", 0, HOUR);
	machine_count(&machine, "02:01.0", 3, HOUR);
	machine_count(&machine, "02:02.0", 4, HOUR);
	machine_count(&machine, "07:00.0", 0, HOUR);
	machine_count(&machine, "08:00.0", 5, HOUR);
	machine_count(&machine, "08:01.0", 1, HOUR);
	faults_sort(&machine.facts.faults);
	WANTED(&machine, "02:00.0", "02:01.0", "02:00.0");
	WANTED(&machine, "08:01.0", "08:00.0", "08:01.0");
	/* The bridge puts that ID on requests of others, but it is its own. */
	WANTED(&machine, "07:00.0", "08:00.0", "07:00.0");
	WANTED(&machine, "08:00.0", "08:00.0");
	machine_free(&machine);
}

static void a_stream_is_searched_for_the_same_ids(void **state)
{
	static const char *const ids[] = {
		"02:00.0", "02:01.0", "02:1f.7", "08:01.0", "07:00.0",
		"08:00.0", "40:00.0",
	};
	struct id_list list = { 0 };
	struct machine machine;
	struct device *device;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	device = machine_change(&machine, "02:00.0");
	device->aliases.length = 32;
	device->aliases.byte[1] = 1;
	device->aliases.byte[31] = 0x80;
	assert_int_equal(id_list_add(&list, &machine.tree, machine_address("02:00.0")), 0);
	assert_int_equal(id_list_add(&list, &machine.tree, machine_address("08:01.0")), 0);
	assert_int_equal(id_list_add(&list, &machine.tree, machine_address("40:00.0")), 0);
	assert_int_equal(list.count, COUNT(ids));
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_int_equal(bdf_compare(list.id[i], machine_address(ids[i])), 0);
	id_list_free(&list);
	machine_free(&machine);
}

static void assert_none(struct machine *machine, const char *id, bool none,
			const char *words)
{
	struct bdf only = machine_address(id);
	struct question question = { .only = &only, .count = 1 };
	struct output output = { 0 };
	struct suspects suspects;
	char *text;
	size_t size;

	assert_int_equal(suspects_find(&suspects, &machine->tree, &question), 0);
	assert_int_equal(suspects_are_none(&suspects), none);
	output.stream = open_memstream(&text, &size);
	assert_int_equal(faults_render(&output, &machine->facts, &suspects), 0);
	fclose(output.stream);
	assert_non_null(strstr(text, words));
	free(text);
	suspects_free(&suspects);
}

static void none_is_said_only_where_none_is_known_to_be_lost(void **state)
{
	static const char sure[] = "none since the module was loaded";
	static const char unsure[] = "none were counted; that is not to say";
	struct machine machine;
	struct source *trace;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	trace = &machine.facts.faults.sources[0];
	assert_none(&machine, "05:00.0", true, sure);
	trace->unattributed = 1;
	assert_none(&machine, "05:00.0", false, unsure);
	trace->unattributed = 0;
	trace->faults_at_least = true;
	assert_none(&machine, "05:00.0", false, unsure);
	trace->faults_at_least = false;
	/* It is watched, and for some kinds of faults is not: the source says which. */
	trace->reason = strdup("of a test");
	assert_none(&machine, "05:00.0", true, unsure);
	assert_false(watch_is_exact(&machine.facts, 0));
	machine_free(&machine);
}

/* 08:01.0 stands behind a bridge that puts 08:00.0 on its requests. */
static void ids_that_are_not_shown_may_be_those_of_a_device(void **state)
{
	static const char sure[] = "none since the module was loaded";
	struct question question = { 0 };
	struct suspects suspects;
	struct machine machine;
	struct faults *faults;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	faults = &machine.facts.faults;
	faults->detailed = false;
	machine_count(&machine, "05:00.0", 0, HOUR);
	machine_count(&machine, "08:01.0", 0, HOUR);
	assert_none(&machine, "08:01.0", true, sure);
	faults->sources[0].records = 4;
	assert_int_equal(faults_hidden(faults), 4);
	assert_none(&machine, "08:01.0", false, "some of the 4 faults that are not shown:");
	assert_none(&machine, "05:00.0", true, sure);
	assert_int_equal(suspects_find(&suspects, &machine.tree, &question), 0);
	assert_int_equal(suspects.faults, 4);
	suspects_free(&suspects);
	/* Some came after the sources were asked. */
	faults->requesters[0].total = 5;
	assert_true(faults_hide_some(faults));
	assert_int_equal(faults_hidden(faults), 0);
	assert_none(&machine, "08:01.0", false, "may have made faults that are not shown");
	faults->detailed = true;
	assert_none(&machine, "08:01.0", true, sure);
	machine_free(&machine);
}

static void ids_without_an_account_may_be_in_that_of_their_bus(void **state)
{
	struct machine machine;
	struct requester *own;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_count(&machine, "07:00.0", 0, HOUR);
	own = machine_count(&machine, "08:00.0", 9, HOUR);
	own->whole_bus = true;
	machine_count(&machine, "08:01.0", 0, HOUR);
	assert_none(&machine, "08:01.0", false, "some of the 9 faults that are booked");
	machine_check(&machine, "08:01.0", NULL);
	assert_true(fault_sum_up(&machine.assessment.inquiry).at_least);
	/* What has an account of its own is never booked on the bus. */
	own = machine_count(&machine, "08:00.0", 0, HOUR);
	faults_sort(&machine.facts.faults);
	assert_false(fault_sum_up(&machine.assessment.inquiry).at_least);
	assert_false(remainder_is_possible(&machine.tree,
					   machine_device(&machine, "08:01.0")));
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_asks_for_a_device_gets_all_ids_that_it_uses),
		cmocka_unit_test(a_stream_is_searched_for_the_same_ids),
		cmocka_unit_test(none_is_said_only_where_none_is_known_to_be_lost),
		cmocka_unit_test(ids_that_are_not_shown_may_be_those_of_a_device),
		cmocka_unit_test(ids_without_an_account_may_be_in_that_of_their_bus),
	};

	return cmocka_run_group_tests_name("fault_device", tests, NULL, NULL);
}
