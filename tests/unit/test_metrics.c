// SPDX-License-Identifier: GPL-2.0
/* Metrics: what has a series, how it is written, and that nobody makes more of them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "machine.h"
#include "model/moment.h"
#include "render/escape.h"
#include "render/metric_list.h"
#include "suite.h"

#define OUTPUT TOP "/Documentation/output.md"

/*
 * 00:01.0 root port ── 01:00.0, which also sends as 01:01.0
 * 00:02.0 root port ── 02:00.0 bridge to a conventional bus ── 03:01.0
 * 00:03.0 integrated, without IOMMU
 * 00:04.0 root port ── 04:00.0 such a bridge ── 05:00.0, whose ID it puts on requests
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x5f, 0x1d) },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 11, .driver = "vfio-pci" },
	{ "00:02.0", NULL, PORT_ROOT, 2, ACS(0x5f, 0x1d) },
	{ "02:00.0", "00:02.0", PORT_PCIE_TO_PCI, 12 },
	{ "03:01.0", "02:00.0", PORT_CONVENTIONAL, 12 },
	{ "00:03.0", NULL, PORT_RC_ENDPOINT, 0 },
	{ "00:04.0", NULL, PORT_ROOT, 4, ACS(0x5f, 0x1d) },
	{ "04:00.0", "00:04.0", PORT_PCIE_TO_PCI, 14 },
	{ "05:00.0", "04:00.0", PORT_CONVENTIONAL, 14 },
};

static struct requester *count(struct machine *machine, const char *id,
			       uint64_t reads, uint64_t writes)
{
	struct requester *requester =
		faults_add_requester(&machine->facts.faults);

	assert_non_null(requester);
	*requester = (struct requester){
		.known = (1u << REQUESTER_FIELDS) - 1, .total = reads + writes,
		.reads = reads, .writes = writes, .last_seen = MOMENT_SECOND,
		.reason_count = 1, .reason[0] = { reads + writes, 5 },
	};
	assert_int_equal(bdf_parse(id, &requester->address), 0);
	return requester;
}

/* All metrics of a machine as they are written. */
static char *measure(struct machine *machine, struct problem *problem)
{
	struct exposition exposition = { 0 };
	struct accounts accounts;
	struct audit audit;
	struct measurement measurement = {
		.tree = &machine->tree, .audit = &audit, .accounts = &accounts,
		.read = 1500 * (MOMENT_SECOND / 1000),
	};
	char *text = NULL;
	size_t size;
	FILE *stream;

	machine_predict(machine);
	assert_int_equal(audit_run(&audit, &machine->prediction), 0);
	assert_int_equal(accounts_find(&accounts, &machine->tree), 0);
	assert_int_equal(metrics_collect(&exposition, &measurement), 0);
	if (!exposition_check(&exposition, problem)) {
		stream = open_memstream(&text, &size);
		exposition_write(&exposition, stream);
		fclose(stream);
	}
	exposition_free(&exposition);
	accounts_free(&accounts);
	audit_free(&audit);
	return text;
}

static void assert_line(const char *text, const char *line, bool expected)
{
	char written[256];

	snprintf(written, sizeof(written), "\n%s\n", line);
	if (!strstr(text, written) == expected)
		fail_msg("%s: %s in:\n%s", line,
			 expected ? "missing" : "should not be", text);
}

/* Measures, looks for whole lines, and looks for texts that must not be there. */
static void expect(struct machine *machine, const char *const *lines,
		   const char *const *absent)
{
	struct problem problem;
	char *text = measure(machine, &problem);

	assert_non_null(text);
	for (; *lines; lines++)
		assert_line(text, *lines, true);
	for (; *absent; absent++)
		if (strstr(text, *absent))
			fail_msg("%s: should not be in:\n%s", *absent, text);
	free(text);
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })

static void watched_functions_have_zeros_from_the_first(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	expect(&machine, LINES(
		"iowarden_faults_watched{pci=\"0000:01:00.0\"} 1",
		"iowarden_dma_faults_total{pci=\"0000:01:00.0\",access=\"read\"} 0",
		"iowarden_dma_faults_total{pci=\"0000:01:00.0\",access=\"write\"} 0",
		"iowarden_dma_faults_total{pci=\"0000:01:00.0\",access=\"other\"} 0",
		"iowarden_dma_faults_total{pci=\"unknown\",access=\"read\"} 0",
		"iowarden_last_success_timestamp_seconds 1.500",
		"iowarden_group_isolated{group=\"11\"} 1"),
	       /* Nothing of this can fault, or did, or is known. */
	       LINES("_total{pci=\"0000:00:03.0\"", "watched{pci=\"0000:00:03.0\"",
		     "iowarden_last_fault_timestamp", "iowarden_module_load",
		     "iowarden_dma_fault_reasons_total"));
	machine_free(&machine);
}

static void where_nobody_watches_there_are_no_zeros(void **state)
{
	struct machine machine;
	struct faults *faults = &machine.facts.faults;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	faults->sources[0].state = SOURCE_OFF;
	expect(&machine, LINES(
		"iowarden_faults_watched{pci=\"0000:01:00.0\"} 0",
		"iowarden_source_state{source=\"trace\",iommu=\"all\",state=\"active\"} 0",
		"iowarden_source_state{source=\"trace\",iommu=\"all\",state=\"off\"} 1"),
	       LINES("_total", "iowarden_faults_at_least"));
	/* What was counted before is no zero. */
	count(&machine, "01:00.0", 0, 3)->present = true;
	expect(&machine, LINES(
		"iowarden_dma_faults_total{pci=\"0000:01:00.0\",access=\"write\"} 3"),
	       LINES("access=\"read\"", "access=\"other\""));
	faults_free(faults);
	expect(&machine, LINES("iowarden_faults_watched{pci=\"0000:01:00.0\"} 0"),
	       LINES("_total", "iowarden_source_state",
		     "watched{pci=\"0000:00:03.0\""));
	machine_free(&machine);
}

static void ids_that_were_made_up_make_no_series(void **state)
{
	struct machine machine;
	char id[16];

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	for (unsigned int i = 0; i < 2048; i++) {
		snprintf(id, sizeof(id), "%02x:%02x.%x", 0x40 + (i >> 8),
			 i >> 3 & 0x1f, i & 7);
		count(&machine, id, 1, 0);
	}
	count(&machine, "50:00.0", 7, 0)->whole_bus = true;
	faults_sort(&machine.facts.faults);
	expect(&machine, LINES(
		"iowarden_dma_faults_total{pci=\"unknown\",access=\"read\"} 2055",
		"iowarden_dma_fault_reasons_total{pci=\"unknown\",reason=\"0x05\"} 2055",
		"iowarden_last_fault_timestamp_seconds{pci=\"unknown\"} 1.000"),
	       LINES("pci=\"0000:4", "pci=\"0000:50"));
	/* Who may not see such IDs does not know that there are none. */
	machine.facts.faults.detailed = false;
	machine.facts.faults.requester_count = 0;
	expect(&machine, LINES(NULL), LINES("unknown\",access"));
	machine_free(&machine);
}

static void ids_beside_its_own_are_booked_on_their_function(void **state)
{
	struct machine machine;
	struct device *device;
	struct requester *gone;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	device = machine_change(&machine, "01:00.0");
	device->aliases.length = 2;
	device->aliases.byte[1] = 1;	/* 01:01.0 */
	count(&machine, "01:00.0", 2, 0)->present = true;
	count(&machine, "01:01.0", 3, 0);
	count(&machine, "03:00.0", 0, 4);	/* by the bridge above */
	count(&machine, "05:00.0", 0, 6)->present = true;
	gone = count(&machine, "06:00.0", 0, 0);
	gone->gone = true;
	gone->known &= ~(UINT64_C(1) << REQUESTER_LAST_SEEN);
	faults_sort(&machine.facts.faults);
	expect(&machine, LINES(
		"iowarden_dma_faults_total{pci=\"0000:01:00.0\",access=\"read\"} 5",
		"iowarden_dma_faults_total{pci=\"0000:02:00.0\",access=\"write\"} 4",
		"iowarden_dma_faults_total{pci=\"0000:05:00.0\",access=\"write\"} 6",
		"iowarden_dma_faults_total{pci=\"0000:06:00.0\",access=\"write\"} 0",
		"iowarden_dma_faults_total{pci=\"unknown\",access=\"read\"} 0"),
	       LINES("pci=\"0000:01:01.0\"", "pci=\"0000:03:00.0\"",
		     "timestamp_seconds{pci=\"0000:06:00.0\"}"));
	machine_free(&machine);
}

/* 03:01.0 was unplugged; the bridge above it, with whose ID it sent, was not. */
static void a_counter_does_not_shrink_as_a_device_goes(void **state)
{
	static const char line[] =
		"iowarden_dma_faults_total{pci=\"0000:02:00.0\",access=\"write\"} 4";
	struct part left[COUNT(parts)];
	struct machine machine;
	size_t count_ = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(parts[i].bdf, "03:01.0"))
			left[count_++] = parts[i];
	machine_build(&machine, left, count_);
	count(&machine, "03:00.0", 0, 4);
	count(&machine, "03:01.0", 0, 0)->gone = true;
	expect(&machine, LINES(NULL), LINES(line));
	field_set_number(device_fields, DEVICE_SECONDARY_BUS,
			 machine_change(&machine, "02:00.0"), 3);
	expect(&machine, LINES(line), LINES(NULL));
	machine_free(&machine);
}

static void what_was_not_counted_has_a_number_for_each_iommu(void **state)
{
	struct machine machine;
	struct source *source;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	source = faults_add_source(&machine.facts.faults);
	*source = (struct source){
		.known = (1u << SOURCE_FIELDS) - 1, .name = strdup("vtd"),
		.unit = 0xfed90000, .index = 1, .state = SOURCE_FAILED,
		.overflows = UINT64_MAX, .faults_at_least = true,
	};
	expect(&machine, LINES(
		"iowarden_fault_record_overflows_total{source=\"vtd\",iommu=\"0x00000000fed90000\"} 18446744073709551615",
		"iowarden_faults_at_least{source=\"vtd\",iommu=\"0x00000000fed90000\"} 1",
		"iowarden_faults_at_least{source=\"trace\",iommu=\"all\"} 0"),
	       LINES("iowarden_fault_records_total{source=\"vtd\""));
	machine_free(&machine);
}

static void a_verdict_that_is_not_known_is_neither_1_nor_0(void **state)
{
	static const struct part asleep[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, .acs_unknown = REASON_ASLEEP },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 11 },
		{ "00:02.0", NULL, PORT_ROOT, 2, ACS(0x5f, 0x1d) },
		{ "02:00.0", "00:02.0", PORT_ENDPOINT, 12, ACS(0x5f, 0),
		  .driver = "vfio-pci", .multifunction = true },
		{ "02:00.1", "00:02.0", PORT_ENDPOINT, 13, ACS(0x5f, 0),
		  .multifunction = true },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, asleep, COUNT(asleep));
	expect(&machine, LINES(
		"iowarden_group_verdict{group=\"11\",verdict=\"unknown\"} 1",
		"iowarden_group_verdict{group=\"11\",verdict=\"safe\"} 0",
		"iowarden_group_verdict{group=\"12\",verdict=\"unsafe\"} 1",
		"iowarden_group_isolated{group=\"12\"} 0",
		"iowarden_audit_sets{verdict=\"unsafe\"} 1",
		"iowarden_audit_sets{verdict=\"unknown\"} 0"),
	       LINES("iowarden_group_isolated{group=\"11\"}"));
	machine_free(&machine);
}

static void an_override_is_told_where_it_is_known(void **state)
{
	static const char yes[] = "iowarden_acs_override_active 1";
	static const char no[] = "iowarden_acs_override_active 0";
	static const struct {
		const char *command_line, *line;
		enum answer patch, warned;
	} cases[] = {
		{ NULL, NULL, 0, 0 },
		{ NULL, NULL, ANSWER_YES, ANSWER_NO },
		{ NULL, no, ANSWER_NO, 0 },
		{ NULL, yes, 0, ANSWER_YES },
		{ "iommu=pt", no, ANSWER_YES, 0 },
		{ "iommu=pt", no, 0, 0 },
		{ "pcie_acs_override=downstream", NULL, 0, 0 },
		{ "pcie_acs_override=downstream", yes, ANSWER_YES, 0 },
		{ "pcie_acs_override=downstream", no, ANSWER_NO, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct machine machine;

		machine_build(&machine, parts, COUNT(parts));
		machine.facts.host.known &= ~(UINT64_C(1) << HOST_COMMAND_LINE);
		machine.facts.host.override_patch = 0;
		machine.facts.host.override_warned = 0;
		machine.facts.host.known &=
			~(UINT64_C(1) << HOST_OVERRIDE_PATCH |
			  UINT64_C(1) << HOST_OVERRIDE_WARNED);
		if (cases[i].command_line)
			machine_start(&machine, cases[i].command_line);
		if (cases[i].patch)
			machine_tell(&machine, HOST_OVERRIDE_PATCH,
				     cases[i].patch);
		if (cases[i].warned)
			machine_tell(&machine, HOST_OVERRIDE_WARNED,
				     cases[i].warned);
		expect(&machine, LINES(cases[i].line), cases[i].line ? LINES(NULL) :
		       LINES("iowarden_acs_override_active"));
		machine_free(&machine);
	}
}

static void the_load_of_the_module_is_told(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	field_set_number(info_fields, INFO_LOAD_TIME, &machine.facts.info,
			 UINT64_C(1795687200250000000));
	expect(&machine, LINES(
		"iowarden_module_load_timestamp_seconds 1795687200.250"),
	       LINES(NULL));
	machine_free(&machine);
}

static void labels_hold_any_text(void **state)
{
	static const struct {
		const char *driver, *label;
	} cases[] = {
		{ "nvme", "nvme" },
		{ "", "" },
		{ "\"} 1\nevil 2", "\\\"} 1\\\\x0aevil 2" },
		{ "back\\slash", "back\\\\slash" },
		{ "\x1b[2J\x7f\xff\xc3\xa4",
		  "\\\\x1b[2J\\\\x7f\\\\xff\\\\xc3\\\\xa4" },
		{ "{a=\"b\"}", "{a=\\\"b\\\"}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *label = escape_label(cases[i].driver);

		assert_string_equal(label, cases[i].label);
		free(label);
	}
}

static void what_could_not_be_read_is_no_empty_label(void **state)
{
	struct machine machine;
	struct device *device;
	struct problem problem;
	char *text;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	device = machine_change(&machine, "03:01.0");
	field_mark(device, DEVICE_DRIVER_UNKNOWN);
	device = machine_change(&machine, "00:03.0");
	field_mark(device, DEVICE_GROUP_UNKNOWN);
	text = measure(&machine, &problem);
	assert_non_null(strstr(text, "group=\"12\",driver=\"?\"} 1\n"));
	assert_non_null(strstr(text, "group=\"?\",driver=\"\"} 1\n"));
	assert_non_null(strstr(text, "group=\"11\",driver=\"vfio-pci\"} 1\n"));
	free(text);
	machine_free(&machine);
}

static void the_same_series_twice_is_an_error(void **state)
{
	struct problem problem;
	struct machine machine;
	struct source *source;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	source = faults_add_source(&machine.facts.faults);
	*source = (struct source){ .name = strdup("trace"), .index = 1,
				   .state = SOURCE_OFF };
	assert_null(measure(&machine, &problem));
	assert_string_equal(problem.text,
		"iowarden_source_state{source=\"trace\",iommu=\"all\",state=\"absent\"}: the same series twice");
	machine_free(&machine);
}

static void names_are_unique_and_described(void **state)
{
	static const struct metric_list *const lists[] = {
		&metrics_of_machine, &metrics_of_sources, &metrics_of_faults,
	};
	char *contract = document_read(OUTPUT), written[96];

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t j = 0; j < lists[i]->count; j++) {
			const struct metric *metric = &lists[i]->row[j].metric;

			snprintf(written, sizeof(written), "`%s`", metric->name);
			if (!strstr(contract, written))
				fail_msg("%s is not in output.md", written);
			for (size_t k = 0; k < j; k++)
				assert_string_not_equal(metric->name,
					lists[i]->row[k].metric.name);
		}
	free(contract);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(watched_functions_have_zeros_from_the_first),
		cmocka_unit_test(where_nobody_watches_there_are_no_zeros),
		cmocka_unit_test(ids_that_were_made_up_make_no_series),
		cmocka_unit_test(ids_beside_its_own_are_booked_on_their_function),
		cmocka_unit_test(a_counter_does_not_shrink_as_a_device_goes),
		cmocka_unit_test(what_was_not_counted_has_a_number_for_each_iommu),
		cmocka_unit_test(a_verdict_that_is_not_known_is_neither_1_nor_0),
		cmocka_unit_test(an_override_is_told_where_it_is_known),
		cmocka_unit_test(the_load_of_the_module_is_told),
		cmocka_unit_test(labels_hold_any_text),
		cmocka_unit_test(what_could_not_be_read_is_no_empty_label),
		cmocka_unit_test(the_same_series_twice_is_an_error),
		cmocka_unit_test(names_are_unique_and_described),
	};

	return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
