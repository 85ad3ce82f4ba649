// SPDX-License-Identifier: GPL-2.0
/* Groups and devices completed from sysfs; a host that shows nothing. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stage.h"
#include "suite.h"

static void complete(struct stage *stage)
{
	assert_int_equal(host_complete(&stage->roots, &stage->facts,
				       &stage->problem), 0);
}

#define GROUP "kernel/iommu_groups/%u/%s"

static void groups_have_a_type_a_name_and_regions(void **state)
{
	const struct region *region;
	const struct group *group;
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_write(&stage, "DMA-FQ\n", GROUP, 1, "type");
	stage_write(&stage,
		    "0x0000000000000000 0x0000000000ffffff direct\n"
		    "0x00000000fee00000 0x00000000feefffff msi\n"
		    "0x0000008000000000 0xffffffffffffffff something-new\n",
		    GROUP, 1, "reserved_regions");
	stage_write(&stage, "", GROUP, 2, "reserved_regions");
	stage_write(&stage, "unknown\n", GROUP, 2, "type");
	stage_write(&stage, "vfio-noiommu\n", GROUP, 2, "name");
	stage_write(&stage, "0x0 0x1 direct\nwhat\n", GROUP, 3,
		    "reserved_regions");
	stage_write(&stage, "other\n", GROUP, 3, "name");
	complete(&stage);

	group = facts_group(&stage.facts, 1);
	assert_string_equal(group->type, "DMA-FQ");
	assert_true(field_known(group, GROUP_NOIOMMU));
	assert_false(group->noiommu);
	assert_int_equal(group->reserved_count, 3);
	assert_int_equal(stage.facts.region_count, 3);
	region = stage.facts.regions;
	assert_int_equal(region[0].group, 1);
	assert_int_equal(region[0].kind, REGION_DIRECT);
	assert_int_equal(region[1].start, 0xfee00000);
	assert_int_equal(region[1].end, 0xfeefffff);
	assert_int_equal(region[1].kind, REGION_MSI);
	assert_int_equal(region[2].end, UINT64_MAX);
	assert_false(field_known(&region[2], REGION_KIND));

	group = facts_group(&stage.facts, 2);
	assert_true(group->noiommu);
	assert_false(field_known(group, GROUP_TYPE));
	assert_true(field_known(group, GROUP_RESERVED_COUNT));
	assert_int_equal(group->reserved_count, 0);

	group = facts_group(&stage.facts, 3);
	assert_false(group->noiommu);
	assert_false(field_known(group, GROUP_RESERVED_COUNT));
	group = facts_group(&stage.facts, 4);
	assert_false(field_known(group, GROUP_NOIOMMU));
	stage_expect_unseen(&stage, "reserved memory regions of 2 of 4", 1);
	stage_close(&stage);
}

static const struct device *device(const struct stage *stage, const char *text)
{
	struct bdf bdf;

	assert_int_equal(bdf_parse(text, &bdf), 0);
	return facts_find(&stage->facts, bdf);
}

static void bridges_have_a_bus_below_them(void **state)
{
	static const struct {
		const char *file;
		uint8_t bus;
	} cases[] = {
		{ "pci_bus/0000:01/cpuaffinity", 1 },
		{ "pci_bus/10000:e1/cpuaffinity", 0xe1 },
		{ "pci_bus/0000:00/cpuaffinity", 0 },
		{ "pci_bus/0000:100/cpuaffinity", 0 },
		{ "pci_bus/0000:/cpuaffinity", 0 },
		{ "pci_bus/what/cpuaffinity", 0 },
		{ "vendor", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct device *port;
		struct stage stage;

		stage_open(&stage);
		stage_write(&stage, "0x8086\n",
			    "bus/pci/devices/0000:00:01.0/%s", cases[i].file);
		stage_write(&stage, "", GPU "/pci_bus/0000:07/cpuaffinity");
		complete(&stage);
		port = device(&stage, "00:01.0");
		assert_int_equal(device_has(port, DEVICE_SECONDARY_BUS),
				 cases[i].bus != 0);
		assert_int_equal(port->secondary_bus, cases[i].bus);
		assert_false(device_has(device(&stage, "01:00.0"),
					DEVICE_SECONDARY_BUS));
		stage_close(&stage);
	}
}

static void devices_have_ways_to_reset_them(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_write(&stage, "flr bus\n", GPU "/reset_method");
	stage_write(&stage, "fed90000\n", GPU "/iommu/intel-iommu/address");
	stage_write(&stage, "none\n", NIC "/iommu/intel-iommu/address");
	stage_write(&stage, "removable\n", GPU "/removable");
	stage_write(&stage, "\n", NVME "/reset_method");
	stage_write(&stage, "", NVME "/reset");
	stage_write(&stage, "fixed\n", NVME "/removable");
	stage_write(&stage, "", NIC "/reset");
	stage_write(&stage, "unknown\n", NIC "/removable");
	complete(&stage);
	assert_string_equal(device(&stage, "01:00.0")->reset_methods, "flr bus");
	assert_int_equal(device(&stage, "01:00.0")->iommu_unit, 0xfed90000);
	assert_false(device_has(device(&stage, "02:00.0"), DEVICE_IOMMU_UNIT));
	assert_false(device_has(device(&stage, "03:00.0"), DEVICE_IOMMU_UNIT));
	assert_true(device(&stage, "01:00.0")->removable);
	assert_string_equal(device(&stage, "02:00.0")->reset_methods, "");
	assert_true(device_has(device(&stage, "02:00.0"), DEVICE_REMOVABLE));
	assert_false(device(&stage, "02:00.0")->removable);
	assert_string_equal(device(&stage, "03:00.0")->reset_methods, "unnamed");
	assert_false(device_has(device(&stage, "03:00.0"), DEVICE_REMOVABLE));
	assert_string_equal(device(&stage, "00:14.0")->reset_methods, "");
	assert_false(device_has(device(&stage, "00:14.0"), DEVICE_REMOVABLE));
	assert_string_equal(
		stage.facts.host_origin[DEVICE_RESET_METHODS],
		"sysfs, reset_method");
	stage_close(&stage);
}

static void device_that_went_away_has_nothing_known(void **state)
{
	struct stage stage;
	char path[256];

	(void)state;
	stage_open(&stage);
	snprintf(path, sizeof(path), "%s/" USB "/vendor", stage.tree.root);
	assert_int_equal(unlink(path), 0);
	complete(&stage);
	assert_false(device_has(device(&stage, "00:14.0"),
				DEVICE_RESET_METHODS));
	stage_close(&stage);
}

/* Nothing is mounted: all of it is not known, and every part says so. */
static void host_that_shows_nothing_is_not_an_idle_one(void **state)
{
	static const char *const parts[] = {
		"reserved memory regions of 4 of 4", "how the kernel was started",
		"parameters of modules", "whether interrupts are remapped",
		"how many IOMMUs", "ACS override patch", "the kernel log",
		"which devices are mounted", "which devices hold swap",
		"which interfaces hold the default route",
		"which devices are consoles", "which devices keyboards are on",
		"which processes hold devices",
	};
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage.roots = (struct host_roots){ 0 };
	complete(&stage);
	stage_collect(&stage);
	assert_int_equal(stage.facts.host.known, 0);
	assert_int_equal(stage.facts.use_count, 0);
	assert_int_equal(stage.facts.unseen.count, COUNT(parts));
	for (size_t i = 0; i < COUNT(parts); i++)
		stage_expect_unseen(&stage, parts[i], 1);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_have_a_type_a_name_and_regions),
		cmocka_unit_test(bridges_have_a_bus_below_them),
		cmocka_unit_test(devices_have_ways_to_reset_them),
		cmocka_unit_test(device_that_went_away_has_nothing_known),
		cmocka_unit_test(host_that_shows_nothing_is_not_an_idle_one),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
