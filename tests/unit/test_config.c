// SPDX-License-Identifier: GPL-2.0
/* The provider sysfs over trees of files: configuration space. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"
#include "view.h"

static void registers_come_from_configuration_space(void **state)
{
	const struct device *port, *gpu, *sata;
	struct view view;

	(void)state;
	view_open(&view, desktop, DESKTOP);
	assert_int_equal(view_look(&view), 0);
	port = view_device(&view, "00:01.0");
	assert_int_equal(port->port_type, PORT_ROOT);
	assert_int_equal(port->header_type, 1);
	assert_true(device_has(port, DEVICE_ACS));
	assert_int_equal(port->acs.offset, 0x148);
	assert_int_equal(port->acs.cap, 0x3f);
	assert_int_equal(port->acs.ctrl, 0x1d);
	/* Egress control is offered, for 256 ports as its size is 0. */
	assert_int_equal(port->acs.egress_vector.length, 32);
	assert_int_equal(port->ats, CAPABILITY_ABSENT);
	gpu = view_device(&view, "01:00.0");
	assert_int_equal(gpu->port_type, PORT_ENDPOINT);
	assert_false(device_has(gpu, DEVICE_ACS));
	assert_false(device_has(gpu, DEVICE_ACS_UNKNOWN));
	sata = view_device(&view, "00:1f.2");
	assert_int_equal(sata->port_type, PORT_CONVENTIONAL);
	assert_false(device_has(sata, DEVICE_ACS_UNKNOWN));
	assert_int_equal(sata->pasid, CAPABILITY_ABSENT);
	view_close(&view);
}

static void every_port_type_has_its_name(void **state)
{
	static const struct {
		int express;
		enum port_type type;
	} cases[] = {
		{ EXPRESS(0x0), PORT_ENDPOINT },
		{ EXPRESS(0x1), PORT_LEGACY_ENDPOINT },
		{ EXPRESS(0x2), 0 }, { EXPRESS(0x3), 0 },
		{ EXPRESS(0x4), PORT_ROOT }, { EXPRESS(0x5), PORT_UPSTREAM },
		{ EXPRESS(0x6), PORT_DOWNSTREAM },
		{ EXPRESS(0x7), PORT_PCIE_TO_PCI },
		{ EXPRESS(0x8), PORT_PCI_TO_PCIE },
		{ EXPRESS(0x9), PORT_RC_ENDPOINT },
		{ EXPRESS(0xa), PORT_RC_EVENT_COLLECTOR },
		{ EXPRESS(0xb), 0 }, { EXPRESS(0xf), 0 },
		{ 0, PORT_CONVENTIONAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake fake = { "pci0000:00/0000:00:02.0", 0x1af4, 0x1041,
				     0x020000, cases[i].express };
		struct view view;

		view_open(&view, &fake, 1);
		assert_int_equal(view_look(&view), 0);
		assert_int_equal(view.facts.devices[0].port_type,
				 cases[i].type);
		assert_int_equal(device_has(view.facts.devices,
					    DEVICE_PORT_TYPE),
				 cases[i].type != 0);
		view_close(&view);
	}
}

/* As for everybody but root: 64 bytes of each function. */
static void without_root_express_is_unknown_and_conventional_is_sure(
	void **state)
{
	struct fake fakes[DESKTOP];
	const struct device *port, *sata;
	struct view view;

	(void)state;
	memcpy(fakes, desktop, sizeof(fakes));
	for (size_t i = 0; i < COUNT(fakes); i++)
		fakes[i].readable = 64;
	view_open(&view, fakes, COUNT(fakes));
	assert_int_equal(view_look(&view), 0);
	port = view_device(&view, "00:01.0");
	assert_false(device_has(port, DEVICE_PORT_TYPE));
	assert_false(device_has(port, DEVICE_ACS));
	assert_int_equal(port->acs_unknown, REASON_NO_ACCESS);
	assert_int_equal(port->header_type, 1);
	assert_true(view_device(&view, "01:00.0")->multifunction);
	sata = view_device(&view, "00:1f.2");
	assert_int_equal(sata->port_type, PORT_CONVENTIONAL);
	assert_false(device_has(sata, DEVICE_ACS_UNKNOWN));
	assert_non_null(strstr(
		view.facts.unseen.item[view.facts.unseen.count - 1],
		"3 of 5 functions"));
	view_close(&view);
}

static void express_with_256_bytes_is_unknown(void **state)
{
	struct fake fake = desktop[0];
	struct view view;

	(void)state;
	fake.readable = 256;
	view_open(&view, &fake, 1);
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view.facts.devices[0].port_type, PORT_ROOT);
	assert_int_equal(view.facts.devices[0].acs_unknown, REASON_NO_ACCESS);
	assert_false(device_has(view.facts.devices, DEVICE_ATS));
	view_close(&view);
}

static void unreadable_configuration_space_is_unknown(void **state)
{
	char path[256];
	struct view view;

	(void)state;
	view_open(&view, desktop, 1);
	snprintf(path, sizeof(path), "%s/devices/%s/config", view.tree.root,
		 desktop[0].path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view.facts.devices[0].acs_unknown, REASON_NO_ACCESS);
	assert_false(device_has(view.facts.devices, DEVICE_HEADER_TYPE));
	view_close(&view);
}

static void function_that_reads_all_ones_is_gone(void **state)
{
	uint8_t ones[4096];
	struct view view;

	(void)state;
	memset(ones, 0xff, sizeof(ones));
	view_open(&view, desktop, 2);
	sysfs_tree_poke(&view.tree, &desktop[0], 0, ones, sizeof(ones));
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view_device(&view, "00:01.0")->acs_unknown, REASON_GONE);
	assert_false(device_has(view_device(&view, "01:00.0"), DEVICE_ACS_UNKNOWN));
	view_close(&view);
}

static void sleeping_function_and_what_is_below_is_not_read(void **state)
{
	struct view view;

	(void)state;
	view_open(&view, desktop, DESKTOP);
	sysfs_tree_write(&view.tree, "D3hot\n", "devices/%s/power_state",
			 desktop[0].path);
	assert_int_equal(view_look(&view), 0);
	assert_false(device_has(view_device(&view, "00:01.0"), DEVICE_ACS_UNKNOWN));
	assert_int_equal(view_device(&view, "01:00.0")->acs_unknown, REASON_ASLEEP);
	assert_false(device_has(view_device(&view, "01:00.0"), DEVICE_HEADER_TYPE));
	assert_true(view_device(&view, "01:00.0")->multifunction);
	facts_free(&view.facts);

	sysfs_tree_write(&view.tree, "D3cold\n", "devices/%s/power_state",
			 desktop[0].path);
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view_device(&view, "00:01.0")->acs_unknown, REASON_ASLEEP);
	assert_int_equal(view_device(&view, "01:00.1")->acs_unknown, REASON_ASLEEP);
	view_close(&view);
}

static void ring_of_capabilities_is_malformed(void **state)
{
	/* AER points to itself. */
	static const uint8_t self[4] = { 0x01, 0x00, 0x02, 0x10 };
	/* AER points below the extended capabilities. */
	static const uint8_t low[4] = { 0x01, 0x00, 0x02, 0x04 };
	struct view view;

	(void)state;
	view_open(&view, desktop, 2);
	sysfs_tree_poke(&view.tree, &desktop[0], 0x100, self, sizeof(self));
	sysfs_tree_poke(&view.tree, &desktop[1], 0x100, low, sizeof(low));
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view_device(&view, "00:01.0")->acs_unknown,
			 REASON_MALFORMED);
	assert_int_equal(view_device(&view, "01:00.0")->acs_unknown,
			 REASON_MALFORMED);
	assert_false(device_has(view_device(&view, "00:01.0"), DEVICE_ATS));
	view_close(&view);
}

static void sunrise_point_has_double_words(void **state)
{
	static const uint8_t words[8] = { 0x1f, 0, 0, 0, 0x1d, 0, 0, 0 };
	struct fake fake = { "pci0000:00/0000:00:1c.0", 0x8086, 0xa110,
			     0x060400, ROOT_PORT, .acs = 0x140 };
	struct view view;

	(void)state;
	view_open(&view, &fake, 1);
	sysfs_tree_poke(&view.tree, &fake, 0x144, words, sizeof(words));
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view.facts.devices[0].acs.cap_dword, 0x1f);
	assert_int_equal(view.facts.devices[0].acs.ctrl_dword, 0x1d);
	assert_false(field_known(&view.facts.devices[0].acs, ACS_CTRL));
	view_close(&view);

	fake.device = 0xa120;
	view_open(&view, &fake, 1);
	assert_int_equal(view_look(&view), 0);
	assert_true(field_known(&view.facts.devices[0].acs, ACS_CTRL));
	view_close(&view);
}

static void switchable_capabilities_are_read(void **state)
{
	/* ATS on at 200, PRI off at 210, PASID on at 220, after AER. */
	static const uint8_t aer[4] = { 0x01, 0x00, 0x02, 0x20 };
	static const uint8_t rest[0x30] = {
		[0x00] = 0x0f, 0x00, 0x01, 0x21, [0x07] = 0x80,
		[0x10] = 0x13, 0x00, 0x01, 0x22, [0x14] = 0x02,
		[0x20] = 0x1b, 0x00, 0x01, 0x00, [0x26] = 0x01,
	};
	struct view view;

	(void)state;
	view_open(&view, &desktop[1], 1);
	sysfs_tree_poke(&view.tree, &desktop[1], 0x100, aer, sizeof(aer));
	sysfs_tree_poke(&view.tree, &desktop[1], 0x200, rest, sizeof(rest));
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view.facts.devices[0].ats, CAPABILITY_ON);
	assert_int_equal(view.facts.devices[0].pri, CAPABILITY_OFF);
	assert_int_equal(view.facts.devices[0].pasid, CAPABILITY_ON);
	view_close(&view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_come_from_configuration_space),
		cmocka_unit_test(every_port_type_has_its_name),
		cmocka_unit_test(without_root_express_is_unknown_and_conventional_is_sure),
		cmocka_unit_test(express_with_256_bytes_is_unknown),
		cmocka_unit_test(unreadable_configuration_space_is_unknown),
		cmocka_unit_test(function_that_reads_all_ones_is_gone),
		cmocka_unit_test(sleeping_function_and_what_is_below_is_not_read),
		cmocka_unit_test(ring_of_capabilities_is_malformed),
		cmocka_unit_test(sunrise_point_has_double_words),
		cmocka_unit_test(switchable_capabilities_are_read),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
