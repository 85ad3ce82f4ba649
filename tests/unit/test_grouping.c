// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's pci_device_group(), machine by machine. The groups in a table are
 * those that the kernel forms: a prediction must have the same sets.
 */
#include "grouping_case.h"
#include "suite.h"

static void alias_to_slot_2(struct machine *machine)
{
	grouping_alias(machine, "01:00.0", 0x10);
}

static void alias_to_function_2(struct machine *machine)
{
	grouping_alias(machine, "01:00.1", 0x02);
}

static void no_mark_no_alias(struct machine *machine)
{
	grouping_set(machine, "01:00.0", DEVICE_QUIRKS, 0);
}

static void translated_below(struct machine *machine)
{
	grouping_set(machine, "01:00.0", DEVICE_QUIRKS, QUIRK_BRIDGE_XLATE_ROOT);
}

static void behind_vmd(struct machine *machine)
{
	struct bdf vmd = { .id = 0x0070 };

	field_set_address(device_fields, DEVICE_DMA_DEVICE,
			  machine_change(machine, "10000:00:00.0"), vmd);
	field_set_address(device_fields, DEVICE_DMA_DEVICE,
			  machine_change(machine, "10000:01:00.0"), vmd);
}

static void behind_unseen_vmd(struct machine *machine)
{
	struct bdf vmd = { .id = 0x0078 };

	field_set_address(device_fields, DEVICE_DMA_DEVICE,
			  machine_change(machine, "10000:00:00.0"), vmd);
}

/* As lspci -s 05: shows it. */
static void cut_off(struct machine *machine)
{
	grouping_set(machine, "05:00.0", DEVICE_PARENT_UNKNOWN,
		     REASON_NO_ACCESS);
	grouping_set(machine, "05:00.1", DEVICE_PARENT_UNKNOWN,
		     REASON_NO_ACCESS);
}

static void bridge_cut_off(struct machine *machine)
{
	grouping_set(machine, "05:00.0", DEVICE_PARENT_UNKNOWN,
		     REASON_NO_ACCESS);
}

static const struct grouping_case cases[] = {
	/* The way up. */
	{ "a port with ACS on keeps its device apart", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2)) },
	{ "a port with ACS off does not", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = OFF),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1)) },
	{ "a port without ACS does not", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1)) },
	{ "bits that are not offered count as on", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ACS(0, 0)),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2)) },
	{ "ports of a switch without ACS take their own children only", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2),
	  PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 3),
	  PORT_OF("02:01.0", DOWNSTREAM, "01:00.0", .group = 4),
	  PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 3),
	  PORT_OF("04:00.0", ENDPOINT, "02:01.0", .group = 4)) },
	{ "one open port above opens all below it", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = OFF),
	  PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 1, .acs = ON),
	  PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 1)) },
	{ "an open upstream port of many functions opens its switch", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 2,
		  .multifunction = true),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true),
	  PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 2, .acs = ON),
	  PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 2)) },
	{ "root ports that are functions of one device, without ACS", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .multifunction = true),
	  PORT_OF("00:01.1", ROOT, NULL, .group = 1, .multifunction = true),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", ENDPOINT, "00:01.1", .group = 1)) },
	/* Functions of one device. */
	{ "functions without ACS go together, those with it alone", PARTS(
	  PORT_OF("00:1f.0", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true),
	  PORT_OF("00:1f.2", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true),
	  PORT_OF("00:1f.6", RC_ENDPOINT, NULL, .group = 2,
		  .multifunction = true, .acs = ON)) },
	{ "a single function beside others stays alone", PARTS(
	  PORT_OF("00:1f.0", ENDPOINT, NULL, .group = 1),
	  PORT_OF("00:1f.1", ENDPOINT, NULL, .group = 2)) },
	{ "devices of one bus are not functions of one device", PARTS(
	  PORT_OF("00:02.0", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true),
	  PORT_OF("00:03.0", RC_ENDPOINT, NULL, .group = 2,
		  .multifunction = true)) },
	{ "the same address in another segment is another device", PARTS(
	  PORT_OF("0001:00:1f.0", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true),
	  PORT_OF("0002:00:1f.1", RC_ENDPOINT, NULL, .group = 2,
		  .multifunction = true)) },
	/* Bridges that speak for what is below them. */
	{ "a bridge to a conventional bus takes all of it", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("05:00.0", PCIE_TO_PCI, "00:1c.0", .group = 2),
	  PORT_OF("06:00.0", CONVENTIONAL, "05:00.0", .group = 2),
	  PORT_OF("06:01.0", CONVENTIONAL, "05:00.0", .group = 2)) },
	{ "so does a conventional bridge, down to the lowest", PARTS(
	  PORT_OF("00:1e.0", CONVENTIONAL, NULL, .group = 1,
		  .class = 0x060400),
	  PORT_OF("01:00.0", CONVENTIONAL, "00:1e.0", .group = 1,
		  .class = 0x060400),
	  PORT_OF("02:00.0", CONVENTIONAL, "01:00.0", .group = 1)) },
	{ "and a bridge from a conventional bus", PARTS(
	  PORT_OF("00:1e.0", CONVENTIONAL, NULL, .group = 1,
		  .class = 0x060400),
	  PORT_OF("01:00.0", PCI_TO_PCIE, "00:1e.0", .group = 1),
	  PORT_OF("02:00.0", ENDPOINT, "01:00.0", .group = 1)) },
	{ "no name is passed on where an IOMMU sits below", PARTS(
	  PORT_OF("00:01.0", CONVENTIONAL, NULL, .group = 1,
		  .class = 0x060400, .id = 0x00143c09),
	  PORT_OF("01:00.0", ROOT, "00:01.0", .group = 1, .acs = ON),
	  PORT_OF("02:00.0", ENDPOINT, "01:00.0", .group = 2)),
	  .change = translated_below },
	{ "ASPEED's bridge gives no name since Linux 7.0", PARTS(
	  PORT_OF("00:1c.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", PCIE_TO_PCI, "00:1c.0", .group = 2,
		  .id = 0x1a031150),
	  PORT_OF("02:00.0", ENDPOINT, "01:00.0", .group = 2)),
	  .kernel = "7.0.0" },
	/* Names of other functions on the same bus. */
	{ "a function that speaks as another is with it", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2, .acs = ON,
		  .multifunction = true, .id = 0x1b4b9172),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 2, .acs = ON,
		  .multifunction = true)) },
	{ "nobody has to be there under that name", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .id = 0x1b4b9172)) },
	{ "function 0 speaks for Ricoh's others", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2, .acs = ON,
		  .multifunction = true, .id = 0x1180e476),
	  PORT_OF("01:00.3", ENDPOINT, "00:01.0", .group = 2, .acs = ON,
		  .multifunction = true, .id = 0x1180e476)) },
	{ "what the kernel says goes before the table", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2, .acs = ON,
		  .multifunction = true, .id = 0x1b4b9172),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 3, .acs = ON,
		  .multifunction = true)),
	  .change = no_mark_no_alias },
	{ "an NTB that may use any name takes its bus", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .id = 0x10b587b0),
	  PORT_OF("01:05.0", ENDPOINT, "00:01.0", .group = 2)) },
	{ "MIC x200 and its three names", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .id = 0x80862260),
	  PORT_OF("01:10.0", ENDPOINT, "00:01.0", .group = 2),
	  PORT_OF("01:11.0", ENDPOINT, "00:01.0", .group = 2),
	  PORT_OF("01:12.0", ENDPOINT, "00:01.0", .group = 3),
	  PORT_OF("01:12.3", ENDPOINT, "00:01.0", .group = 2)) },
	{ "VCA and its five functions in each slot", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .id = 0x80862954),
	  PORT_OF("01:1f.4", ENDPOINT, "00:01.0", .group = 2),
	  PORT_OF("01:1f.5", ENDPOINT, "00:01.0", .group = 3)) },
	{ "a name leads to a slot, and the slot to its functions", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2),
	  PORT_OF("01:02.0", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true),
	  PORT_OF("01:02.1", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true)),
	  .change = alias_to_slot_2 },
	{ "a function of the slot that a name leads to has a group", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 2, .acs = ON,
		  .multifunction = true),
	  PORT_OF("01:00.2", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true)),
	  .change = alias_to_function_2 },
	{ "behind a VMD all is the VMD's", PARTS(
	  PORT_OF("00:0e.0", RC_ENDPOINT, NULL, .group = 1),
	  PORT_OF("10000:00:00.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("10000:01:00.0", ENDPOINT, "10000:00:00.0", .group = 1)),
	  .change = behind_vmd },
	{ "a VMD that did not show", PARTS(
	  PORT_OF("00:0e.0", RC_ENDPOINT, NULL, .group = 1),
	  PORT_OF("10000:00:00.0", ROOT, NULL, .group = 2, .acs = ON)),
	  .change = behind_unseen_vmd, .unknown = "10000:00:00.0" },
	{ "a VMD of which nobody could tell", PARTS(
	  PORT_OF("10000:00:00.0", ROOT, NULL, .group = 2, .acs = ON)),
	  .unknown = "10000:00:00.0" },
	/* Virtual functions. */
	{ "virtual functions are single ones, on a bus of their own", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true),
	  PORT_OF("01:00.1", ENDPOINT, "00:01.0", .group = 2,
		  .multifunction = true),
	  PORT_OF("01:00.2", ENDPOINT, "00:01.0", .group = 3,
		  .multifunction = true, .physfn = "01:00.0"),
	  PORT_OF("02:00.0", ENDPOINT, "00:01.0", .group = 4,
		  .physfn = "01:00.0")) },
	{ "and go with an open port", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", ENDPOINT, "00:01.0", .group = 1,
		  .physfn = "01:00.0")) },
	/* Who has no group. */
	{ "what no IOMMU serves has no group, and is no way to one", PARTS(
	  PORT_OF("00:00.0", CONVENTIONAL, NULL, .class = 0x060000),
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("00:02.0", ROOT, NULL),
	  PORT_OF("01:00.0", ENDPOINT, "00:02.0", .group = 2),
	  PORT_OF("01:01.0", ENDPOINT, "00:02.0", .group = 3)) },
	/* What could not be read. */
	{ "an unread port is taken for open, and it is said", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1,
		  .acs_unknown = REASON_NO_ACCESS),
	  PORT_OF("00:02.0", ROOT, NULL, .group = 2, .acs = ON),
	  PORT_OF("01:00.0", ENDPOINT, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", ENDPOINT, "00:02.0", .group = 3)),
	  .unknown = "00:01.0 01:00.0" },
	{ "it does not matter behind one that is open for certain", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = OFF),
	  PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 1,
		  .acs_unknown = REASON_ASLEEP),
	  PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 1)) },
	{ "but does below one that isolates", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1,
		  .acs_unknown = REASON_ASLEEP),
	  PORT_OF("01:00.0", UPSTREAM, "00:01.0", .group = 1),
	  PORT_OF("02:00.0", DOWNSTREAM, "01:00.0", .group = 1, .acs = ON),
	  PORT_OF("03:00.0", ENDPOINT, "02:00.0", .group = 1)),
	  .unknown = "00:01.0 01:00.0 02:00.0 03:00.0" },
	{ "functions of which one could not be read", PARTS(
	  PORT_OF("00:1f.0", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true),
	  PORT_OF("00:1f.2", RC_ENDPOINT, NULL, .group = 1,
		  .multifunction = true, .acs_unknown = REASON_GONE)),
	  .unknown = "00:1f.0 00:1f.2" },
	{ "a bridge of unknown type may speak for what is below", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  { .bdf = "01:00.0", .parent = "00:01.0", .group = 2,
	    .class = 0x060400 },
	  PORT_OF("02:00.0", ENDPOINT, "01:00.0", .group = 2)),
	  .unknown = "01:00.0 02:00.0" },
	{ "functions of which nobody sees what is above", PARTS(
	  PORT_OF("00:01.0", ROOT, NULL, .group = 1, .acs = ON),
	  PORT_OF("05:00.0", ENDPOINT, NULL, .group = 2,
		  .multifunction = true, .acs = ON),
	  PORT_OF("05:00.1", ENDPOINT, NULL, .group = 3,
		  .multifunction = true, .acs = ON)),
	  .change = cut_off, .unknown = "05:00.0 05:00.1" },
	{ "a switch of which nobody sees what is above", PARTS(
	  PORT_OF("05:00.0", UPSTREAM, NULL, .group = 1),
	  PORT_OF("06:00.0", DOWNSTREAM, "05:00.0", .group = 1, .acs = ON),
	  PORT_OF("07:00.0", ENDPOINT, "06:00.0", .group = 1)),
	  .change = bridge_cut_off, .unknown = "05:00.0 06:00.0 07:00.0" },
	{ "a vendor's wildcard does not hide that a type is unknown", PARTS(
	  { .bdf = "00:1f.0", .group = 1, .multifunction = true,
	    .id = 0x80867a04, .class = 0x020000 },
	  { .bdf = "00:1f.1", .group = 1, .multifunction = true,
	    .id = 0x80867a04, .class = 0x020000 }),
	  .unknown = "00:1f.0 00:1f.1" },
};

static void groups_are_those_of_the_kernel(void **state)
{
	(void)state;
	grouping_expect(cases, COUNT(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_those_of_the_kernel),
	};

	return cmocka_run_group_tests_name("grouping", tests, NULL, NULL);
}
