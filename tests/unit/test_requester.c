// SPDX-License-Identifier: GPL-2.0
/* Requester IDs that a device shares or lends, and requests it translates itself. */
#include <string.h>

#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)
#define OFF ACS(0x1f, 0x00)

static void expect(struct machine *machine, const char *bdf, const char *ids)
{
	machine_check(machine, bdf, NULL);
	machine_expect_ids(machine, ids);
	machine_free(machine);
}

/*
 * 00:01.0 root port, on ──── 01:00.0 GPU
 * 00:02.0 root port, off ─┬─ 02:00.0 NIC
 *                         └─ 02:00.1 its second function
 */
static const struct part one_open_port[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000 },
	{ "00:02.0", NULL, PORT_ROOT, 3, OFF },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 3, .driver = "ixgbe",
	  .multifunction = true },
	{ "02:00.1", "00:02.0", PORT_ENDPOINT, 3, .multifunction = true },
};

/* 01:00.0 physical, 01:00.1 and .2 virtual */
static const struct part sriov[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .driver = "igb" },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 3, .physfn = "01:00.0" },
	{ "01:00.2", "00:01.0", PORT_ENDPOINT, 4, .physfn = "01:00.0" },
};

static void set_alias(struct machine *machine, const char *bdf,
		      unsigned int devfn)
{
	uint8_t mask[32] = { 0 };

	mask[devfn / 8] = (uint8_t)(1 << devfn % 8);
	field_set_bytes(device_fields, DEVICE_ALIASES,
			machine_change(machine, bdf), mask, sizeof(mask));
}

static void requester_ids_may_be_shared(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	set_alias(&machine, "02:00.0", 1);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_seen(&machine, "dma-alias", "requester ID of another");
	assert_int_equal(machine_finding(&machine, "dma-alias")->rule->severity,
			 SEVERITY_INFO);
	machine_free(&machine);
	/* The other function is not in the set. */
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	machine_change(&machine, "02:00.1")->group = 2;
	set_alias(&machine, "02:00.0", 1);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_seen(&machine, "dma-alias", "0000:02:00.1");
	assert_int_equal(machine_finding(&machine, "dma-alias")->rule->severity,
			 SEVERITY_WARNING);
	machine_free(&machine);
	/* A function that is its own alias shares nothing. */
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	set_alias(&machine, "02:00.0", 0);
	machine_check(&machine, "02:00.0", NULL);
	assert_null(machine_finding(&machine, "dma-alias"));
	machine_free(&machine);
	machine_build(&machine, one_open_port, COUNT(one_open_port));
	field_set_address(device_fields, DEVICE_DMA_DEVICE,
			  machine_change(&machine, "02:00.0"),
			  (struct bdf){ 0, 0x0070 });
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_seen(&machine, "dma-alias", "0000:00:0e.0");
	/* Its driver goes with that of the VMD; there is nothing to bind. */
	assert_int_equal(machine.assessment.ready.step_count, 0);
	machine_free(&machine);
}

static void bridges_lend_their_requester_id(void **state)
{
	static const struct part parts[] = {
		{ "00:02.0", NULL, PORT_ROOT, 1, ON },
		{ "05:00.0", "00:02.0", PORT_PCIE_TO_PCI, 2 },
		{ "06:03.0", "05:00.0", PORT_CONVENTIONAL, 2 },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "06:03.0", NULL);
	machine_expect_seen(&machine, "dma-alias", "0000:05:00.0");
	machine_expect(&machine, "safe", "enforced", 0);
	machine_free(&machine);
}

static void ats_is_an_info(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, sriov, COUNT(sriov));
	field_set_number(device_fields, DEVICE_ATS,
			 machine_change(&machine, "01:00.0"), CAPABILITY_ON);
	expect(&machine, "01:00.0", "info ats-on");
	machine_build(&machine, sriov, COUNT(sriov));
	field_set_number(device_fields, DEVICE_ATS,
			 machine_change(&machine, "01:00.0"), CAPABILITY_OFF);
	expect(&machine, "01:00.0", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requester_ids_may_be_shared),
		cmocka_unit_test(bridges_lend_their_requester_id),
		cmocka_unit_test(ats_is_an_info),
	};

	return cmocka_run_group_tests_name("requester", tests, NULL, NULL);
}
