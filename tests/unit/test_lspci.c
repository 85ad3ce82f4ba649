// SPDX-License-Identifier: GPL-2.0
/* The provider lspci: rows of hex. */
#include <errno.h>
#include <string.h>

#include "dump.h"
#include "model/tree.h"
#include "suite.h"

#define ENDPOINT EXPRESS(0x0)
#define ROOT_PORT EXPRESS(0x4)

/*
 * 00:01.0 root port ─┬─ 01:00.0 GPU        00:1f.0 ISA bridge, conventional
 *                    └─ 01:00.1 audio      00:1f.2 SATA, conventional
 */
static const struct fake desktop[] = {
	{ "00:01.0", 0x8086, 0x4c01, 0x060400, ROOT_PORT, .secondary = 1,
	  .acs = 0x148, .cap = 0x001f, .ctrl = 0x001d },
	{ "00:1f.0", 0x8086, 0x7a04, 0x060100, 0, .multifunction = true },
	{ "00:1f.2", 0x8086, 0x7a02, 0x010601, 0 },
	{ "01:00.0", 0x10de, 0x2684, 0x030000, ENDPOINT,
	  .multifunction = true },
	{ "01:00.1", 0x10de, 0x22ba, 0x040300, ENDPOINT },
};

static void look_at(struct dump *dump, const struct fake *fakes, size_t count)
{
	dump_open(dump);
	for (size_t i = 0; i < count; i++)
		dump_function(dump, &fakes[i]);
	assert_int_equal(dump_look(dump), 0);
}

static void assert_parent(const struct dump *dump, const char *device,
			  const char *parent)
{
	const struct device *it = dump_device(dump, device);
	char text[BDF_TEXT];

	assert_true(device_has(it, DEVICE_PARENT));
	assert_false(it->root_bus);
	assert_string_equal(bdf_format(it->parent, text), parent);
}

static void facts_are_those_of_sysfs(void **state)
{
	const struct device *port, *gpu, *sata;
	struct dump dump;

	(void)state;
	look_at(&dump, desktop, COUNT(desktop));
	assert_string_equal(dump.facts.provider, "lspci");
	assert_string_equal(dump.facts.kernel, "");
	assert_int_equal(dump.facts.device_count, 5);
	port = dump_device(&dump, "00:01.0");
	assert_true(port->root_bus);
	assert_int_equal(port->vendor, 0x8086);
	assert_int_equal(port->class, 0x060400);
	assert_int_equal(port->port_type, PORT_ROOT);
	assert_int_equal(port->acs.cap, 0x1f);
	assert_int_equal(port->acs.ctrl, 0x1d);
	assert_false(port->multifunction);
	gpu = dump_device(&dump, "01:00.0");
	assert_int_equal(gpu->device, 0x2684);
	assert_true(gpu->multifunction);
	assert_false(device_has(gpu, DEVICE_ACS));
	assert_false(device_has(gpu, DEVICE_ACS_UNKNOWN));
	assert_int_equal(gpu->ats, CAPABILITY_ABSENT);
	assert_parent(&dump, "01:00.1", "0000:00:01.0");
	assert_true(dump_device(&dump, "01:00.1")->multifunction);
	sata = dump_device(&dump, "00:1f.2");
	assert_int_equal(sata->port_type, PORT_CONVENTIONAL);
	assert_true(sata->multifunction);
	dump_close(&dump);
}

static void what_the_text_does_not_tell_is_unknown(void **state)
{
	const struct device *gpu;
	struct dump dump;

	(void)state;
	look_at(&dump, desktop, COUNT(desktop));
	gpu = dump_device(&dump, "01:00.0");
	assert_false(device_has(gpu, DEVICE_GROUP));
	assert_int_equal(gpu->group_unknown, REASON_NO_ACCESS);
	assert_int_equal(gpu->driver_unknown, REASON_NO_ACCESS);
	assert_int_equal(dump_unseen(&dump, "IOMMU groups"), 1);
	assert_int_equal(dump_unseen(&dump, "drivers: the text"), 1);
	assert_int_equal(dump_unseen(&dump, "of a dump"), 0);
	assert_int_equal(dump_unseen(&dump, "fewer than"), 0);
	dump_close(&dump);
}

static void with_256_bytes_acs_is_unknown_and_with_64_the_type(void **state)
{
	struct fake fakes[COUNT(desktop)];
	struct dump dump;

	(void)state;
	memcpy(fakes, desktop, sizeof(fakes));
	fakes[0].readable = 256;
	fakes[3].readable = 64;
	fakes[2].readable = 64;
	look_at(&dump, fakes, COUNT(fakes));
	assert_int_equal(dump_device(&dump, "00:01.0")->port_type, PORT_ROOT);
	assert_int_equal(dump_device(&dump, "00:01.0")->acs_unknown,
			 REASON_NO_ACCESS);
	assert_false(device_has(dump_device(&dump, "01:00.0"),
				DEVICE_PORT_TYPE));
	assert_int_equal(dump_device(&dump, "01:00.0")->acs_unknown,
			 REASON_NO_ACCESS);
	/* It says that it has no capabilities at all. */
	assert_int_equal(dump_device(&dump, "00:1f.2")->port_type,
			 PORT_CONVENTIONAL);
	assert_parent(&dump, "01:00.0", "0000:00:01.0");
	assert_int_equal(dump_unseen(&dump, "ACS registers of 2 of 5"), 1);
	assert_int_equal(dump_unseen(&dump, "port type and capabilities of 1 of 5"),
			 1);
	dump_close(&dump);
}

static void junk_is_passed_over_and_counted(void **state)
{
	struct dump dump;

	(void)state;
	dump_open(&dump);
	fputs("From: somebody\r\n00: 11 22\n\n", dump.stream);
	dump_function(&dump, &desktop[0]);
	fputs("pcilib: sysfs_read_vpd: read failed\n", dump.stream);
	for (size_t i = 1; i < COUNT(desktop); i++)
		dump_function(&dump, &desktop[i]);
	assert_int_equal(dump_look(&dump), 0);
	assert_int_equal(dump.facts.device_count, 5);
	assert_int_equal(dump_unseen(&dump,
		"3 lines of dump.txt: no part of a dump; first line 1"), 1);
	dump_close(&dump);
}

/* A row that is broken in the middle, as stderr breaks it. */
static void bytes_behind_a_hole_are_not_known(void **state)
{
	uint8_t config[CONFIG_SIZE];
	struct dump dump;

	(void)state;
	fake_config(config, &desktop[0]);
	dump_open(&dump);
	dump_bytes(&dump, "00:01.0", config, 0x140);
	fseek(dump.stream, -1, SEEK_CUR);
	fputs("140: 0d 00 01 00 1f 00 1dx 00 0\n150: 00 00\n160: 00\n\n",
	      dump.stream);
	assert_int_equal(dump_look(&dump), 0);
	assert_int_equal(dump_device(&dump, "00:01.0")->acs_unknown,
			 REASON_NO_ACCESS);
	assert_false(device_has(dump_device(&dump, "00:01.0"), DEVICE_ACS));
	assert_int_equal(dump_unseen(&dump,
		"0000:00:01.0 from byte 0x146 on"), 1);
	assert_int_equal(dump_unseen(&dump, "3 lines of dump.txt"), 1);
	dump_close(&dump);
}

static void a_function_without_rows_is_there(void **state)
{
	const struct device *gpu;
	struct dump dump;

	(void)state;
	dump_open(&dump);
	dump_function(&dump, &desktop[0]);
	fputs("01:00.0 VGA compatible controller [0300]: NVIDIA [Ada] [GeForce] [10de:2684] (rev a1)\n"
	      "\tKernel driver in use: nouveau\n\n"
	      "01:00.1 Audio device: NVIDIA Corporation\n", dump.stream);
	assert_int_equal(dump_look(&dump), 0);
	gpu = dump_device(&dump, "01:00.0");
	assert_int_equal(gpu->vendor, 0x10de);
	assert_int_equal(gpu->device, 0x2684);
	assert_int_equal(gpu->class, 0x030000);
	assert_string_equal(gpu->driver, "nouveau");
	assert_int_equal(gpu->acs_unknown, REASON_NO_ACCESS);
	assert_true(gpu->multifunction);
	assert_int_equal(dump_device(&dump, "01:00.1")->vendor, 0xffff);
	assert_int_equal(dump_unseen(&dump,
		"vendor, device or class of 1 of 3 functions, first 0000:01:00.1"),
		1);
	dump_close(&dump);
}

static void groups_and_drivers_come_from_the_text(void **state)
{
	struct dump dump;

	(void)state;
	dump_open(&dump);
	fputs("00:00.0 0600: 8086:1234\n\tKernel modules: x\n\n"
	      "00:02.0 0300: 8086:1235\n\tFlags: bus master, IOMMU group 12\n"
	      "\tKernel driver in use: i915\n\n"
	      "00:1f.0 0601: 8086:1236\n\tIOMMU group: 7\n", dump.stream);
	assert_int_equal(dump_look(&dump), 0);
	assert_int_equal(dump.facts.group_count, 2);
	assert_int_equal(dump_device(&dump, "00:02.0")->group, 12);
	assert_int_equal(dump_device(&dump, "00:1f.0")->group, 7);
	assert_false(device_has(dump_device(&dump, "00:00.0"), DEVICE_GROUP));
	assert_false(device_has(dump_device(&dump, "00:00.0"),
				DEVICE_GROUP_UNKNOWN));
	assert_false(device_has(dump_device(&dump, "00:00.0"),
				DEVICE_DRIVER_UNKNOWN));
	assert_string_equal(dump_device(&dump, "00:02.0")->driver, "i915");
	assert_int_equal(dump_unseen(&dump, "IOMMU groups"), 0);
	dump_close(&dump);
}

/* Decoded text first and hex behind it, as two commands write them. */
static void a_function_that_stands_twice_is_one(void **state)
{
	struct dump dump;

	(void)state;
	dump_open(&dump);
	fputs("00:01.0 0604: 8086:4c01\n\tIOMMU group: 3\n\n", dump.stream);
	dump_function(&dump, &desktop[0]);
	dump_function(&dump, &desktop[0]);
	assert_int_equal(dump_look(&dump), 0);
	assert_int_equal(dump.facts.device_count, 1);
	assert_int_equal(dump.facts.devices[0].group, 3);
	assert_int_equal(dump.facts.devices[0].acs.ctrl, 0x1d);
	dump_close(&dump);
}

static void text_of_two_machines_is_refused(void **state)
{
	struct fake other = desktop[0];
	struct dump dump;

	(void)state;
	other.device = 0x4c02;
	dump_open(&dump);
	dump_function(&dump, &desktop[1]);
	dump_function(&dump, &desktop[0]);
	dump_function(&dump, &desktop[1]);
	dump_function(&dump, &other);
	assert_int_equal(dump_look(&dump), -EBADMSG);
	assert_non_null(strstr(dump.problem.text, "dump.txt: 0000:00:01.0 is one device in line "));
	dump_close(&dump);
}

static void long_segments_are_read(void **state)
{
	struct fake fakes[] = { desktop[0], desktop[3] };
	struct dump dump;

	(void)state;
	fakes[0].path = "1234567:00:01.0";
	fakes[1].path = "1234567:01:00.0";
	look_at(&dump, fakes, COUNT(fakes));
	assert_parent(&dump, "1234567:01:00.0", "1234567:00:01.0");
	dump_close(&dump);
}

static void function_that_was_off_is_gone(void **state)
{
	uint8_t ones[CONFIG_SIZE];
	struct dump dump;

	(void)state;
	memset(ones, 0xff, sizeof(ones));
	dump_open(&dump);
	dump_function(&dump, &desktop[0]);
	dump_bytes(&dump, "01:00.0", ones, sizeof(ones));
	assert_int_equal(dump_look(&dump), 0);
	assert_int_equal(dump_device(&dump, "01:00.0")->acs_unknown,
			 REASON_GONE);
	assert_int_equal(dump_device(&dump, "01:00.0")->vendor, 0xffff);
	dump_close(&dump);
}

static void other_files_are_no_text_of_lspci(void **state)
{
	static const char *const texts[] = {
		"", "\n", "hello\n", "1:0.0 x\n", " 00:01.0 x\n", "00:01.0\n",
		"00:01.8 x\n", "00: 86 80\n",
	};
	struct dump dump;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		dump_open(&dump);
		fputs(texts[i], dump.stream);
		assert_int_equal(dump_look(&dump), -EBADMSG);
		assert_non_null(strstr(dump.problem.text,
				       "dump.txt: no text of lspci"));
		dump_close(&dump);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_are_those_of_sysfs),
		cmocka_unit_test(what_the_text_does_not_tell_is_unknown),
		cmocka_unit_test(with_256_bytes_acs_is_unknown_and_with_64_the_type),
		cmocka_unit_test(junk_is_passed_over_and_counted),
		cmocka_unit_test(bytes_behind_a_hole_are_not_known),
		cmocka_unit_test(a_function_without_rows_is_there),
		cmocka_unit_test(groups_and_drivers_come_from_the_text),
		cmocka_unit_test(a_function_that_stands_twice_is_one),
		cmocka_unit_test(text_of_two_machines_is_refused),
		cmocka_unit_test(long_segments_are_read),
		cmocka_unit_test(function_that_was_off_is_gone),
		cmocka_unit_test(other_files_are_no_text_of_lspci),
	};

	return cmocka_run_group_tests_name("lspci", tests, NULL, NULL);
}
