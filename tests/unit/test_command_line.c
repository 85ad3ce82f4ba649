// SPDX-License-Identifier: GPL-2.0
/* The kernel's command line, and how its words name PCI functions. */
#include <string.h>

#include "machine.h"
#include "model/command_line.h"
#include "model/pci_spec.h"
#include "suite.h"

static void names_and_options_are_found(void **state)
{
	static const struct {
		const char *line, *name, *option;
		bool has;
	} cases[] = {
		{ "intel_iommu=on", "intel_iommu", "on", true },
		{ "intel_iommu=on,sm_on", "intel_iommu", "sm_on", true },
		{ "intel-iommu=on", "intel_iommu", "on", true },
		{ "intel_iommu=on", "intel-iommu", "on", true },
		{ "iommu=pt", "intel_iommu", "pt", false },
		{ "intel_iommu=off", "iommu", "off", false },
		{ "iommu.passthrough=1", "iommu", "1", false },
		{ "iommu=ptx", "iommu", "pt", false },
		{ "iommu=", "iommu", "pt", false },
		{ "iommu", "iommu", "", false },
		{ "iommu=pt iommu=nopt", "iommu", "nopt", true },
		{ "  pci=nomsi   pci=noats ", "pci", "noats", true },
		{ "", "pci", "noats", false },
		{ NULL, "pci", "noats", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (command_line_has(cases[i].line, cases[i].name,
				     cases[i].option) != cases[i].has)
			fail_msg("\"%s\": %s=%s", cases[i].line, cases[i].name,
				 cases[i].option);
}

static void words_are_found_without_options(void **state)
{
	(void)state;
	assert_true(command_line_has_word("a nointremap", "nointremap"));
	assert_true(command_line_has_word("pcie_acs_override=", "pcie_acs_override"));
	assert_false(command_line_has_word("pcie_acs_overrides=x",
					   "pcie_acs_override"));
	assert_false(command_line_has_word(NULL, "pci"));
}

/*
 * 00:01.0 root port ── 01:00.0 bridge ── 02:03.1
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1 },
	{ "01:00.0", "00:01.0", PORT_PCIE_TO_PCI, 2 },
	{ "02:03.1", "01:00.0", PORT_CONVENTIONAL, 2 },
	{ "0001:00:01.0", NULL, PORT_ROOT, 3 },
};

static bool matches(const struct machine *machine, const char *spec,
		    const char *bdf)
{
	struct span span = { spec, strlen(spec) };

	return pci_spec_list_matches(span, &machine->tree,
				     machine_device(machine, bdf));
}

static void functions_are_named_as_the_kernel_does(void **state)
{
	static const struct {
		const char *spec, *bdf;
		bool matches;
	} cases[] = {
		{ "00:01.0", "00:01.0", true },
		{ "0:1.0", "00:01.0", true },
		{ "0000:00:01.0", "00:01.0", true },
		{ "0001:00:01.0", "00:01.0", false },
		{ "0001:00:01.0", "0001:00:01.0", true },
		{ "00:01.0", "0001:00:01.0", false },
		{ "00:01.1", "00:01.0", false },
		{ "00:01.0/00.0", "01:00.0", true },
		{ "00:01.0/00.0/03.1", "02:03.1", true },
		{ "00:01.0/00.0/03.0", "02:03.1", false },
		{ "00:02.0/00.0/03.1", "02:03.1", false },
		{ "00:01.0/03.1", "02:03.1", false },
		{ "00:01.0/00.0/00.0/03.1", "02:03.1", false },
		{ "00:00.0/00:01.0", "00:01.0", false },
		{ "02:03.1", "02:03.1", true },
		{ "pci:1b36:0001", "02:03.1", true },
		{ "pci:0:0", "02:03.1", true },
		{ "pci:1b36:0", "02:03.1", true },
		{ "pci:8086:0", "02:03.1", false },
		{ "pci:1b36:0001:0:0", "02:03.1", true },
		{ "pci:1b36:0001:1:0", "02:03.1", false },
		{ "pci:1b36", "02:03.1", false },
		{ "pci:1b36:0001:0", "02:03.1", false },
		{ "pci:1b36:0001:0:0:0", "02:03.1", false },
		{ "pci:10000000000:0", "02:03.1", false },
		{ "pci:", "02:03.1", false },
		{ "pci:8086:0;02:03.1", "02:03.1", true },
		{ "", "02:03.1", false },
		{ ";", "02:03.1", false },
		{ "x", "02:03.1", false },
		{ "02:03", "02:03.1", false },
		{ "02:03.1x", "02:03.1", false },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	for (size_t i = 0; i < COUNT(cases); i++)
		if (matches(&machine, cases[i].spec, cases[i].bdf) !=
		    cases[i].matches)
			fail_msg("%s and %s", cases[i].spec, cases[i].bdf);
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_options_are_found),
		cmocka_unit_test(words_are_found_without_options),
		cmocka_unit_test(functions_are_named_as_the_kernel_does),
	};

	return cmocka_run_group_tests_name("command_line", tests, NULL, NULL);
}
