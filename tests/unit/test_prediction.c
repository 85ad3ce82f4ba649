// SPDX-License-Identifier: GPL-2.0
/* What a prediction tells beside the groups, and how it is compared with them. */
#include "grouping_case.h"
#include "predict/comparison.h"
#include "suite.h"

#define HERE(machine, bdf) \
	prediction_place(&(machine)->prediction, machine_device(machine, bdf))

/*
 * 00:01.0 root port, no ACS ── 01:00.0 endpoint
 * 00:02.0 root port, ACS ── 02:00.0 bridge ── 03:00.0 conventional
 * 00:03.0 root port, ACS ─┬ 04:00.0, 04:00.1 functions
 *                         └ 04:01.0 alias of 04:00.0
 * 00:05.0 root port, no ACS ── 05:00.0 upstream ── 06:00.0 downstream, no ACS ── 07:00.0
 */
static void a_place_tells_why(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1),
		PORT_OF("00:02.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("00:03.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1),
		PORT_OF("02:00.0", PCIE_TO_PCI, "00:02.0", .group = 1),
		PORT_OF("03:00.0", CONVENTIONAL, "02:00.0", .group = 1),
		PORT_OF("04:00.0", ENDPOINT, "00:03.0", .group = 1,
			.multifunction = true),
		PORT_OF("04:00.1", ENDPOINT, "00:03.0", .group = 1,
			.multifunction = true),
		PORT_OF("04:01.0", ENDPOINT, "00:03.0", .group = 1),
		PORT_OF("00:05.0", ROOT, NULL, .group = 1),
		PORT_OF("05:00.0", UPSTREAM, "00:05.0", .group = 1),
		PORT_OF("06:00.0", DOWNSTREAM, "05:00.0", .group = 1),
		PORT_OF("07:00.0", ENDPOINT, "06:00.0", .group = 1),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	grouping_alias(&machine, "04:01.0", 0x00);
	machine_predict(&machine);
	assert_int_equal(HERE(&machine, "00:01.0")->joining, JOIN_NONE);
	assert_null(HERE(&machine, "00:01.0")->with);
	assert_int_equal(HERE(&machine, "01:00.0")->joining, JOIN_PATH);
	assert_ptr_equal(HERE(&machine, "01:00.0")->with,
			 machine_device(&machine, "00:01.0"));
	assert_ptr_equal(HERE(&machine, "01:00.0")->through,
			 machine_device(&machine, "00:01.0"));
	assert_int_equal(HERE(&machine, "03:00.0")->joining, JOIN_REQUESTER);
	assert_ptr_equal(HERE(&machine, "03:00.0")->with,
			 machine_device(&machine, "02:00.0"));
	assert_int_equal(HERE(&machine, "04:00.1")->joining, JOIN_FUNCTION);
	assert_ptr_equal(HERE(&machine, "04:00.1")->with,
			 machine_device(&machine, "04:00.0"));
	assert_null(HERE(&machine, "04:00.1")->through);
	assert_int_equal(HERE(&machine, "04:01.0")->joining, JOIN_ALIAS);
	assert_ptr_equal(HERE(&machine, "07:00.0")->through,
			 machine_device(&machine, "06:00.0"));
	machine_free(&machine);
}

/* In depth before breadth, and virtual functions last. */
static void groups_are_formed_in_the_kernels_order(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
		PORT_OF("00:02.0", ROOT, NULL, .group = 2, .acs = ON),
		PORT_OF("01:00.0", ENDPOINT, "00:02.0", .group = 6),
		PORT_OF("01:10.0", ENDPOINT, "00:02.0", .group = 8,
			.physfn = "01:00.0"),
		PORT_OF("02:00.0", UPSTREAM, "00:01.0", .group = 3),
		PORT_OF("03:00.0", DOWNSTREAM, "02:00.0", .group = 4,
			.acs = ON),
		PORT_OF("04:00.0", ENDPOINT, "03:00.0", .group = 5),
		PORT_OF("80:00.0", RC_ENDPOINT, NULL, .group = 7),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_int_equal(machine.prediction.group_count, COUNT(parts));
	for (size_t i = 0; i < COUNT(parts); i++)
		assert_int_equal(machine.prediction.place[i].group + 1,
				 machine.facts.devices[i].group);
	machine_free(&machine);
}

static void without_any_group_all_are_predicted(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:00.2", CONVENTIONAL, NULL, .class = 0x080600),
		PORT_OF("00:01.0", ROOT, NULL),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0"),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_false(HERE(&machine, "00:00.2")->grouped);
	assert_true(grouping_together(&machine, 1, 2));
	machine_free(&machine);
}

/* vfio makes groups up where there is no IOMMU: they show no scope. */
static void made_up_groups_count_for_nothing(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1),
	};
	struct comparison comparison;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_group(&machine, 1)->noiommu = true;
	machine_predict(&machine);
	assert_true(grouping_together(&machine, 0, 1));
	assert_int_equal(comparison_make(&comparison, &machine.prediction), 0);
	assert_null(comparison.split.one);
	machine_free(&machine);
}

static void a_kernel_newer_than_the_table_is_known_as_such(void **state)
{
	static const struct {
		const char *release;
		bool newer, unknown;
	} rows[] = {
		{ "6.1.0-56-amd64", false }, { "7.3.9", false },
		{ "7.4.0", true }, { "8.0", true }, { "mainline", false, true },
		{ "", false, true },
	};
	static const struct part parts[] = { PORT_OF("00:01.0", ROOT, NULL) };
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, 1);
	for (size_t i = 0; i < COUNT(rows); i++) {
		machine_kernel(&machine, rows[i].release);
		if (kernel_of(&machine.facts).newer != rows[i].newer ||
		    kernel_of(&machine.facts).known == rows[i].unknown)
			fail_msg("%s", rows[i].release);
	}
	machine_free(&machine);
}

static void assert_pair(const struct machine *machine, const struct pair *pair,
			const char *one, const char *other)
{
	assert_ptr_equal(pair->one, machine_device(machine, one));
	assert_ptr_equal(pair->other, machine_device(machine, other));
}

static void differences_have_a_direction(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1),
		PORT_OF("00:02.0", ROOT, NULL, .group = 2, .acs = ON),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 3),
		PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 2),
		PORT_OF("02:00.1", ENDPOINT, "00:02.0", .group = 4),
	};
	struct comparison comparison;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_int_equal(comparison_make(&comparison, &machine.prediction), 0);
	assert_pair(&machine, &comparison.split, "00:01.0", "01:00.0");
	assert_pair(&machine, &comparison.joined, "00:02.0", "02:00.0");
	assert_false(comparison_splits(&machine.prediction,
				       machine_device(&machine, "02:00.0"),
				       machine_device(&machine, "02:00.1")));
	machine_free(&machine);
}

/* What is not certain is no difference. */
static void what_is_unknown_does_not_differ(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .group = 1,
			.acs_unknown = REASON_ASLEEP),
		PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2),
	};
	struct comparison comparison;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_int_equal(comparison_make(&comparison, &machine.prediction), 0);
	assert_null(comparison.split.one);
	assert_null(comparison.joined.one);
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_tells_why),
		cmocka_unit_test(groups_are_formed_in_the_kernels_order),
		cmocka_unit_test(without_any_group_all_are_predicted),
		cmocka_unit_test(made_up_groups_count_for_nothing),
		cmocka_unit_test(a_kernel_newer_than_the_table_is_known_as_such),
		cmocka_unit_test(differences_have_a_direction),
		cmocka_unit_test(what_is_unknown_does_not_differ),
	};

	return cmocka_run_group_tests_name("prediction", tests, NULL, NULL);
}
