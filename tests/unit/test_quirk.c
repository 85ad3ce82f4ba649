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
	  PORT_OF("00:00.2", CONVENTIONAL, NULL, .class = 0x080600),
	  PORT_OF("00:14.0", CONVENTIONAL, NULL, .group = 1,
		  .multifunction = true, .id = 0x10024385),
	  PORT_OF("00:14.3", CONVENTIONAL, NULL, .group = 2,
		  .multifunction = true, .id = 0x1002439d)) },
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quirks_decide_as_in_the_kernel),
	};

	return cmocka_run_group_tests_name("quirk", tests, NULL, NULL);
}
