// SPDX-License-Identifier: GPL-2.0
/* Ports of Intel's chipsets that a quirk vouches for, and their register MPC. */
#include <string.h>

#include "dump.h"
#include "grouping_case.h"
#include "model/mpc.h"
#include "predict/quirk.h"
#include "stage.h"
#include "suite.h"
#include "view.h"

#define ID 0x80861c10
#define MARK QUIRK_ACS_ENABLED
#define SET 0x04110000
#define CLEAR 0x00110000

/* Beside registers: neither the mark nor the register is known. */
#define UNREAD UINT32_MAX
#define UNMARKED UINT32_MAX

/* 00:1c.0 root port of Cougar Point ── 02:00.0   (@port and @group) */
static void build(struct machine *machine, uint32_t port, uint32_t group,
		  uint32_t marks, uint32_t mpc)
{
	const struct part parts[] = {
		PORT_OF("00:1c.0", ROOT, NULL, .group = port, .id = ID),
		PORT_OF("02:00.0", ENDPOINT, "00:1c.0", .group = group),
	};

	machine_build(machine, parts, COUNT(parts));
	if (marks != UNMARKED)
		grouping_set(machine, "00:1c.0", DEVICE_QUIRKS, marks);
	if (mpc != UNREAD)
		grouping_set(machine, "00:1c.0", DEVICE_MPC, mpc);
}

static void quirk_knows_no_port_that_the_table_does_not(void **state)
{
	struct kernel kernel = { .release = quirk_release() };
	struct device device = { .vendor = 0x8086, .port_type = PORT_ROOT };
	unsigned int known = 0;

	(void)state;
	for (unsigned int id = 0; id <= UINT16_MAX; id++) {
		device.device = (uint16_t)id;
		if (quirk_on_irbnce(&kernel, &device) == OPINION_NONE)
			continue;
		known++;
		if (!mpc_is_there(&device))
			fail_msg("%04x", id);
	}
	assert_int_equal(known, 119);
	device.device = 0x1c10;
	device.port_type = PORT_DOWNSTREAM;
	assert_false(mpc_is_there(&device));
	device.port_type = PORT_ROOT;
	device.vendor = 0x1022;
	assert_false(mpc_is_there(&device));
}

static bool is_unread(const struct machine *machine)
{
	const struct text_list *unseen = &machine->assessment.judgement.unseen;

	for (size_t i = 0; i < unseen->count; i++)
		if (strstr(unseen->item[i], "0000:00:1c.0 checks whose name"))
			return true;
	return false;
}

/* Ports count that the kernel marked; without a mark its groups tell. */
static void port_that_is_off_is_a_warning(void **state)
{
	static const struct {
		uint32_t group, marks, mpc;
		bool off, unread;
	} cases[] = {
		{ 2, MARK, CLEAR, true, false },
		{ 2, MARK, SET, false, false },
		{ 2, MARK, UNREAD, false, true },
		{ 2, 0, CLEAR, false, false },
		{ 1, 0, CLEAR, false, false },
		{ 2, UNMARKED, CLEAR, true, false },
		{ 2, UNMARKED, SET, false, false },
		{ 2, UNMARKED, UNREAD, false, true },
		{ 1, UNMARKED, CLEAR, false, false },
		{ 1, UNMARKED, UNREAD, false, false },
		{ 0, UNMARKED, CLEAR, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct machine machine;

		build(&machine, cases[i].group ? 1 : 0, cases[i].group,
		      cases[i].marks, cases[i].mpc);
		machine_check(&machine, "02:00.0", NULL);
		if (!!machine_finding(&machine, "irbnce-off") != cases[i].off ||
		    is_unread(&machine) != cases[i].unread)
			fail_msg("case %zu", i);
		machine_free(&machine);
	}
}

static void answer_is_attested_and_names_the_register(void **state)
{
	struct machine machine;

	(void)state;
	build(&machine, 1, 2, MARK, CLEAR);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect(&machine, "warning", "attested", 1);
	machine_expect_ids(&machine, "warning irbnce-off, info quirk-attested");
	machine_expect_seen(&machine, "irbnce-off",
			    "MPC 0x00110000, off: IRBNCE");
	machine_free(&machine);
	build(&machine, 1, 2, MARK, SET);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect(&machine, "safe", "attested", 0);
	machine_free(&machine);
}

static void kernel_that_cannot_set_it_is_blamed(void **state)
{
	static const struct {
		const char *release;
		bool blamed;
	} cases[] = {
		{ "6.12.107+deb13-amd64", true }, { "6.12.1", true },
		{ "6.12.117+deb13-amd64", false },
		{ "6.12.0-55.el10.x86_64", false }, { "6.12", false },
		{ "6.1.0-56-amd64", false }, { "7.3.4", false }, { "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct finding *finding;
		struct machine machine;

		build(&machine, 1, 2, MARK, CLEAR);
		machine_kernel(&machine, cases[i].release);
		machine_check(&machine, "02:00.0", NULL);
		finding = machine_finding(&machine, "irbnce-off");
		assert_non_null(finding);
		if (!!strstr(finding->rule->why, "this kernel writes") !=
		    cases[i].blamed)
			fail_msg("%s", cases[i].release);
		machine_free(&machine);
	}
}

static const struct fake port = { "pci0000:00/0000:00:1c.0", 0x8086, 0x1c10,
				  0x060400, ROOT_PORT };
static const uint8_t bytes[4] = { 0x78, 0x56, 0x34, 0x12 };
static const uint8_t ones[4] = { 0xff, 0xff, 0xff, 0xff };

/* Of how much of configuration space, and what is read; UNREAD for nothing. */
static void expect_config(const struct fake *fake, const uint8_t *mpc,
			  uint32_t expected)
{
	struct view view;

	view_open(&view, fake, 1);
	sysfs_tree_poke(&view.tree, fake, MPC_AT, mpc, 4);
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(device_has(view.facts.devices, DEVICE_MPC),
			 expected != UNREAD);
	if (expected != UNREAD)
		assert_int_equal(view.facts.devices->mpc, expected);
	view_close(&view);
}

static void register_comes_from_configuration_space(void **state)
{
	struct fake fake = port;

	(void)state;
	expect_config(&fake, bytes, 0x12345678);
	expect_config(&fake, ones, UNREAD);
	fake.readable = 256;
	expect_config(&fake, bytes, 0x12345678);
	fake.readable = 0;
	fake.device = 0xa110;
	expect_config(&fake, bytes, UNREAD);
}

static void register_comes_from_a_dump(void **state)
{
	uint8_t config[CONFIG_SIZE];

	(void)state;
	fake_config(config, &port);
	memcpy(config + MPC_AT, bytes, sizeof(bytes));
	for (size_t length = 64; length <= CONFIG_SIZE; length *= 4) {
		struct dump dump;

		dump_open(&dump);
		dump_bytes(&dump, "00:1c.0", config, length);
		assert_int_equal(dump_look(&dump), 0);
		assert_int_equal(dump_device(&dump, "00:1c.0")->mpc,
				 length < 256 ? 0 : 0x12345678);
		assert_int_equal(device_has(dump_device(&dump, "00:1c.0"),
					    DEVICE_MPC), length >= 256);
		dump_close(&dump);
	}
}

#define FOLDER "devices/pci0000:00/0000:00:01.0"

/* As if the module had told of the port at 00:01.0; @state NULL for no file. */
static void expect_completed(uint16_t id, const char *state, size_t length,
			     uint32_t expected)
{
	char config[MPC_AT + 5];
	struct stage stage;
	struct device *device;

	stage_open(&stage);
	device = &stage.facts.devices[0];
	field_set_number(device_fields, DEVICE_VENDOR, device, 0x8086);
	field_set_number(device_fields, DEVICE_DEVICE, device, id);
	field_set_number(device_fields, DEVICE_PORT_TYPE, device, PORT_ROOT);
	memset(config, 1, sizeof(config));
	memcpy(config + MPC_AT, bytes, sizeof(bytes));
	config[length] = '\0';
	stage_write(&stage, config, FOLDER "/config");
	if (state)
		stage_write(&stage, state, FOLDER "/power_state");
	assert_int_equal(host_complete(&stage.roots, &stage.facts,
				       &stage.problem), 0);
	assert_int_equal(device_has(device, DEVICE_MPC), expected != UNREAD);
	if (expected != UNREAD)
		assert_int_equal(device->mpc, expected);
	stage_close(&stage);
}

static void host_completes_what_the_module_does_not_tell(void **state)
{
	(void)state;
	expect_completed(0x1c10, "D0\n", MPC_AT + 4, 0x12345678);
	expect_completed(0x1c10, "D3hot\n", MPC_AT + 4, 0x12345678);
	expect_completed(0x1c10, NULL, MPC_AT + 4, 0x12345678);
	expect_completed(0x1c10, "D3cold\n", MPC_AT + 4, UNREAD);
	/* As for everybody but root. */
	expect_completed(0x1c10, "D0\n", 64, UNREAD);
	expect_completed(0x1c10, "D0\n", MPC_AT + 3, UNREAD);
	expect_completed(0xa110, "D0\n", MPC_AT + 4, UNREAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quirk_knows_no_port_that_the_table_does_not),
		cmocka_unit_test(port_that_is_off_is_a_warning),
		cmocka_unit_test(answer_is_attested_and_names_the_register),
		cmocka_unit_test(kernel_that_cannot_set_it_is_blamed),
		cmocka_unit_test(register_comes_from_configuration_space),
		cmocka_unit_test(register_comes_from_a_dump),
		cmocka_unit_test(host_completes_what_the_module_does_not_tell),
	};

	return cmocka_run_group_tests_name("chipset", tests, NULL, NULL);
}
