// SPDX-License-Identifier: GPL-2.0
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "model/mpc.h"

#define FOLDER "bus/pci/devices/%s"

const char *const device_complete_origin[DEVICE_FIELDS] = {
	[DEVICE_RESET_METHODS] = "sysfs, reset_method",
	[DEVICE_REMOVABLE] = "sysfs, removable",
	[DEVICE_MPC] = "configuration space, by sysfs",
	[DEVICE_IOMMU_UNIT] = "sysfs, iommu",
	[DEVICE_SECONDARY_BUS] = "sysfs, pci_bus",
};

static bool is_absent(const struct host_roots *roots, const char *name,
		      const char *file)
{
	return file_exists(roots->sysfs, FOLDER "/%s", name, file) == -ENOENT;
}

/*
 * A function that cannot be reset has neither file; one of a kernel before 5.15
 * has only the one that triggers the reset.
 */
static const char *without_methods(const struct host_roots *roots,
				   const char *name)
{
	if (is_absent(roots, name, "vendor"))
		return NULL;
	return is_absent(roots, name, "reset") ? "" : "unnamed";
}

static int read_methods(const struct host_roots *roots, const char *name,
			struct device *device)
{
	const char *methods;
	char line[FILE_LINE];
	int ret = file_line(line, roots->sysfs, FOLDER "/reset_method", name);

	if (ret && ret != -ENOENT)
		return 0;
	methods = ret ? without_methods(roots, name) : line;
	if (!methods)
		return 0;
	return field_set_text(device_fields, DEVICE_RESET_METHODS, device,
			      methods, strlen(methods));
}

/* Most functions have no such file, and some firmware does not say. */
static void read_removable(const struct host_roots *roots, const char *name,
			   struct device *device)
{
	char line[FILE_LINE];
	bool removable;

	if (file_line(line, roots->sysfs, FOLDER "/removable", name))
		return;
	removable = !strcmp(line, "removable");
	if (removable || !strcmp(line, "fixed"))
		field_set_number(device_fields, DEVICE_REMOVABLE, device,
				 removable);
}

/*
 * The module does not tell it. Only root reads that far, and reading would wake
 * a port in D3cold.
 */
static void read_mpc(const struct host_roots *roots, const char *name,
		     struct device *device)
{
	char state[FILE_LINE];
	uint32_t value;

	if (device_has(device, DEVICE_MPC) || !mpc_is_there(device))
		return;
	if (!file_line(state, roots->sysfs, FOLDER "/power_state", name) &&
	    !strcmp(state, "D3cold"))
		return;
	if (!file_bytes(&value, sizeof(value), MPC_AT, roots->sysfs,
			FOLDER "/config", name))
		mpc_set(device, le32toh(value));
}

/* Intel's alone tell where their registers are, in hexadecimal without 0x. */
static void read_iommu_unit(const struct host_roots *roots, const char *name,
			    struct device *device)
{
	char line[FILE_LINE];
	uint64_t address;
	char *end;

	if (file_line(line, roots->sysfs, FOLDER "/iommu/intel-iommu/address",
		      name))
		return;
	address = strtoull(line, &end, 16);
	if (end != line && !*end)
		field_set_number(device_fields, DEVICE_IOMMU_UNIT, device,
				 address);
}

/* As the kernel names a bus: 0000:04 */
static void take_bus(struct device *device, const char *name)
{
	const char *number = strrchr(name, ':');
	uint64_t bus;
	char *end;

	if (!number++)
		return;
	bus = strtoull(number, &end, 16);
	if (end != number && !*end && bus && bus <= UINT8_MAX)
		field_set_number(device_fields, DEVICE_SECONDARY_BUS, device,
				 bus);
}

/* The kernel's own list: registers of a bridge that sleeps do not answer. */
static int read_secondary_bus(const struct host_roots *roots, const char *name,
			      struct device *device)
{
	struct text_list buses;
	int ret;

	if (!device->header_type)
		return 0;
	ret = file_names(&buses, roots->sysfs, FOLDER "/pci_bus", name);
	if (!ret && buses.count == 1)
		take_bus(device, buses.item[0]);
	text_list_free(&buses);
	return ret == -ENOMEM ? ret : 0;
}

int device_complete(const struct host_roots *roots, struct facts *facts)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		struct device *device = &facts->devices[i];
		char name[BDF_TEXT];

		bdf_format(device->address, name);
		read_removable(roots, name, device);
		read_mpc(roots, name, device);
		read_iommu_unit(roots, name, device);
		ret = read_methods(roots, name, device);
		if (!ret)
			ret = read_secondary_bus(roots, name, device);
	}
	return ret;
}
