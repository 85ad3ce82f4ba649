// SPDX-License-Identifier: GPL-2.0
/* The provider lspci: the tree, by what registers say of buses. */
#include <string.h>

#include "dump.h"
#include "model/tree.h"
#include "suite.h"

#define ENDPOINT EXPRESS(0x0)
#define ROOT_PORT EXPRESS(0x4)
#define UPSTREAM EXPRESS(0x5)
#define DOWNSTREAM EXPRESS(0x6)
#define RC_ENDPOINT EXPRESS(0x9)

#define SRIOV 0x160

static void look_at(struct dump *dump, const struct fake *fakes, size_t count)
{
	dump_open(dump);
	for (size_t i = 0; i < count; i++)
		dump_function(dump, &fakes[i]);
	assert_int_equal(dump_look(dump), 0);
}

/* Where each function is: "1.0<0.0" has a parent, "0.0/" is on a root bus. */
static void assert_tree(const struct dump *dump, const char *const *lines,
			size_t count)
{
	struct problem problem;
	struct tree tree;

	assert_int_equal(tree_build(&tree, &dump->facts, &problem), 0);
	tree_free(&tree);
	assert_int_equal(dump->facts.device_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct device *device = &dump->facts.devices[i];
		char text[64], address[BDF_TEXT], parent[BDF_TEXT];

		bdf_format(device->address, address);
		if (device_has(device, DEVICE_PARENT))
			snprintf(text, sizeof(text), "%s<%s", address + 5,
				 bdf_format(device->parent, parent) + 5);
		else
			snprintf(text, sizeof(text), "%s%s", address + 5,
				 device->root_bus ? "/" : "?");
		assert_string_equal(text, lines[i]);
		assert_int_equal(device_has(device, DEVICE_PARENT_UNKNOWN),
				 strchr(text, '?') != NULL);
	}
}

static void switch_is_found(void **state)
{
	static const struct fake fakes[] = {
		{ "00:01.0", 1, 1, 0x060400, ROOT_PORT, .secondary = 1 },
		{ "01:00.0", 1, 2, 0x060400, UPSTREAM, .secondary = 2 },
		{ "02:00.0", 1, 3, 0x060400, DOWNSTREAM, .secondary = 3 },
		{ "02:01.0", 1, 3, 0x060400, DOWNSTREAM, .secondary = 4 },
		{ "04:00.0", 1, 4, 0x020000, ENDPOINT },
		{ "80:00.0", 1, 5, 0x088000, RC_ENDPOINT },
		{ "80:01.0", 1, 1, 0x060400, ROOT_PORT },
	};
	static const char *const tree[] = {
		"00:01.0/", "01:00.0<00:01.0", "02:00.0<01:00.0",
		"02:01.0<01:00.0", "04:00.0<02:01.0", "80:00.0/", "80:01.0/",
	};
	struct dump dump;

	(void)state;
	look_at(&dump, fakes, COUNT(fakes));
	assert_tree(&dump, tree, COUNT(tree));
	assert_int_equal(dump_unseen(&dump, "what is above"), 0);
	dump_close(&dump);
}

/* lspci -s: the ports above were left out. */
static void part_of_a_machine_has_no_top(void **state)
{
	static const struct fake fakes[] = {
		{ "02:00.0", 1, 3, 0x060400, DOWNSTREAM, .secondary = 3 },
		{ "03:00.0", 1, 4, 0x020000, ENDPOINT },
		{ "05:00.0", 1, 4, 0x020000, ENDPOINT },
		{ "06:03.0", 1, 4, 0x020000, 0 },
	};
	static const char *const tree[] = {
		"02:00.0?", "03:00.0<02:00.0", "05:00.0?", "06:03.0?",
	};
	struct dump dump;

	(void)state;
	look_at(&dump, fakes, COUNT(fakes));
	assert_tree(&dump, tree, COUNT(tree));
	assert_int_equal(dump_unseen(&dump,
		"what is above bus 0000:05: no bridge leads there"), 1);
	assert_int_equal(dump_unseen(&dump, "what is above"), 3);
	dump_close(&dump);
}

static void bus_0_is_a_root_bus_but_for_parts_of_a_switch(void **state)
{
	static const struct fake fakes[] = {
		{ "00:05.0", 1, 4, 0x020000, ENDPOINT },
		{ "0001:00:00.0", 1, 3, 0x060400, DOWNSTREAM, .secondary = 3 },
	};
	static const char *const tree[] = { "00:05.0/", "00:00.0?" };
	struct dump dump;

	(void)state;
	look_at(&dump, fakes, COUNT(fakes));
	assert_tree(&dump, tree, COUNT(tree));
	dump_close(&dump);
}

static void bridges_that_cannot_be_lead_nowhere(void **state)
{
	static const struct fake fakes[] = {
		{ "00:01.0", 1, 1, 0x060400, ROOT_PORT, .secondary = 3 },
		{ "00:02.0", 1, 1, 0x060400, ROOT_PORT, .secondary = 3 },
		{ "00:03.0", 1, 1, 0x060400, ROOT_PORT, .secondary = 0 },
		{ "03:00.0", 1, 1, 0x060400, 0, .secondary = 3 },
		{ "03:01.0", 1, 1, 0x060400, 0, .secondary = 1 },
	};
	static const char *const tree[] = {
		"00:01.0/", "00:02.0/", "00:03.0/", "03:00.0<00:01.0",
		"03:01.0<00:01.0",
	};
	struct dump dump;

	(void)state;
	look_at(&dump, fakes, COUNT(fakes));
	assert_tree(&dump, tree, COUNT(tree));
	assert_int_equal(dump_unseen(&dump,
		"what is below 0000:00:02.0: it names bus 03, as 0000:00:01.0 does"),
		1);
	assert_int_equal(dump_unseen(&dump, "cannot be below its own"), 2);
	dump_close(&dump);
}

/* A capability behind AER: 3 of 8 are on, at 4, 6 and 8 from the first. */
static void add_physical(struct dump *dump, const struct fake *fake,
			 uint8_t control)
{
	const uint8_t sriov[0x1c] = {
		0x10, 0, 1, 0, [0x08] = control, [0x0c] = 8, [0x0e] = 8,
		[0x10] = 3, [0x14] = 4, [0x16] = 2, [0x1a] = 0xed, 0x10,
	};
	uint8_t config[CONFIG_SIZE];
	size_t length = fake_config(config, fake);

	config[0x102] |= (SRIOV & 0xf) << 4;
	config[0x103] = SRIOV >> 4;
	memcpy(config + SRIOV, sriov, sizeof(sriov));
	dump_bytes(dump, fake->path, config, length);
}

static const struct fake port = {
	"00:01.0", 1, 1, 0x060400, ROOT_PORT, .secondary = 1,
};
static const struct fake physical = {
	"01:00.0", 0x8086, 0x10fb, 0x020000, ENDPOINT,
};
static const struct fake virtuals[] = {
	{ "01:00.4", 0, 0, 0x020000, ENDPOINT, .physfn = "x" },
	{ "01:00.6", 0, 0, 0x020000, ENDPOINT, .physfn = "x" },
	{ "01:01.0", 0, 0, 0x020000, ENDPOINT, .physfn = "x" },
	{ "01:01.2", 0, 0, 0x020000, ENDPOINT, .physfn = "x" },
};

static void look_at_virtuals(struct dump *dump, uint8_t control)
{
	dump_open(dump);
	dump_function(dump, &port);
	add_physical(dump, &physical, control);
	for (size_t i = 0; i < COUNT(virtuals); i++)
		dump_function(dump, &virtuals[i]);
	assert_int_equal(dump_look(dump), 0);
}

static void virtual_functions_are_found(void **state)
{
	struct dump dump;

	(void)state;
	look_at_virtuals(&dump, 1);
	assert_int_equal(dump_device(&dump, "01:00.0")->total_vfs, 8);
	assert_int_equal(dump_device(&dump, "01:00.0")->num_vfs, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct device *it = dump_device(&dump, virtuals[i].path);

		assert_true(device_has(it, DEVICE_PHYSFN));
		assert_int_equal(it->vendor, 0x8086);
		assert_int_equal(it->device, 0x10ed);
		assert_false(it->multifunction);
		assert_int_equal(it->parent.id, 0x0008);
	}
	/* One too many. */
	assert_false(device_has(dump_device(&dump, "01:01.2"), DEVICE_PHYSFN));
	assert_int_equal(dump_device(&dump, "01:01.2")->vendor, 0xffff);
	dump_close(&dump);
}

static void virtual_functions_that_are_off_are_not_found(void **state)
{
	struct dump dump;

	(void)state;
	look_at_virtuals(&dump, 0);
	assert_int_equal(dump_device(&dump, "01:00.0")->num_vfs, 0);
	assert_false(device_has(dump_device(&dump, "01:00.4"), DEVICE_PHYSFN));
	dump_close(&dump);
}

/* They may need a bus that no bridge names. */
static void virtual_functions_are_where_their_physical_one_is(void **state)
{
	struct fake far = virtuals[0];
	uint8_t config[CONFIG_SIZE];
	struct dump dump;

	(void)state;
	dump_open(&dump);
	dump_function(&dump, &port);
	fake_config(config, &physical);
	config[0x103] = SRIOV >> 4;
	memcpy(config + SRIOV, (uint8_t[]){ 0x10, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0,
	       0, 1, 0, 1, 0, 1, 0, 0, 0, 0x80, 1, 0, 0, 0, 0, 0xed, 0x10 }, 28);
	dump_bytes(&dump, physical.path, config, sizeof(config));
	far.path = "02:10.0";
	dump_function(&dump, &far);
	assert_int_equal(dump_look(&dump), 0);
	assert_int_equal(dump_device(&dump, "02:10.0")->parent.id, 0x0008);
	assert_int_equal(dump_unseen(&dump, "what is above"), 0);
	dump_close(&dump);
}

/* With ARI the device number is part of the function number. */
static void ari_makes_one_device_of_a_bus(void **state)
{
	static const struct fake fakes[] = {
		{ "01:00.0", 1, 1, 0x020000, ENDPOINT },
		{ "01:01.0", 1, 1, 0x020000, ENDPOINT },
	};
	uint8_t config[CONFIG_SIZE];
	struct dump dump;

	(void)state;
	for (int ari = 0; ari < 2; ari++) {
		dump_open(&dump);
		fake_config(config, &port);
		config[0x40 + 0x28] = ari ? 0x20 : 0;
		dump_bytes(&dump, port.path, config, sizeof(config));
		dump_function(&dump, &fakes[0]);
		dump_function(&dump, &fakes[1]);
		assert_int_equal(dump_look(&dump), 0);
		assert_int_equal(dump_device(&dump, "01:01.0")->multifunction,
				 ari);
		assert_false(dump_device(&dump, "01:00.0")->multifunction);
		dump_close(&dump);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(switch_is_found),
		cmocka_unit_test(part_of_a_machine_has_no_top),
		cmocka_unit_test(bus_0_is_a_root_bus_but_for_parts_of_a_switch),
		cmocka_unit_test(bridges_that_cannot_be_lead_nowhere),
		cmocka_unit_test(virtual_functions_are_found),
		cmocka_unit_test(virtual_functions_that_are_off_are_not_found),
		cmocka_unit_test(virtual_functions_are_where_their_physical_one_is),
		cmocka_unit_test(ari_makes_one_device_of_a_bus),
	};

	return cmocka_run_group_tests_name("wiring", tests, NULL, NULL);
}
