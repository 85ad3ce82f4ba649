// SPDX-License-Identifier: GPL-2.0
/* What a device could expect below each port; tests/reference tries it out. */
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "rule/prospect.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)

/*
 *  00:01.0 root, on ── 01:00.0 up ─┬─ 02:00.0, on ── 03:00.0
 *                                  ├─ 02:01.0      ── 04:00.0
 *                                  └─ 02:02.0, on
 *  00:02.0 root ── 05:00.0
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1 },
	{ "02:02.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	{ "03:00.0", "02:00.0", PORT_ENDPOINT, 1 },
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, 1 },
	{ "00:02.0", NULL, PORT_ROOT, 1 },
	{ "05:00.0", "00:02.0", PORT_ENDPOINT, 1 },
};

static void assert_slots(const struct part *rows, size_t count,
			 const char *const *expected)
{
	struct prospects slots;
	struct machine machine;

	machine_build(&machine, rows, count);
	for (size_t i = 0; i < machine.facts.device_count; i++)
		machine.facts.devices[i].ats = CAPABILITY_ON;
	assert_int_equal(prospects_find(&slots, &machine.tree), 0);
	for (size_t i = 0; i < slots.count; i++) {
		char *reason = prospect_explain(&slots.item[i]);
		char *text = text_format("%s: %s",
			names_get(&prospect_names, slots.item[i].way), reason);

		assert_non_null(expected[i]);
		assert_string_equal(text, expected[i]);
		free(text);
		free(reason);
	}
	assert_null(expected[slots.count]);
	prospects_free(&slots);
	machine_free(&machine);
}

static void one_open_port_spoils_its_switch(void **state)
{
	static const char *const expected[] = {
		"isolated: enforced",
		"isolated: assumed",
		"shared: 0000:02:01.0 lets requests through to it",
		"shared: 0000:02:01.0 lets its requests through to 0000:02:00.0",
		"shared: 0000:02:01.0 lets requests through to it",
		NULL,
	};

	(void)state;
	assert_slots(parts, COUNT(parts), expected);
}

static void a_port_that_sleeps_may_let_through(void **state)
{
	static const char *const expected[] = {
		"isolated: enforced",
		"isolated: assumed",
		"unknown: 0000:02:01.0 may let requests through to it",
		"unknown: 0000:02:01.0 may let its requests through to 0000:02:00.0",
		"unknown: 0000:02:01.0 may let requests through to it",
		NULL,
	};
	struct part rows[COUNT(parts)];

	(void)state;
	memcpy(rows, parts, sizeof(rows));
	rows[3].acs_unknown = REASON_ASLEEP;
	assert_slots(rows, COUNT(rows), expected);
}

static void what_stands_there_now_does_not_count(void **state)
{
	static const char *const expected[] = {
		"isolated: enforced",
		"isolated: enforced",
		"shared: 0000:02:01.0 lets its requests through to 0000:02:00.0",
		"isolated: enforced",
		NULL,
	};
	struct part rows[6];

	(void)state;
	memcpy(rows, parts, sizeof(rows));
	assert_slots(rows, COUNT(rows), expected);
}

/* What the device itself may mark is not known; of those that are there it is. */
static void controls_that_go_before_redirect_count(void **state)
{
	static const struct {
		struct words acs;
		const char *const expected[5];
	} cases[] = {
		{ ACS(0x083f, 0x003d), {
			"isolated: enforced",
			"unknown: 0000:02:00.0 may let its requests through to 0000:02:01.0, by Egress Control",
			"unknown: 0000:02:00.0 may let requests through to it, by Egress Control",
			"unknown: 0000:02:00.0 may let requests through to it, by Egress Control" } },
		{ ACS(0x5f, 0x5d), {
			"isolated: enforced",
			"unknown: 0000:02:00.0 may let its requests through to 0000:02:01.0, by Direct Translated P2P",
			"shared: 0000:02:00.0 lets requests through to it, by Direct Translated P2P",
			"shared: 0000:02:00.0 lets requests through to it, by Direct Translated P2P" } },
		{ ACS(0x5f, 0x5f), {
			"isolated: enforced", "isolated: enforced",
			"isolated: enforced", "isolated: enforced" } },
	};
	struct part rows[7];

	(void)state;
	memcpy(rows, parts, sizeof(rows));
	rows[3].acs = (struct words)ON;
	for (size_t i = 0; i < COUNT(cases); i++) {
		rows[2].acs = cases[i].acs;
		assert_slots(rows, COUNT(rows), cases[i].expected);
	}
}

/*
 * What bits that are off leave open, though they let no write through, a check
 * calls unsafe: of the device's own way; and of others' ways it names them.
 */
static void what_is_not_fully_kept_apart_is_shared(void **state)
{
	static const struct {
		struct words acs;
		const char *const expected[6];
	} cases[] = {
		{ ACS(0x1f, 0x1c), {
			"isolated: enforced",
			"shared: 0000:02:00.0 does not fully keep it from 0000:02:01.0; off: SV",
			"shared: 0000:02:00.0 does not fully keep what is there from it; off: SV",
			"shared: 0000:02:00.0 does not fully keep what is there from it; off: SV" } },
		{ ACS(0x1f, 0x0d), {
			"isolated: enforced",
			"shared: 0000:02:00.0 does not fully keep it from 0000:02:01.0; off: UF",
			"shared: 0000:02:00.0 does not fully keep what is there from it; off: UF",
			"shared: 0000:02:00.0 does not fully keep what is there from it; off: UF" } },
		{ ACS(0x0d, 0x0d), {
			"isolated: enforced", "isolated: assumed",
			"isolated: enforced", "isolated: enforced" } },
		/* That Egress Control may let them through goes without saying. */
		{ ACS(0x083f, 0x0020), {
			"isolated: enforced",
			"shared: 0000:02:00.0 does not fully keep it from 0000:02:01.0; off: SV RR CR UF",
			"shared: 0000:02:00.0 does not fully keep what is there from it; off: SV RR CR UF",
			"shared: 0000:02:00.0 does not fully keep what is there from it; off: SV RR CR UF" } },
	};
	struct part rows[7];

	(void)state;
	memcpy(rows, parts, sizeof(rows));
	rows[3].acs = (struct words)ON;
	for (size_t i = 0; i < COUNT(cases); i++) {
		rows[2].acs = cases[i].acs;
		assert_slots(rows, COUNT(rows), cases[i].expected);
	}
}

/* 00:01.0 root, CR off ── 01:00.0 up ─┬─ 02:00.0 ── 03:00.0; 00:02.0 root
 *                                     └─ 02:01.0 */
static void what_turns_above_is_not_fully_kept_apart_either(void **state)
{
	static const char *const expected[] = {
		"isolated: assumed",
		"shared: 0000:00:01.0 does not fully keep what is there from it; off: CR",
		"isolated: assumed",
		"shared: 0000:00:01.0 does not fully keep it from 0000:02:00.0; off: CR",
		NULL,
	};
	static const struct part rows[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x1f, 0x15) },
		{ "00:02.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
		{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
		{ "03:00.0", "02:00.0", PORT_ENDPOINT, 1 },
	};

	(void)state;
	assert_slots(rows, COUNT(rows), expected);
}

/* Who is written to is warned, and of who writes it is unsafe. */
static void its_own_requests_go_before_those_of_others(void **state)
{
	static const char *const expected[] = {
		"isolated: enforced",
		"shared: 0000:02:00.0 does not fully keep it from 0000:02:01.0; off: SV",
		"shared: 0000:02:01.0 lets its requests through to 0000:02:00.0",
		NULL,
	};
	struct part rows[7];

	(void)state;
	memcpy(rows, parts, 4 * sizeof(*rows));
	memcpy(&rows[4], &parts[5], 2 * sizeof(*rows));
	rows[2].acs = (struct words)ACS(0x1f, 0x1c);
	assert_slots(rows, 6, expected);
}

/* The last port keeps it from the machine itself, if nobody else is there. */
static void what_the_last_port_does_must_be_known(void **state)
{
	static const char *const expected[] = {
		"unknown: ACS of 0000:00:01.0 is not known (asleep)",
		"unknown: ACS of 0000:00:01.0 is not known (asleep)",
		"unknown: ACS of 0000:00:01.0 is not known (asleep)",
		NULL,
	};
	static const struct part rows[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, .acs_unknown = REASON_ASLEEP },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
		{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
	};

	(void)state;
	assert_slots(rows, COUNT(rows), expected);
}

static void the_last_port_counts_whoever_is_there(void **state)
{
	static const char *const expected[] = {
		"isolated: assumed", "isolated: assumed", "isolated: assumed",
		NULL,
	};
	static const struct part rows[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x0d, 0x0d) },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
		{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1, ON },
		{ "03:00.0", "02:00.0", PORT_ENDPOINT, 1 },
	};

	(void)state;
	assert_slots(rows, COUNT(rows), expected);
}

/* 00:01.0 root, DT ── 01:00.0 up ── 02:00.0, TB ── 03:00.0; 00:02.0 root */
static void what_is_blocked_below_does_not_come_out(void **state)
{
	static const char *const expected[] = {
		"isolated: enforced", "isolated: enforced",
		"isolated: enforced", NULL,
	};
	static const struct part rows[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x5f, 0x5d) },
		{ "00:02.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1, ACS(0x1f, 0x1f) },
		{ "03:00.0", "02:00.0", PORT_ENDPOINT, 1 },
	};

	(void)state;
	assert_slots(rows, COUNT(rows), expected);
}

/* Also where others have one. */
static void no_iommu_isolates_nothing(void **state)
{
	static const char *const expected[] = {
		"shared: no IOMMU serves this port",
		"isolated: enforced",
		"unknown: whether an IOMMU serves this port is not known",
		NULL,
	};
	static const struct part rows[] = {
		{ "00:01.0", NULL, PORT_ROOT, 0, ON },
		{ "00:02.0", NULL, PORT_ROOT, 1, ON },
		{ "00:03.0", NULL, PORT_ROOT, 0, ON,
		  .group_unknown = REASON_BUSY },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT },
	};

	(void)state;
	assert_slots(rows, COUNT(rows), expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_open_port_spoils_its_switch),
		cmocka_unit_test(a_port_that_sleeps_may_let_through),
		cmocka_unit_test(what_stands_there_now_does_not_count),
		cmocka_unit_test(controls_that_go_before_redirect_count),
		cmocka_unit_test(what_is_not_fully_kept_apart_is_shared),
		cmocka_unit_test(what_turns_above_is_not_fully_kept_apart_either),
		cmocka_unit_test(its_own_requests_go_before_those_of_others),
		cmocka_unit_test(what_the_last_port_does_must_be_known),
		cmocka_unit_test(the_last_port_counts_whoever_is_there),
		cmocka_unit_test(what_is_blocked_below_does_not_come_out),
		cmocka_unit_test(no_iommu_isolates_nothing),
	};

	return cmocka_run_group_tests_name("prospect", tests, NULL, NULL);
}
