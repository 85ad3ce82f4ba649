// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel's pci_acs_enabled() makes of registers, row by row: steps 2
 * to 4 of that function in drivers/pci/pci.c, for SV RR CR UF (0x1d).
 */
#include "machine.h"
#include "suite.h"

static const struct {
	const char *what;
	struct part part;
	enum basis basis;
	uint8_t missing, assumed;
} cases[] = {
	{ "root port, all on",
	  { .type = PORT_ROOT, .acs = ACS(0x1f, 0x1d) }, BASIS_ENFORCED },
	{ "root port, all on and more",
	  { .type = PORT_ROOT, .acs = ACS(0x7f, 0x7f) }, BASIS_ENFORCED },
	{ "root port, all off",
	  { .type = PORT_ROOT, .acs = ACS(0x1f, 0) }, BASIS_NONE, 0x1d },
	{ "root port, RR off",
	  { .type = PORT_ROOT, .acs = ACS(0x1f, 0x19) }, BASIS_NONE, ACS_RR },
	{ "root port, only SV offered and on",
	  { .type = PORT_ROOT, .acs = ACS(0x01, 0x01) }, BASIS_ASSUMED, 0,
	  0x1c },
	{ "root port, UF not offered, the rest on",
	  { .type = PORT_ROOT, .acs = ACS(0x0f, 0x0d) }, BASIS_ASSUMED, 0,
	  ACS_UF },
	{ "root port, UF not offered, CR off",
	  { .type = PORT_ROOT, .acs = ACS(0x0f, 0x05) }, BASIS_NONE, ACS_CR,
	  ACS_UF },
	{ "root port, nothing of it offered",
	  { .type = PORT_ROOT, .acs = ACS(0x00, 0x00) }, BASIS_ASSUMED, 0,
	  0x1d },
	{ "root port, on without being offered",
	  { .type = PORT_ROOT, .acs = ACS(0x00, 0x1d) }, BASIS_ASSUMED, 0,
	  0x1d },
	{ "root port, egress control and translation blocking do not matter",
	  { .type = PORT_ROOT, .acs = ACS(0x3f, 0x1d) }, BASIS_ENFORCED },
	{ "root port without ACS", { .type = PORT_ROOT }, BASIS_NONE },
	{ "downstream port, all on",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(0x1d, 0x1d) },
	  BASIS_ENFORCED },
	{ "downstream port without ACS", { .type = PORT_DOWNSTREAM },
	  BASIS_NONE },
	{ "endpoint alone", { .type = PORT_ENDPOINT }, BASIS_UNNEEDED },
	{ "endpoint alone, registers unreadable",
	  { .type = PORT_ENDPOINT, .acs_unknown = REASON_NO_ACCESS },
	  BASIS_UNNEEDED },
	{ "function of many without ACS",
	  { .type = PORT_ENDPOINT, .multifunction = true }, BASIS_NONE },
	{ "function of many, on",
	  { .type = PORT_ENDPOINT, .multifunction = true,
	    .acs = ACS(0x1d, 0x1d) }, BASIS_ENFORCED },
	{ "function of many, off",
	  { .type = PORT_LEGACY_ENDPOINT, .multifunction = true,
	    .acs = ACS(0x0c, 0x08) }, BASIS_NONE, ACS_RR, 0x11 },
	{ "upstream port alone", { .type = PORT_UPSTREAM }, BASIS_UNNEEDED },
	{ "upstream port of many",
	  { .type = PORT_UPSTREAM, .multifunction = true }, BASIS_NONE },
	{ "integrated endpoint alone", { .type = PORT_RC_ENDPOINT },
	  BASIS_UNNEEDED },
	{ "integrated endpoint of many",
	  { .type = PORT_RC_ENDPOINT, .multifunction = true }, BASIS_NONE },
	{ "bridge to conventional PCI, with ACS on",
	  { .type = PORT_PCIE_TO_PCI, .acs = ACS(0x1d, 0x1d) }, BASIS_NONE },
	{ "bridge from conventional PCI", { .type = PORT_PCI_TO_PCIE },
	  BASIS_NONE },
	{ "event collector", { .type = PORT_RC_EVENT_COLLECTOR }, BASIS_NONE },
	{ "conventional function", { .type = PORT_CONVENTIONAL }, BASIS_NONE },
	{ "root port asleep",
	  { .type = PORT_ROOT, .acs_unknown = REASON_ASLEEP }, BASIS_UNKNOWN },
	{ "type not known", { .acs_unknown = REASON_NO_ACCESS },
	  BASIS_UNKNOWN },
};

static void judge_follows_the_kernel(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct part part = cases[i].part;
		struct acs_state acs;
		struct machine machine;

		part.bdf = "00:01.0";
		machine_build(&machine, &part, 1);
		acs = acs_judge(machine.facts.devices);
		if (acs.basis != cases[i].basis ||
		    acs.missing != cases[i].missing ||
		    acs.assumed != cases[i].assumed)
			fail_msg("%s: basis %d missing %x assumed %x",
				 cases[i].what, acs.basis, acs.missing,
				 acs.assumed);
		assert_int_equal(acs.present, part.acs.there);
		assert_int_equal(acs.reason, acs.basis == BASIS_UNKNOWN ?
				 part.acs_unknown : 0);
		machine_free(&machine);
	}
}

/* On Sunrise Point the word at +6 is the upper half of the capability. */
static void judge_takes_double_words_where_there_are_some(void **state)
{
	struct part part = { .bdf = "00:1c.0", .type = PORT_ROOT,
			     .acs = ACS(0x001f, 0x0000) };
	struct machine machine;
	struct device *device;

	(void)state;
	machine_build(&machine, &part, 1);
	device = machine.facts.devices;
	assert_int_equal(acs_judge(device).basis, BASIS_NONE);
	field_set_number(acs_fields, ACS_CAP_DWORD, &device->acs, 0x1f);
	field_set_number(acs_fields, ACS_CTRL_DWORD, &device->acs, 0x1d);
	assert_int_equal(acs_judge(device).basis, BASIS_ENFORCED);
	field_set_number(acs_fields, ACS_CTRL_DWORD, &device->acs, 0x19);
	assert_int_equal(acs_judge(device).missing, ACS_RR);
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judge_follows_the_kernel),
		cmocka_unit_test(judge_takes_double_words_where_there_are_some),
	};

	return cmocka_run_group_tests_name("acs", tests, NULL, NULL);
}
