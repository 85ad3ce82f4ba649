// SPDX-License-Identifier: GPL-2.0
/*
 * ACS Enhanced: capability bit 7, control bits 8 to 12, as Linux's
 * pci_regs.h is to have them (linux-pci, "PCI: Add the ACS Enhanced Capability
 * definitions"). What concerns the upstream port is only in ports of a switch.
 */
#include "machine.h"
#include "model/enhanced.h"
#include "suite.h"

#define OFFERED 0x9f
#define I_O	0x0080

static const struct {
	const char *what;
	struct part part;
	bool there;
	struct enhanced expected;
} cases[] = {
	{ "downstream port, none of them on",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, 0x1d) }, true,
	  { TARGET_DIRECT, TARGET_DIRECT, true, false } },
	{ "downstream port, memory of downstream ports blocked",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, 0x0100) }, true,
	  { TARGET_BLOCKED, TARGET_DIRECT, true, false } },
	{ "downstream port, memory of downstream ports redirected",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, 0x0200) }, true,
	  { TARGET_REDIRECTED, TARGET_DIRECT, true, false } },
	{ "downstream port, memory of the upstream port blocked",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, 0x0400) }, true,
	  { TARGET_DIRECT, TARGET_BLOCKED, true, false } },
	{ "downstream port, all redirected",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, 0x1a00) }, true,
	  { TARGET_REDIRECTED, TARGET_REDIRECTED, true, true } },
	{ "downstream port, a number without meaning",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, 0x0f00) }, true,
	  { TARGET_RESERVED, TARGET_RESERVED, true, false } },
	{ "downstream port, I/O requests blocked",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(OFFERED, I_O) }, true,
	  { TARGET_DIRECT, TARGET_DIRECT, true, false } },
	{ "root port, only its own memory is concerned",
	  { .type = PORT_ROOT, .acs = ACS(OFFERED, 0x1a00) }, true,
	  { TARGET_REDIRECTED } },
	{ "downstream port that does not offer it",
	  { .type = PORT_DOWNSTREAM, .acs = ACS(0x1f, 0x1a00) }, false },
	{ "downstream port without ACS", { .type = PORT_DOWNSTREAM }, false },
	{ "upstream port",
	  { .type = PORT_UPSTREAM, .acs = ACS(OFFERED, 0x1a00) }, false },
	{ "function",
	  { .type = PORT_ENDPOINT, .acs = ACS(OFFERED, 0x1a00) }, false },
};

static bool is_read(const struct part *part, struct enhanced *enhanced)
{
	struct part row = *part;
	struct facts facts;
	bool there;

	row.bdf = "00:01.0";
	row.group = 1;
	machine_facts(&facts, &row, 1);
	there = enhanced_read(&facts.devices[0], enhanced);
	facts_free(&facts);
	return there;
}

static void bits_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct enhanced *expected = &cases[i].expected;
		struct enhanced got = { 0 };
		bool there = is_read(&cases[i].part, &got);

		if (there != cases[i].there ||
		    got.downstream != expected->downstream ||
		    got.upstream != expected->upstream ||
		    got.in_switch != expected->in_switch ||
		    got.unclaimed_redirected != expected->unclaimed_redirected)
			fail_msg("%s: %d %d %d %d %d", cases[i].what, there,
				 got.downstream, got.upstream, got.in_switch,
				 got.unclaimed_redirected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bits_are_read),
	};

	return cmocka_run_group_tests_name("enhanced", tests, NULL, NULL);
}
