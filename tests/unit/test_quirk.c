// SPDX-License-Identifier: GPL-2.0
/* What the kernel's quirks do to its groups, a quirk function at a time. */
#include <string.h>

#include "grouping_case.h"
#include "suite.h"

static void pch_is_on(struct machine *machine)
{
	grouping_set(machine, "00:1c.0", DEVICE_QUIRKS, QUIRK_ACS_ENABLED);
}

static void pch_is_off(struct machine *machine)
{
	grouping_set(machine, "00:1c.0", DEVICE_QUIRKS, 0);
}

static void give_dwords(struct machine *machine, uint32_t ctrl)
{
	struct acs *acs = &machine_change(machine, "00:1c.0")->acs;

	field_set_number(acs_fields, ACS_CAP_DWORD, acs, 0x1f);
	field_set_number(acs_fields, ACS_CTRL_DWORD, acs, ctrl);
}

static void dwords_on(struct machine *machine)
{
	give_dwords(machine, 0x1d);
}

static void dwords_off(struct machine *machine)
{
	give_dwords(machine, 0x01);
}

static void with_ivrs(struct machine *machine)
{
	machine->facts.host.firmware_table = strdup("IVRS");
	field_mark(&machine->facts.host, HOST_FIRMWARE_TABLE);
}

static void with_dmar(struct machine *machine)
{
	machine->facts.host.firmware_table = strdup("DMAR");
	field_mark(&machine->facts.host, HOST_FIRMWARE_TABLE);
}

static const struct grouping_case cases[] = {
	{ "mf_endpoint: functions that their vendor vouches for", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true, .id = 0x80861521),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 3,
		  .multifunction = true, .id = 0x80861521)) },
	{ "rciep: Intel's integrated endpoints, and no others of Intel", PARTS(
	  PORT_OF("00:1f.0", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true, .id = 0x80867a04),
	  PORT_OF("00:1f.3", RC_ENDPOINT, NULL, .group = 2,
		  .multifunction = true, .id = 0x80867a50),
	  PORT_OF("00:1f.4", ENDPOINT, NULL, .group = 3,
		  .multifunction = true, .id = 0x80867a23),
	  PORT_OF("00:1f.5", ENDPOINT, NULL, .group = 3,
		  .multifunction = true, .id = 0x80867a24)) },
	{ "al: only a root port of that id", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x1c360031),
	  PORT_OF("00:02.0", ROOT, NULL, .group = 2, .id = 0x1c360032),
	  PORT_OF("01:00.0", DOWNSTREAM, "00:01.0", .group = 3,
		  .id = 0x1c360031),
	  PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 2),
	  PORT_OF("03:00.0", ENDPOINT, "01:00.0", .group = 3)) },
	{ "cavium: root ports by a range of ids", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x177da7ff),
	  PORT_OF("00:02.0", ROOT, NULL, .group = 2, .id = 0x177da800),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 3),
	  PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 2)) },
	{ "zhaoxin: a port of another id is open whatever it says", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x1d170710),
	  PORT_OF("00:02.0", ROOT, NULL, .group = 2, .id = 0x1d170700,
		  .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 3),
	  PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 2,
		  .id = 0x1d170700)) },
	{ "wangxun: so is any other of its functions", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true, .id = 0x80880100),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 3,
		  .multifunction = true, .id = 0x80880200, .acs = ON),
	  PORT_OF("01:00.2", ENDPOINT, "00:01.0", .group = 3,
		  .multifunction = true, .id = 0x80880200, .acs = ON)) },
	{ "wangxun: a virtual function is a single one all the same", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true, .id = 0x80880200),
	  PORT_OF("01:00.2", ENDPOINT, "00:01.0", .group = 3,
		  .multifunction = true, .id = 0x80880200,
		  .physfn = "01:00.0")) },
	{ "pch: switched on at boot", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x80861c10),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 2)),
	  .change = pch_is_on },
	{ "pch: could not be switched on", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x80861c10,
		  .acs = ON),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 1)),
	  .change = pch_is_off },
	{ "pch: only the module tells", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x80861c10),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 1)),
	  .unknown = "00:1c.0 02:00.0" },
	{ "spt: double words, on", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x8086a110,
		  .acs = OFF),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 2)),
	  .change = dwords_on },
	{ "spt: double words, off", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x8086a110,
		  .acs = ON),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 1)),
	  .change = dwords_off },
	{ "spt: no capability", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x8086a110),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 1)) },
	{ "spt: asleep", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x8086a110,
		  .acs_unknown = REASON_ASLEEP),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 1)),
	  .unknown = "00:1c.0 02:00.0" },
	{ "spt: only words were read", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .id = 0x8086a110,
		  .acs = ON),
	  PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = 1)),
	  .unknown = "00:1c.0 02:00.0" },
	{ "amd_sb: with an AMD IOMMU", PARTS(
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 2,
		  .multifunction = true, .id = 0x1002439d),
	  PORT_OF("00:14.5", CONVENTIONAL, NULL, .group = 3,
		  .multifunction = true, .id = 0x10024399)),
	  .change = with_ivrs },
	{ "amd_sb: with another one", PARTS(
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x1002439d)),
	  .change = with_dmar },
	{ "amd_sb: the IOMMU shows itself", PARTS(
	  PORT_OF("00:00.2", CONVENTIONAL, NULL, .class = 0x080600,
		  .id = 0x10221451),
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 2,
		  .multifunction = true, .id = 0x1002439d)) },
	{ "amd_sb: a card calls itself an IOMMU", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 2,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 2,
		  .multifunction = true, .id = 0x1002439d),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .class = 0x080600,
		  .id = 0x10221451)),
	  .unknown = "00:14.0 00:14.3" },
	{ "amd_sb: another vendor's IOMMU", PARTS(
	  PORT_OF("00:00.2", CONVENTIONAL, NULL, .class = 0x080600),
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x1002439d)),
	  .unknown = "00:14.0 00:14.3" },
	{ "amd_sb: nobody knows", PARTS(
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x1002439d)),
	  .unknown = "00:14.0 00:14.3" },
	{ "amd_sb: of a single function or elsewhere", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", CONVENTIONAL, "00:01.0", .group = 2,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("01:00.1", CONVENTIONAL, "00:01.0", .group = 2,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("01:01.0", CONVENTIONAL, "00:01.0", .group = 3,
		  .id = 0x10024385)),
	  .change = with_ivrs },
	{ "an IDT switch needs Source Validation", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x111d80b5,
		  .acs = ACS(0x1f, 0x1c)),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1)),
	  .kernel = "6.12.107+deb13-amd64" },
	{ "and no more since Linux 7.0", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x111d80b5,
		  .acs = ACS(0x1f, 0x1c)),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2)),
	  .kernel = "7.0.1" },
	{ "and of an unknown kernel it is not known", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .id = 0x111d80b5,
		  .acs = ACS(0x1f, 0x1c)),
	  PORT_OF("00:02.0", ROOT, NULL, .group = 2, .id = 0x111d80b5,
		  .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 3)),
	  .kernel = "mainline", .unknown = "00:01.0 01:00.0" },
	{ "nor whether ASPEED's bridge speaks for what is below", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", PCIE_TO_PCI, "00:01.0", .group = 2,
		  .id = 0x1a031150),
	  PORT_OF("02:00.0", CONVENTIONAL, "01:00.0", .group = 2)),
	  .kernel = "mainline", .unknown = "01:00.0 02:00.0" },
	{ "Switchtec's NTB has names that only the kernel knows", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .id = 0x11f88531),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 3,
		  .class = 0x068000, .id = 0x11f88531)),
	  .unknown = "01:00.1" },
};

static void quirks_decide_as_in_the_kernel(void **state)
{
	(void)state;
	grouping_expect(cases, COUNT(cases));
}

static const struct fixup *fixup_of(const struct machine *machine,
				    const char *bdf)
{
	return &machine->prediction.fixup[machine_device(machine, bdf) -
					  machine->facts.devices];
}

static void a_function_is_no_alias_of_itself(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ENDPOINT, NULL, .id = 0x1b4b9172),
		PORT_OF("00:01.1", ENDPOINT, NULL, .id = 0x1b4b9172),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_true(fixup_has_alias(fixup_of(&machine, "00:01.0"), 0x09));
	assert_false(fixup_of(&machine, "00:01.1")->any);
	machine_free(&machine);
}

static void adaptec_is_known_by_its_subsystem(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:0e.0", ENDPOINT, NULL, .id = 0x90050285),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	grouping_set(&machine, "00:0e.0", DEVICE_SUBSYSTEM_VENDOR, 0x9005);
	grouping_set(&machine, "00:0e.0", DEVICE_SUBSYSTEM_DEVICE, 0x02bb);
	machine_predict(&machine);
	assert_true(fixup_has_alias(fixup_of(&machine, "00:0e.0"), 0x08));
	grouping_set(&machine, "00:0e.0", DEVICE_SUBSYSTEM_DEVICE, 0x02bd);
	machine_predict(&machine);
	assert_false(fixup_of(&machine, "00:0e.0")->any);
	machine_free(&machine);
}

/* Only as a bridge from PCI Express that does not say so. */
static void a_conventional_bridge_may_be_an_express_one(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL),
		PORT_OF("00:1e.0", CONVENTIONAL, NULL, .class = 0x060400,
			.id = 0x8086244e),
		PORT_OF("01:00.0", CONVENTIONAL, "00:01.0", .class = 0x060400,
			.id = 0x1b211080),
		PORT_OF("02:00.0", CONVENTIONAL, "01:00.0", .class = 0x060400,
			.id = 0x1b211080),
		PORT_OF("03:00.0", PCIE_TO_PCI, "00:01.0"),
		PORT_OF("04:00.0", CONVENTIONAL, "03:00.0", .class = 0x060400,
			.id = 0x1b211080),
		PORT_OF("05:00.0", CONVENTIONAL, "00:01.0", .class = 0x020000,
			.id = 0x1b211080),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	for (size_t i = 0; i < COUNT(parts); i++)
		assert_int_equal(fixup_of(&machine, parts[i].bdf)->marks,
				 strcmp(parts[i].bdf, "01:00.0") ? 0 :
				 QUIRK_PCIE_BRIDGE_ALIAS);
	machine_free(&machine);
}

static void thunderx_translates_below_a_bridge(void **state)
{
	static const struct part parts[] = {
		PORT_OF("00:01.0", ROOT, NULL, .id = 0x14e49084),
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_int_equal(fixup_of(&machine, "00:01.0")->marks,
			 QUIRK_BRIDGE_XLATE_ROOT);
	machine_free(&machine);
}

static void answers_name_their_ground(void **state)
{
	static const struct {
		struct part part;
		enum answer isolates;
		enum ground ground;
	} rows[] = {
		{ PORT_OF("00:01.0", ROOT, NULL, .acs = ON), ANSWER_YES,
		  GROUND_REGISTERS },
		{ PORT_OF("00:01.0", ROOT, NULL, .acs = OFF), ANSWER_NO,
		  GROUND_REGISTERS },
		{ PORT_OF("00:01.0", ROOT, NULL), ANSWER_NO,
		  GROUND_NO_CAPABILITY },
		{ PORT_OF("00:01.0", ENDPOINT, NULL), ANSWER_YES,
		  GROUND_SINGLE },
		{ PORT_OF("00:01.0", ENDPOINT, NULL, .physfn = "00:01.0",
			  .multifunction = true), ANSWER_YES, GROUND_SINGLE },
		{ PORT_OF("00:01.0", CONVENTIONAL, NULL), ANSWER_NO,
		  GROUND_TYPE },
		{ PORT_OF("00:01.0", RC_EVENT_COLLECTOR, NULL), ANSWER_NO,
		  GROUND_TYPE },
		{ PORT_OF("00:01.0", ROOT, NULL,
			  .acs_unknown = REASON_ASLEEP), 0, GROUND_UNKNOWN },
		{ PORT_OF("00:01.0", ROOT, NULL, .id = 0x10e8e004), ANSWER_YES,
		  GROUND_QUIRK },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct machine machine;
		struct effective acs;

		machine_build(&machine, &rows[i].part, 1);
		machine_predict(&machine);
		acs = machine.prediction.acs[0];
		assert_int_equal(acs.isolates, rows[i].isolates);
		assert_int_equal(acs.ground, rows[i].ground);
		if (acs.ground == GROUND_QUIRK)
			assert_string_equal(acs.quirk, "pci_quirk_xgene_acs");
		machine_free(&machine);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quirks_decide_as_in_the_kernel),
		cmocka_unit_test(a_function_is_no_alias_of_itself),
		cmocka_unit_test(adaptec_is_known_by_its_subsystem),
		cmocka_unit_test(a_conventional_bridge_may_be_an_express_one),
		cmocka_unit_test(thunderx_translates_below_a_bridge),
		cmocka_unit_test(answers_name_their_ground),
	};

	return cmocka_run_group_tests_name("quirk", tests, NULL, NULL);
}
