// SPDX-License-Identifier: GPL-2.0
/* The provider sysfs over trees of files: identity, place, what is missing. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"
#include "view.h"

static void identity_and_place_come_from_files_and_links(void **state)
{
	const struct device *gpu, *port;
	struct view view;

	(void)state;
	view_open(&view, desktop, DESKTOP);
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view.facts.device_count, DESKTOP);
	assert_string_equal(view.facts.provider, "sysfs");
	gpu = view_device(&view, "01:00.0");
	assert_int_equal(gpu->vendor, 0x10de);
	assert_int_equal(gpu->device, 0x2684);
	assert_int_equal(gpu->class, 0x030000);
	assert_int_equal(gpu->subsystem_vendor, 0x1af4);
	assert_int_equal(gpu->subsystem_device, 0x1100);
	assert_string_equal(gpu->driver, "nouveau");
	assert_int_equal(gpu->group, 14);
	assert_int_equal(gpu->parent.id, 0x0008);
	assert_true(device_has(gpu, DEVICE_PARENT));
	assert_false(gpu->root_bus);
	port = view_device(&view, "00:01.0");
	assert_true(port->root_bus);
	assert_false(device_has(port, DEVICE_PARENT));
	assert_false(device_has(port, DEVICE_SUBSYSTEM_VENDOR));
	assert_false(device_has(view_device(&view, "01:00.1"), DEVICE_DRIVER));
	assert_false(device_has(view_device(&view, "01:00.1"),
				DEVICE_DRIVER_UNKNOWN));
	/* What sysfs does not show is not known, rather than false. */
	assert_false(device_has(gpu, DEVICE_UNTRUSTED));
	assert_false(device_has(gpu, DEVICE_DRIVER_MANAGED_DMA));
	assert_false(device_has(gpu, DEVICE_ALIASES));
	assert_true(view.facts.unseen.count > 0);
	view_close(&view);
}

static void groups_count_their_members(void **state)
{
	struct view view;

	(void)state;
	view_open(&view, desktop, DESKTOP);
	sysfs_tree_write(&view.tree, "", "kernel/iommu_groups/15/devices/%s",
			 "AMDI0020:00");
	assert_int_equal(view_look(&view), 0);
	assert_int_equal(view.facts.group_count, 3);
	assert_int_equal(view.facts.groups[1].id, 14);
	assert_int_equal(view.facts.groups[1].pci_devices, 2);
	assert_int_equal(view.facts.groups[1].other_devices, 0);
	assert_int_equal(view.facts.groups[2].other_devices, 1);
	assert_false(field_known(&view.facts.groups[1], GROUP_ISOLATED_MSI));
	view_close(&view);
}

/* 01:00.0 is a physical function with one virtual one; ARI gives it 01:01.0. */
static void virtual_function_is_alive_and_single(void **state)
{
	static const struct fake fakes[] = {
		{ "pci0000:00/0000:00:01.0/0000:01:00.0", 0x8086, 0x10c9,
		  0x020000, ENDPOINT, .multifunction = true },
		{ "pci0000:00/0000:00:01.0/0000:01:01.0", 0x8086, 0x10ca,
		  0x020000, ENDPOINT, .multifunction = true,
		  .physfn = "0000:01:00.0" },
		{ "pci0000:00/0000:00:01.0/0000:01:02.0", 0x8086, 0x10c9,
		  0x020000, ENDPOINT },
		{ "pci0000:00/0000:00:01.0", 0x8086, 0x4c01, 0x060400,
		  ROOT_PORT },
	};
	const struct device *virtual;
	struct view view;

	(void)state;
	view_open(&view, fakes, COUNT(fakes));
	sysfs_tree_write(&view.tree, "8\n", "devices/%s/sriov_totalvfs",
			 fakes[0].path);
	sysfs_tree_write(&view.tree, "1\n", "devices/%s/sriov_numvfs",
			 fakes[0].path);
	sysfs_tree_write(&view.tree, "1\n", "devices/%s/ari_enabled",
			 fakes[2].path);
	assert_int_equal(view_look(&view), 0);
	virtual = view_device(&view, "01:01.0");
	assert_int_equal(virtual->physfn.id, 0x0100);
	assert_false(device_has(virtual, DEVICE_ACS_UNKNOWN));
	assert_int_equal(virtual->ats, CAPABILITY_ABSENT);
	assert_false(device_has(virtual, DEVICE_PASID));
	assert_false(virtual->multifunction);
	assert_int_equal(view_device(&view, "01:00.0")->total_vfs, 8);
	assert_int_equal(view_device(&view, "01:00.0")->num_vfs, 1);
	assert_false(device_has(virtual, DEVICE_TOTAL_VFS));
	assert_true(view_device(&view, "01:02.0")->multifunction);
	view_close(&view);
}

static void segments_of_vmd_are_read(void **state)
{
	static const struct fake fakes[] = {
		{ "pci0000:00/0000:00:0e.0", 0x8086, 0x467f, 0x010400,
		  RC_ENDPOINT },
		{ "pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0", 0x8086,
		  0x464d, 0x060400, ROOT_PORT },
		{ "pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0",
		  0x144d, 0xa80a, 0x010802, ENDPOINT },
	};
	struct view view;

	(void)state;
	view_open(&view, fakes, COUNT(fakes));
	assert_int_equal(view_look(&view), 0);
	assert_true(view_device(&view, "10000:e0:06.0")->root_bus);
	assert_int_equal(view_device(&view, "10000:e0:06.0")->port_type, PORT_ROOT);
	assert_int_equal(view_device(&view, "10000:e1:00.0")->parent.segment,
			 0x10000);
	view_close(&view);
}

static void no_bus_and_no_devices_are_errors(void **state)
{
	char path[128];
	struct view view;

	(void)state;
	view_open(&view, NULL, 0);
	assert_int_equal(view_look(&view), -ENODEV);
	assert_non_null(strstr(view.problem.text, "no PCI devices"));
	snprintf(path, sizeof(path), "%s/bus/pci/devices", view.tree.root);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(view_look(&view), -ENODEV);
	assert_non_null(strstr(view.problem.text, "no PCI bus here"));
	view_close(&view);
}

static void numbers_that_are_none_are_errors(void **state)
{
	static const char *const texts[] = { "", "x", "0x", "0x10000",
					     "0x1234 5", "99999999999" };
	struct view view;

	(void)state;
	view_open(&view, desktop, 1);
	for (size_t i = 0; i < COUNT(texts); i++) {
		sysfs_tree_write(&view.tree, texts[i], "devices/%s/vendor",
				 desktop[0].path);
		assert_int_equal(view_look(&view), -EBADMSG);
		assert_non_null(strstr(view.problem.text, "0000:00:01.0"));
	}
	view_close(&view);
}

static void device_that_goes_away_is_tried_again(void **state)
{
	struct view view;
	char path[256];

	(void)state;
	view_open(&view, desktop, 1);
	snprintf(path, sizeof(path), "%s/devices/%s/vendor", view.tree.root,
		 desktop[0].path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(view_look(&view), -EAGAIN);
	assert_non_null(strstr(view.problem.text, "topology kept changing"));
	view_close(&view);
}

/* This machine has no module, or one in another state: both are told. */
static void missing_module_falls_back_with_a_note(void **state)
{
	struct provider_request request = { .sysfs = NULL };
	struct view view;
	char *note;

	(void)state;
	view_open(&view, desktop, DESKTOP);
	if (!access("/sys/module/iowarden", F_OK)) {
		view_close(&view);
		return;
	}
	request.sysfs = view.tree.root;
	assert_int_equal(provider_load(&request, &view.facts, &note,
				       &view.problem), 0);
	assert_string_equal(view.facts.provider, "sysfs");
	assert_non_null(strstr(note, "iowarden is not loaded"));
	assert_non_null(strstr(
		view.facts.unseen.item[view.facts.unseen.count - 1],
		"iowarden is not loaded"));
	free(note);
	facts_free(&view.facts);

	request.name = "netlink";
	assert_int_equal(provider_load(&request, &view.facts, &note,
				       &view.problem), -ENOPKG);
	assert_null(note);
	sysfs_tree_write(&view.tree, "", "module/iowarden/version");
	assert_int_equal(provider_load(&request, &view.facts, &note,
				       &view.problem), -ENOPKG);
	assert_non_null(strstr(view.problem.text, "network namespace"));
	view_close(&view);
}

static void unknown_provider_is_refused(void **state)
{
	struct provider_request request = { .name = "lspcj", .sysfs = "/" };
	struct problem problem;
	struct facts facts;
	char *note;

	(void)state;
	assert_int_equal(provider_load(&request, &facts, &note, &problem),
			 -EINVAL);
	assert_string_equal(problem.text, "lspcj: no such provider");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identity_and_place_come_from_files_and_links),
		cmocka_unit_test(groups_count_their_members),
		cmocka_unit_test(virtual_function_is_alive_and_single),
		cmocka_unit_test(segments_of_vmd_are_read),
		cmocka_unit_test(no_bus_and_no_devices_are_errors),
		cmocka_unit_test(numbers_that_are_none_are_errors),
		cmocka_unit_test(device_that_goes_away_is_tried_again),
		cmocka_unit_test(missing_module_falls_back_with_a_note),
		cmocka_unit_test(unknown_provider_is_refused),
	};

	return cmocka_run_group_tests_name("sysfs", tests, NULL, NULL);
}
