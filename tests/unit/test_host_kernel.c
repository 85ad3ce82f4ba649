// SPDX-License-Identifier: GPL-2.0
/* What the kernel tells of itself: its command line, vfio, symbols, log. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stage.h"
#include "suite.h"

#define UNKNOWN 0

static unsigned int answer(const struct stage *stage, enum host_field field)
{
	return (unsigned int)field_number(host_fields, field,
					  &stage->facts.host);
}

static void command_line_keeps_words_about_pci_iommu_and_vfio(void **state)
{
	static const struct {
		const char *line, *kept;
	} cases[] = {
		{ "BOOT_IMAGE=/vmlinuz root=UUID=1 ro quiet\n", "" },
		{ "", "" },
		{ "intel_iommu=on iommu=pt pci=noats,realloc secret=x\n",
		  "intel_iommu=on iommu=pt pci=noats,realloc" },
		{ "pcie_acs_override=downstream,multifunction pcie-aspm=off",
		  "pcie_acs_override=downstream,multifunction pcie-aspm=off" },
		{ "amd_iommu_intr=vapic intremap=off nointremap arm-smmu.disable_bypass=0",
		  "amd_iommu_intr=vapic intremap=off nointremap arm-smmu.disable_bypass=0" },
		{ "ivrs_ioapic[4]=00:14.0 iommufd.allow_unsafe_interrupts=1",
		  "ivrs_ioapic[4]=00:14.0 iommufd.allow_unsafe_interrupts=1" },
		{ "vfio-pci.ids=10de:2684 \"vfio_pci.ids=1:2 3:4\" x=\"a iommu=off\"",
		  "vfio-pci.ids=10de:2684 \"vfio_pci.ids=1:2 3:4\"" },
		{ "pcihp=1 xiommu=1 mypci nopci pci.x=1 -- iommu=off",
		  "pci.x=1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stage stage;

		stage_open(&stage);
		stage_write(&stage, cases[i].line, PROC "cmdline");
		stage_collect(&stage);
		assert_true(field_known(&stage.facts.host, HOST_COMMAND_LINE));
		assert_string_equal(stage.facts.host.command_line,
				    cases[i].kept);
		stage_close(&stage);
	}
}

/* Modules that are loaded have files; one word of the command line is for others. */
static void parameters_come_from_modules_or_else_from_the_command_line(
	void **state)
{
#define TYPE1 "vfio_iommu_type1/parameters/allow_unsafe_interrupts"
#define IOMMUFD "iommufd/parameters/allow_unsafe_interrupts"
	static const struct {
		const char *file, *text, *other, *other_text, *line;
		unsigned int unsafe;
	} cases[] = {
		{ TYPE1, "Y\n", NULL, NULL, "", ANSWER_YES },
		{ TYPE1, "N\n", NULL, NULL, "", ANSWER_NO },
		{ TYPE1, "N\n", IOMMUFD, "Y\n", "", ANSWER_YES },
		{ TYPE1, "N\n", IOMMUFD, "N\n", "", ANSWER_NO },
		{ NULL, NULL, IOMMUFD, "N\n", "", UNKNOWN },
		{ NULL, NULL, IOMMUFD, "Y\n", "", ANSWER_YES },
		{ NULL, NULL, NULL, NULL, "", UNKNOWN },
		{ NULL, NULL, NULL, NULL,
		  "vfio_iommu_type1.allow_unsafe_interrupts=1", ANSWER_YES },
		{ NULL, NULL, NULL, NULL,
		  "vfio-iommu-type1.allow-unsafe-interrupts iommu=pt",
		  ANSWER_YES },
		{ NULL, NULL, NULL, NULL,
		  "vfio_iommu_type1.allow_unsafe_interrupts=1 vfio_iommu_type1.allow_unsafe_interrupts=off",
		  ANSWER_NO },
		{ NULL, NULL, NULL, NULL,
		  "vfio_iommu_type1.allow_unsafe_interrupts_not=1", UNKNOWN },
		/* What was written at run time counts, not how it began. */
		{ TYPE1, "N\n", NULL, NULL,
		  "vfio_iommu_type1.allow_unsafe_interrupts=1", ANSWER_NO },
		{ "vfio_iommu_type1/refcnt", "0\n", NULL, NULL, "", ANSWER_NO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stage stage;

		stage_open(&stage);
		stage_write(&stage, cases[i].line, PROC "cmdline");
		if (cases[i].file)
			stage_write(&stage, cases[i].text, "module/%s",
				    cases[i].file);
		if (cases[i].other)
			stage_write(&stage, cases[i].other_text, "module/%s",
				    cases[i].other);
		stage_collect(&stage);
		if (answer(&stage, HOST_UNSAFE_INTERRUPTS) != cases[i].unsafe)
			fail_msg("case %zu", i);
		stage_expect_unseen(&stage, "vfio_iommu_type1.allow_unsafe",
				    cases[i].unsafe == UNKNOWN);
		stage_expect_unseen(&stage, "iommufd", 0);
		stage_close(&stage);
	}
}

static void modules_that_are_not_loaded_share_one_line(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_write(&stage, "Y\n",
		    "module/vfio/parameters/enable_unsafe_noiommu_mode");
	stage_write(&stage, "N\n",
		    "module/vfio_pci/parameters/disable_denylist");
	stage_collect(&stage);
	assert_int_equal(answer(&stage, HOST_NOIOMMU_MODE), ANSWER_YES);
	assert_int_equal(answer(&stage, HOST_DENYLIST_DISABLED), ANSWER_NO);
	stage_close(&stage);

	stage_open(&stage);
	stage_collect(&stage);
	stage_expect_unseen(&stage, "vfio_iommu_type1.allow_unsafe_interrupts, "
			    "vfio.enable_unsafe_noiommu_mode, "
			    "vfio_pci.disable_denylist", 1);
	stage_expect_unseen(&stage, "/proc/cmdline", 1);
	stage_close(&stage);
}

static void interrupts_are_remapped_if_one_chip_says_so(void **state)
{
	static const struct {
		const char *chips[3];
		unsigned int remapped;
	} cases[] = {
		{ { "IO-APIC", "DMAR-MSI", "PCI-MSI-0000:00:1f.2" }, ANSWER_NO },
		{ { "IO-APIC", "IR-PCI-MSI", "" }, ANSWER_YES },
		{ { "IR-IO-APIC", "PCI-MSI", "" }, ANSWER_YES },
		{ { "", "XT-PIC", "" }, UNKNOWN },
		{ { "ITS-PCI-MSI", "GICv3", "" }, UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stage stage;

		stage_open(&stage);
		for (int chip = 0; chip < 3; chip++)
			stage_write(&stage, cases[i].chips[chip],
				    "kernel/irq/%d/chip_name", chip);
		stage_collect(&stage);
		if (answer(&stage, HOST_INTERRUPTS_REMAPPED) !=
		    cases[i].remapped)
			fail_msg("case %zu", i);
		stage_expect_unseen(&stage, "whether interrupts are remapped",
				    cases[i].remapped == UNKNOWN);
		stage_close(&stage);
	}
}

static void firmware_table_and_units_are_counted_or_not_known(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_collect(&stage);
	assert_false(field_known(&stage.facts.host, HOST_FIRMWARE_TABLE));
	assert_false(field_known(&stage.facts.host, HOST_IOMMU_UNITS));
	stage_expect_unseen(&stage, "how many IOMMUs", 1);
	stage_close(&stage);

	stage_open(&stage);
	stage_write(&stage, "", "firmware/acpi/tables/FACP");
	stage_write(&stage, "", "class/net/x");
	stage_collect(&stage);
	assert_true(field_known(&stage.facts.host, HOST_FIRMWARE_TABLE));
	assert_string_equal(stage.facts.host.firmware_table, "");
	assert_true(field_known(&stage.facts.host, HOST_IOMMU_UNITS));
	assert_int_equal(stage.facts.host.iommu_units, 0);
	stage_close(&stage);

	stage_open(&stage);
	stage_write(&stage, "", "firmware/acpi/tables/DMAR");
	stage_write(&stage, "", "class/iommu/dmar0");
	stage_write(&stage, "", "class/iommu/dmar1");
	stage_collect(&stage);
	assert_string_equal(stage.facts.host.firmware_table, "DMAR");
	assert_int_equal(stage.facts.host.iommu_units, 2);
	stage_close(&stage);
}

#define OTHERS							\
	"0000000000000000 T _text\n"				\
	"0000000000000000 t pcie_acs_override_setup\n"		\
	"0000000000000000 t my_pcie_acs_overrides\n"		\
	"0000000000000000 t pcie_acs_overrides_x\t[other]\n"

static void patch_is_a_symbol_of_exactly_that_name(void **state)
{
	static const struct {
		const char *symbols;
		unsigned int patch;
	} cases[] = {
		{ OTHERS, ANSWER_NO },
		{ OTHERS "0000000000000000 t pcie_acs_overrides\n", ANSWER_YES },
		{ "ffffffff8170a3c0 t pcie_acs_overrides.part.0\n" OTHERS,
		  ANSWER_YES },
		{ OTHERS "ffffffff8170a3c0 t pcie_acs_overrides", ANSWER_YES },
		{ "0 t pcie_acs_overrides\t[pci]\n", ANSWER_YES },
		{ "0 T _text", ANSWER_NO },
		{ "", UNKNOWN },
		{ NULL, UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stage stage;

		stage_open(&stage);
		if (cases[i].symbols)
			stage_write(&stage, cases[i].symbols, PROC "kallsyms");
		stage_collect(&stage);
		if (answer(&stage, HOST_OVERRIDE_PATCH) != cases[i].patch)
			fail_msg("case %zu", i);
		stage_expect_unseen(&stage, "/proc/kallsyms",
				    cases[i].patch == UNKNOWN);
		stage_close(&stage);
	}
}

static void line_without_an_end_comes_in_pieces(void **state)
{
	static char text[80000];
	struct stage stage;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	stage_open(&stage);
	stage_write(&stage, text, PROC "kallsyms");
	stage_collect(&stage);
	assert_int_equal(answer(&stage, HOST_OVERRIDE_PATCH), ANSWER_NO);
	stage_close(&stage);
}

/* The name lies across the border of what is read at once. */
static void long_files_of_symbols_are_read_whole(void **state)
{
	static const char symbol[] = "0000000000000000 t pcie_acs_overrides\n";
	static char text[80000];

	(void)state;
	for (size_t at = 32700; at < 32770; at++) {
		struct stage stage;

		memset(text, 'x', sizeof(text) - 1);
		for (size_t i = 99; i < sizeof(text) - 1; i += 100)
			text[i] = '\n';
		text[at - 1] = '\n';
		memcpy(text + at, symbol, strlen(symbol));
		stage_open(&stage);
		stage_write(&stage, text, PROC "kallsyms");
		stage_collect(&stage);
		assert_int_equal(answer(&stage, HOST_OVERRIDE_PATCH),
				 ANSWER_YES);
		stage_close(&stage);
	}
}

static void warning_is_in_the_log_or_the_log_must_be_whole(void **state)
{
#define WARNING "PCIe ACS overrides enabled; This may allow non-IOMMU\n"
	static const struct {
		const char *log;
		unsigned int warned;
		const char *unseen;
	} cases[] = {
		{ "5,0,0,-;Linux version 6.1\n DEVICE=x\n6,1,9,-;x\n",
		  ANSWER_NO, NULL },
		{ "5,0,0,-;Linux\n4,1,0,-;Warning: " WARNING, ANSWER_YES, NULL },
		{ "6,700,9,-;x\n4,701,0,-;Warning: " WARNING, ANSWER_YES, NULL },
		{ "6,700,9,-;x\n", UNKNOWN, "its beginning is no longer kept" },
		{ "6,0,9,-;x\n6,7,9,-;y\n", UNKNOWN,
		  "its beginning is no longer kept" },
		/* Said by a program, which anybody who may write can be. */
		{ "5,0,0,-;Linux\n12,1,0,-;" WARNING, ANSWER_NO, NULL },
		{ "", UNKNOWN, "at boot: it is empty" },
		{ NULL, UNKNOWN, "at boot: No such file" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stage stage;

		stage_open(&stage);
		if (cases[i].log)
			stage_write(&stage, cases[i].log, DEV "kmsg");
		stage_collect(&stage);
		if (answer(&stage, HOST_OVERRIDE_WARNED) != cases[i].warned)
			fail_msg("case %zu", i);
		stage_expect_unseen(&stage, "the kernel log", !!cases[i].unseen);
		if (cases[i].unseen)
			stage_expect_unseen(&stage, cases[i].unseen, 1);
		stage_close(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(command_line_keeps_words_about_pci_iommu_and_vfio),
		cmocka_unit_test(parameters_come_from_modules_or_else_from_the_command_line),
		cmocka_unit_test(modules_that_are_not_loaded_share_one_line),
		cmocka_unit_test(interrupts_are_remapped_if_one_chip_says_so),
		cmocka_unit_test(firmware_table_and_units_are_counted_or_not_known),
		cmocka_unit_test(patch_is_a_symbol_of_exactly_that_name),
		cmocka_unit_test(line_without_an_end_comes_in_pieces),
		cmocka_unit_test(long_files_of_symbols_are_read_whole),
		cmocka_unit_test(warning_is_in_the_log_or_the_log_must_be_whole),
	};

	return cmocka_run_group_tests_name("host_kernel", tests, NULL, NULL);
}
