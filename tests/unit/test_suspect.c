// SPDX-License-Identifier: GPL-2.0
/* What is made of counts: who watches, who could have forged an ID, whose it is. */
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "model/moment.h"
#include "render/faults.h"
#include "rule/fault.h"
#include "rule/suspect.h"
#include "suite.h"

#define HOUR (3600 * MOMENT_SECOND)

/*
 * 00:01.0 root port, SV+ ┬ 01:00.0
 *                        └ 01:00.1
 * 00:02.0 root port, SV- ── 02:00.0
 * 00:03.0 root port, SV+ ── 03:00.0 upstream ┬ 04:00.0 downstream, SV+ ── 05:00.0
 *                                            └ 04:01.0 downstream, SV- ── 06:00.0
 * 00:04.0 root port, SV+ ── 07:00.0 bridge to a conventional bus ── 08:01.0
 * 00:05.0 root port, unread ── 09:00.0
 * 00:06.0 integrated
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x5f, 0x1d) },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 11, .multifunction = true },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 11, .multifunction = true },
	{ "00:02.0", NULL, PORT_ROOT, 2, ACS(0x5f, 0x1c) },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 12 },
	{ "00:03.0", NULL, PORT_ROOT, 3, ACS(0x5f, 0x1d) },
	{ "03:00.0", "00:03.0", PORT_UPSTREAM, 3 },
	{ "04:00.0", "03:00.0", PORT_DOWNSTREAM, 4, ACS(0x5f, 0x1d) },
	{ "04:01.0", "03:00.0", PORT_DOWNSTREAM, 5, ACS(0x5f, 0x1c) },
	{ "05:00.0", "04:00.0", PORT_ENDPOINT, 15 },
	{ "06:00.0", "04:01.0", PORT_ENDPOINT, 16 },
	{ "00:04.0", NULL, PORT_ROOT, 6, ACS(0x5f, 0x1d) },
	{ "07:00.0", "00:04.0", PORT_PCIE_TO_PCI, 17 },
	{ "08:01.0", "07:00.0", PORT_CONVENTIONAL, 17 },
	{ "00:05.0", NULL, PORT_ROOT, 7, .acs_unknown = REASON_ASLEEP },
	{ "09:00.0", "00:05.0", PORT_ENDPOINT, 19 },
	{ "00:06.0", NULL, PORT_RC_ENDPOINT, 20 },
};

static void assert_forgers(const struct claims *claims, const char *id,
			   const char *expected)
{
	struct forgery forgery;
	char *text;

	assert_int_equal(forgery_find(&forgery, claims, machine_address(id)), 0);
	text = forgery_explain(&forgery);
	if (strcmp(text, expected))
		fail_msg("%s: \"%s\" is not \"%s\"", id, text, expected);
	free(text);
	forgery_free(&forgery);
}

static void ports_with_source_validation_keep_ids_to_their_buses(void **state)
{
	static const struct {
		const char *id, *forgers;
	} cases[] = {
		{ "01:00.0", "by 0000:01:00.1, 0000:02:00.0" },
		{ "02:00.0", "not known: a port above others could not be read" },
		/* Below one root port, so its port keeps 06:00.0 to buses 3 to 6. */
		{ "05:00.0", "by 0000:02:00.0, 0000:06:00.0" },
		{ "06:00.0", "by 0000:02:00.0" },
		/* Of the bridge, which puts it on requests of 08:01.0. */
		{ "08:00.0", "by 0000:02:00.0" },
		{ "08:1f.0", "by 0000:02:00.0, 0000:08:01.0" },
		{ "09:00.0", "by 0000:02:00.0" },
		{ "00:06.0", "by 0000:02:00.0" },
		/* Nobody is there. */
		{ "03:1f.0", "by 0000:02:00.0, 0000:06:00.0" },
		{ "40:00.0", "by 0000:02:00.0" },
		{ "0001:40:00.0", "not known: no function has this ID, nor is it known below which port its bus would be" },
	};
	struct machine machine;
	struct claims claims;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	assert_int_equal(claims_find(&claims, &machine.tree), 0);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_forgers(&claims, cases[i].id, cases[i].forgers);
	claims_free(&claims);
	machine_free(&machine);
}

static void assert_identity(const struct machine *machine,
			    const struct requester *requester,
			    enum identity_kind kind, const char *device)
{
	struct identity identity = identity_find(&machine->tree, requester);

	assert_int_equal(identity.kind, kind);
	if (device)
		assert_ptr_equal(identity.device,
				 machine_device(machine, device));
	else
		assert_null(identity.device);
}

static void ids_are_told_by_who_has_or_had_them(void **state)
{
	struct requester nobody = { .address = { 0, 0x2008 } };
	struct requester gone = nobody, bus = nobody, virtual = nobody;
	struct requester plain = nobody, bridge = nobody, alias = nobody;
	struct machine machine;
	struct device *device;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	device = machine_change(&machine, "02:00.0");
	device->total_vfs = 4;
	device->aliases.length = 2;
	device->aliases.byte[1] = 1;	/* 02:01.0 */
	gone.gone = bus.whole_bus = true;
	virtual.address = machine_address("02:02.0");
	plain.address = machine_address("05:00.0");
	bridge.address = machine_address("08:00.0");
	alias.address = machine_address("02:01.0");
	assert_identity(&machine, &nobody, IDENTITY_NOBODY, NULL);
	assert_identity(&machine, &gone, IDENTITY_GONE, NULL);
	assert_identity(&machine, &bus, IDENTITY_BUS, NULL);
	assert_identity(&machine, &virtual, IDENTITY_VIRTUAL, "02:00.0");
	assert_identity(&machine, &plain, IDENTITY_FUNCTION, "05:00.0");
	assert_identity(&machine, &bridge, IDENTITY_BRIDGE, "07:00.0");
	bridge.address = machine_address("07:00.0");
	assert_identity(&machine, &bridge, IDENTITY_BRIDGE, "07:00.0");
	assert_identity(&machine, &alias, IDENTITY_ALIAS, "02:00.0");
	plain.address = machine_address("08:01.0");
	assert_identity(&machine, &plain, IDENTITY_FUNCTION, "08:01.0");
	assert_true(identity_is_of(&machine.tree, &bridge,
				   machine_device(&machine, "08:01.0")));
	assert_false(identity_is_of(&machine.tree, &bridge,
				    machine_device(&machine, "05:00.0")));
	machine_free(&machine);
}

static struct source *unit(struct machine *machine, uint64_t address_,
			   enum source_state state)
{
	struct source *source = faults_add_source(&machine->facts.faults);

	*source = (struct source){
		.known = (1u << SOURCE_FIELDS) - 1, .unit = address_,
		.index = (uint32_t)machine->facts.faults.source_count - 1,
		.state = (uint8_t)state,
	};
	source->name = strdup("vtd");
	source->reason = strdup("of a test");
	return source;
}

static void assert_watch(const struct machine *machine, const char *bdf,
			 enum watching state, const char *why)
{
	struct watch watch = watch_find(&machine->facts,
					machine_device(machine, bdf));
	char *text;

	assert_int_equal(watch.state, state);
	if (!why)
		return;
	text = watch_explain(&watch, &machine->facts);
	assert_string_equal(text, why);
	free(text);
}

/* AMD-Vi with amdvi=1: that the tracepoint is off is no news. */
static void one_that_counts_unproven_is_named(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine.facts.faults.sources[0].state = SOURCE_OFF;
	unit(&machine, 0x1000, SOURCE_UNPROVEN);
	assert_watch(&machine, "01:00.0", WATCHING_UNIT,
		     "vtd 0x1000 is unproven: of a test");
	machine.facts.faults.sources[1].state = SOURCE_FAILED;
	assert_watch(&machine, "01:00.0", WATCHING_UNIT, "trace is off");
	machine.facts.faults.sources[1].state = SOURCE_ABSENT;
	assert_watch(&machine, "01:00.0", WATCHING_UNIT, "trace is off");
	machine_free(&machine);
}

static void only_an_active_source_watches(void **state)
{
	struct machine machine;
	struct source *trace;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	trace = &machine.facts.faults.sources[0];
	assert_watch(&machine, "01:00.0", WATCHING_YES, NULL);
	for (int i = SOURCE_ABSENT; i <= SOURCE_UNPROVEN; i++) {
		trace->state = (uint8_t)i;
		assert_watch(&machine, "01:00.0", WATCHING_UNIT, NULL);
	}
	assert_watch(&machine, "01:00.0", WATCHING_UNIT, "trace is unproven");
	trace->state = SOURCE_ABSENT;
	unit(&machine, 0x1000, SOURCE_ACTIVE);
	assert_watch(&machine, "01:00.0", WATCHING_YES, NULL);
	/* Which of two translates is not known: then neither may be missing. */
	unit(&machine, 0x2000, SOURCE_OFF);
	assert_watch(&machine, "01:00.0", WATCHING_UNIT,
		     "vtd 0x2000 is off: of a test");
	field_set_number(device_fields, DEVICE_IOMMU_UNIT,
			 machine_change(&machine, "01:00.0"), 0x1000);
	assert_watch(&machine, "01:00.0", WATCHING_YES, NULL);
	field_set_number(device_fields, DEVICE_IOMMU_UNIT,
			 machine_change(&machine, "01:00.0"), 0x2000);
	assert_watch(&machine, "01:00.0", WATCHING_UNIT, NULL);
	/* The way of looking as a whole fails. */
	unit(&machine, 0, SOURCE_FAILED)->known &=
		~(UINT64_C(1) << SOURCE_UNIT);
	machine_change(&machine, "01:00.0")->iommu_unit = 0x1000;
	assert_watch(&machine, "01:00.0", WATCHING_UNIT,
		     "vtd is failed: of a test");
	machine_free(&machine);
}

static void where_nobody_looks_it_is_said_why(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	unit(&machine, 0x1000, SOURCE_ACTIVE)->segment = 1;
	machine.facts.faults.sources[0].state = SOURCE_ABSENT;
	assert_watch(&machine, "01:00.0", WATCHING_UNIT, "trace is absent");
	machine.facts.faults.told = false;
	assert_watch(&machine, "01:00.0", WATCHING_NOBODY,
		     "the loaded module does not count faults");
	machine.facts.provider = "sysfs";
	assert_watch(&machine, "01:00.0", WATCHING_NOBODY,
		     "only the module counts faults, and it was not asked");
	/* There the module would see nothing, either. */
	machine_change(&machine, "01:00.0")->known &=
		~(UINT64_C(1) << DEVICE_GROUP);
	assert_watch(&machine, "01:00.0", WATCHING_UNTRANSLATED, NULL);
	machine.facts.faults.told = true;
	assert_watch(&machine, "01:00.0", WATCHING_UNTRANSLATED, NULL);
	machine_free(&machine);
}

/* What was found before is dropped. */
static void check_again(struct machine *machine)
{
	assessment_free(&machine->assessment);
	set_free(&machine->asked);
	survey_free(&machine->survey);
	machine_check(machine, "05:00.0", NULL);
}

static void recent_faults_are_a_warning_and_old_ones_are_not(void **state)
{
	struct machine machine;
	struct requester *requester;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_count(&machine, "05:00.0", 3, 23 * HOUR);
	machine_check(&machine, "05:00.0", NULL);
	machine_expect_ids(&machine, "warning inbound-path, warning inbound-path, warning faults-recent");
	machine_expect_seen(&machine, "faults-recent",
			    "3 faults of requester ID 0000:05:00.0, the last 23 hours ago; the ID could have been forged by 0000:02:00.0");
	requester = &machine.facts.faults.requesters[0];
	requester->last_seen -= 2 * HOUR;
	check_again(&machine);
	assert_null(machine_finding(&machine, "faults-recent"));
	assert_int_equal(fault_sum_up(&machine.assessment.inquiry).total, 3);
	assert_false(fault_sum_up(&machine.assessment.inquiry).at_least);
	/* Of what stood there before; and of a clock that was set back. */
	requester->last_seen += 9 * HOUR * 10;
	check_again(&machine);
	assert_non_null(machine_finding(&machine, "faults-recent"));
	requester->before = 3;
	check_again(&machine);
	assert_null(machine_finding(&machine, "faults-recent"));
	machine.facts.faults.sources[0].unattributed = 1;
	requester->before = 0;
	check_again(&machine);
	machine_expect_seen(&machine, "faults-recent", "at least 3 faults");
	assert_true(fault_sum_up(&machine.assessment.inquiry).at_least);
	assert_null(fault_sum_up(&machine.assessment.inquiry).gap);
	machine_free(&machine);
}

static void suspects_come_most_active_first(void **state)
{
	static const char *const order[] = { "02:00.0", "01:00.0", "05:00.0" };
	struct question question = { 0 };
	struct suspects suspects;
	struct faults before = { .told = true };
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	before.time = machine.facts.faults.time - 2 * MOMENT_SECOND;
	*faults_add_requester(&before) =
		*machine_count(&machine, "01:00.0", 5, HOUR);
	machine_count(&machine, "05:00.0", 3, HOUR);
	machine_count(&machine, "06:00.0", 0, HOUR);
	machine_count(&machine, "02:00.0", 9, HOUR);
	faults_sort(&machine.facts.faults);
	assert_int_equal(suspects_find(&suspects, &machine.tree, &question), 0);
	assert_int_equal(suspects.count, 3);
	assert_int_equal(suspects.faults, 17);
	for (size_t i = 0; i < COUNT(order); i++)
		assert_ptr_equal(suspects.item[i].device,
				 machine_device(&machine, order[i]));
	assert_true(suspects.item[0].exact);
	assert_true(suspects.item[0].seconds == 0);
	assert_true(suspects_all_watched(&suspects));
	suspects_free(&suspects);
	question.before = &before;
	question.all = true;
	assert_int_equal(suspects_find(&suspects, &machine.tree, &question), 0);
	assert_int_equal(suspects.count, 4);
	/* Those without an earlier account came since. */
	assert_int_equal(suspects.item[0].grown, 9);
	assert_int_equal(suspects.item[1].grown, 3);
	assert_int_equal(suspects.item[2].grown, 0);
	assert_true(suspects.item[2].seconds == 2);
	suspects_free(&suspects);
	before.requesters[0].total = 6;	/* of a module that was there before */
	assert_int_equal(suspects_find(&suspects, &machine.tree, &question), 0);
	assert_true(suspects.item[2].seconds == 0);
	suspects_free(&suspects);
	faults_free(&before);
	machine_free(&machine);
}

static void last_address_is_shown_if_it_is_known(void **state)
{
	struct question question = { 0 };
	struct output output = { 0 };
	struct suspects suspects;
	struct machine machine;
	char *text;
	size_t size;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_count(&machine, "05:00.0", 3, 5 * MOMENT_SECOND)->last_address =
		UINT64_C(0x100000000);
	assert_int_equal(suspects_find(&suspects, &machine.tree, &question), 0);
	output.stream = open_memstream(&text, &size);
	assert_int_equal(faults_render(&output, &machine.facts, &suspects), 0);
	fclose(output.stream);
	assert_non_null(strstr(text, "5 seconds ago, write at 0x100000000, PASID 0\n"));
	assert_null(strstr(text, "CAP_NET_ADMIN"));
	free(text);
	suspects_free(&suspects);
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_with_source_validation_keep_ids_to_their_buses),
		cmocka_unit_test(ids_are_told_by_who_has_or_had_them),
		cmocka_unit_test(only_an_active_source_watches),
		cmocka_unit_test(one_that_counts_unproven_is_named),
		cmocka_unit_test(where_nobody_looks_it_is_said_why),
		cmocka_unit_test(recent_faults_are_a_warning_and_old_ones_are_not),
		cmocka_unit_test(suspects_come_most_active_first),
		cmocka_unit_test(last_address_is_shown_if_it_is_known),
	};

	return cmocka_run_group_tests_name("suspect", tests, NULL, NULL);
}
