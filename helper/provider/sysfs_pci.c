// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/config.h"
#include "provider/sysfs_file.h"
#include "provider/sysfs_pci.h"

const char *const sysfs_origin[DEVICE_FIELDS] = {
	[DEVICE_ADDRESS] = "sysfs",
	[DEVICE_GROUP] = "sysfs, link iommu_group",
	[DEVICE_PARENT] = "sysfs, path of the device",
	[DEVICE_ROOT_BUS] = "sysfs, path of the device",
	[DEVICE_CLASS] = "sysfs, class",
	[DEVICE_VENDOR] = "sysfs, vendor",
	[DEVICE_DEVICE] = "sysfs, device",
	[DEVICE_SUBSYSTEM_VENDOR] = "sysfs, subsystem_vendor",
	[DEVICE_SUBSYSTEM_DEVICE] = "sysfs, subsystem_device",
	[DEVICE_HEADER_TYPE] = "configuration space",
	[DEVICE_PORT_TYPE] = "configuration space",
	[DEVICE_MULTIFUNCTION] = "configuration space and function number",
	[DEVICE_DRIVER] = "sysfs, link driver",
	[DEVICE_DRIVER_UNKNOWN] = "sysfs, link driver",
	[DEVICE_ACS] = "configuration space, read now",
	[DEVICE_ACS_UNKNOWN] = "configuration space",
	[DEVICE_ATS] = "configuration space",
	[DEVICE_PRI] = "configuration space",
	[DEVICE_PASID] = "configuration space",
	[DEVICE_MPC] = "configuration space",
	[DEVICE_PHYSFN] = "sysfs, link physfn",
	[DEVICE_TOTAL_VFS] = "sysfs, sriov_totalvfs",
	[DEVICE_NUM_VFS] = "sysfs, sriov_numvfs",
};

static const struct attribute {
	const char *file;
	enum device_field field;
	bool must;
} attributes[] = {
	{ "vendor", DEVICE_VENDOR, true },
	{ "device", DEVICE_DEVICE, true },
	{ "class", DEVICE_CLASS, true },
	{ "subsystem_vendor", DEVICE_SUBSYSTEM_VENDOR, false },
	{ "subsystem_device", DEVICE_SUBSYSTEM_DEVICE, false },
	{ "sriov_totalvfs", DEVICE_TOTAL_VFS, false },
	{ "sriov_numvfs", DEVICE_NUM_VFS, false },
};

/* One above the other; more do not fit onto the buses of a segment. */
#define BRIDGES_MAX 256

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

static int read_attributes(int dir, struct device *device)
{
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		uint32_t value;
		int ret = sysfs_number(dir, attributes[i].file, &value);

		if (!ret && field_set_number(device_fields, attributes[i].field,
					     device, value))
			ret = -EBADMSG;
		if (ret == -ENOENT && !attributes[i].must)
			continue;
		if (ret)
			return ret;
	}
	/* The kernel shows 0000 where a bridge has no subsystem. */
	if (!device->subsystem_vendor)
		device->known &= ~(UINT64_C(1) << DEVICE_SUBSYSTEM_VENDOR |
				   UINT64_C(1) << DEVICE_SUBSYSTEM_DEVICE);
	return 0;
}

/* The path of a device holds its bridge: .../0000:00:01.0/0000:01:00.0 */
static int read_parent(int devices, const char *name, struct device *device)
{
	char path[4096];
	struct bdf parent;
	int ret = sysfs_link(devices, name, path);

	if (ret)
		return ret;
	sysfs_last(path);
	set(device, DEVICE_ROOT_BUS, bdf_parse(sysfs_last(path), &parent) != 0);
	if (!device->root_bus)
		field_set_address(device_fields, DEVICE_PARENT, device, parent);
	return 0;
}

static int read_group(int dir, struct device *device)
{
	char path[4096], *end;
	const char *name;
	unsigned long id;
	int ret = sysfs_link(dir, "iommu_group", path);

	if (ret)
		return ret == -ENOENT ? 0 : ret;
	name = sysfs_last(path);
	id = strtoul(name, &end, 10);
	if (end == name || *end || id > UINT32_MAX)
		return -EBADMSG;
	set(device, DEVICE_GROUP, id);
	return 0;
}

static int read_driver(int dir, struct device *device)
{
	char path[4096];
	const char *name;
	int ret = sysfs_link(dir, "driver", path);

	if (ret == -ENOENT)
		return 0;
	if (ret) {
		set(device, DEVICE_DRIVER_UNKNOWN, REASON_NO_ACCESS);
		return 0;
	}
	name = sysfs_last(path);
	return field_set_text(device_fields, DEVICE_DRIVER, device, name,
			      strlen(name));
}

static int read_physfn(int dir, struct device *device)
{
	char path[4096];
	struct bdf physfn;
	int ret = sysfs_link(dir, "physfn", path);

	if (ret)
		return ret == -ENOENT ? 0 : ret;
	if (bdf_parse(sysfs_last(path), &physfn))
		return -EBADMSG;
	field_set_address(device_fields, DEVICE_PHYSFN, device, physfn);
	return 0;
}

/*
 * Whether reading its configuration space would wake it or a bridge above. A
 * function in D3hot answers, one behind a bridge in D3hot does not. ".." of a
 * device is its bridge; on a root bus that has no power state.
 */
static bool is_asleep(int dir)
{
	char file[3 * BRIDGES_MAX + sizeof("power_state")] = "power_state";
	char state[SYSFS_TEXT];

	if (!sysfs_text(dir, file, state) && !strcmp(state, "D3cold"))
		return true;
	for (int up = 0; up < BRIDGES_MAX; up++) {
		memmove(file + 3, file, strlen(file) + 1);
		memcpy(file, "../", 3);
		if (sysfs_text(dir, file, state))
			return false;
		if (!strncmp(state, "D3", 2))
			return true;
	}
	return false;
}

/* The kernel shows the link's speed of PCI Express functions only. */
static bool is_conventional(int dir)
{
	return faccessat(dir, "max_link_speed", F_OK, 0) && errno == ENOENT;
}

static bool has_siblings(int devices, struct bdf bdf)
{
	char name[BDF_TEXT];

	for (int function = 1; function < 8; function++) {
		bdf.id = (uint16_t)((bdf.id & ~7) | function);
		if (!faccessat(devices, bdf_format(bdf, name), F_OK,
			       AT_SYMLINK_NOFOLLOW))
			return true;
	}
	return false;
}

/*
 * As the kernel's pci_scan_slot(): bit 7 of function 0, and every other
 * function it finds, which with ARI includes those whose device is not 0; but
 * no virtual function.
 */
static bool is_multifunction(int devices, int dir, const struct device *device,
			     bool header_bit)
{
	uint32_t ari = 0;
	uint16_t function = bdf_function(device->address);

	if (device_has(device, DEVICE_PHYSFN))
		return false;
	if (!sysfs_number(dir, "ari_enabled", &ari) && ari)
		function = device->address.id & 0xff;
	if (function)
		return true;
	if (device_has(device, DEVICE_HEADER_TYPE))
		return header_bit;
	return has_siblings(devices, device->address);
}

static void read_config(int devices, int dir, struct pci_access *access,
		       struct device *device)
{
	struct bdf bdf = device->address;
	bool header_bit = false;
	struct pci_dev *pci;

	if (is_conventional(dir))
		config_conventional(device);
	if (!is_asleep(dir)) {
		pci = pci_get_dev(access, (int)bdf.segment, bdf_bus(bdf),
				  bdf_slot(bdf), bdf_function(bdf));
		config_read(pci, device, &header_bit);
		pci_free_dev(pci);
	} else if (device->port_type != PORT_CONVENTIONAL) {
		set(device, DEVICE_ACS_UNKNOWN, REASON_ASLEEP);
	}
	set(device, DEVICE_MULTIFUNCTION,
	    is_multifunction(devices, dir, device, header_bit));
}

int sysfs_pci_read(int devices, const char *name, struct pci_access *access,
		   struct device *device)
{
	int dir, ret;

	ret = read_parent(devices, name, device);
	if (ret)
		return ret == -ENOENT ? -EAGAIN : ret;
	dir = openat(devices, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return errno == ENOENT ? -EAGAIN : -errno;
	ret = read_attributes(dir, device);
	if (!ret)
		ret = read_group(dir, device);
	if (!ret)
		ret = read_driver(dir, device);
	if (!ret)
		ret = read_physfn(dir, device);
	if (!ret)
		read_config(devices, dir, access, device);
	/* A link that is missing because its device went is no "none". */
	if (!ret && faccessat(dir, "vendor", F_OK, 0))
		ret = -EAGAIN;
	close(dir);
	return ret == -ENOENT || ret == -ENODEV ? -EAGAIN : ret;
}
