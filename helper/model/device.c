// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "model/device.h"

#define CLASS_BRIDGE		0x06
#define CLASS_BRIDGE_OTHER	0x0680
#define CLASS_IOMMU		0x0806

const struct field acs_fields[ACS_FIELDS] = {
	[ACS_OFFSET] = FIELD(acs, offset, FIELD_HEX,
		.name = "offset", .digits = 4),
	[ACS_CAP] = FIELD(acs, cap, FIELD_HEX,
		.name = "cap", .digits = 4),
	[ACS_CTRL] = FIELD(acs, ctrl, FIELD_HEX,
		.name = "ctrl", .digits = 4),
	[ACS_EGRESS_VECTOR] = FIELD(acs, egress_vector, FIELD_BYTES,
		.name = "egress_vector"),
	[ACS_CAP_DWORD] = FIELD(acs, cap_dword, FIELD_HEX,
		.name = "cap_dword", .digits = 8),
	[ACS_CTRL_DWORD] = FIELD(acs, ctrl_dword, FIELD_HEX,
		.name = "ctrl_dword", .digits = 8),
};

const struct field device_fields[DEVICE_FIELDS] = {
	[DEVICE_ADDRESS] = FIELD(device, address, FIELD_ADDRESS,
		.name = "bdf"),
	[DEVICE_GROUP] = FIELD(device, group, FIELD_NUMBER,
		.name = "group"),
	[DEVICE_GROUP_UNKNOWN] = FIELD(device, group_unknown, FIELD_ENUM,
		.name = "group_unknown", .names = &reason_names),
	[DEVICE_PARENT] = FIELD(device, parent, FIELD_ADDRESS,
		.name = "parent"),
	[DEVICE_ROOT_BUS] = FIELD(device, root_bus, FIELD_FLAG,
		.name = "root_bus"),
	[DEVICE_CLASS] = FIELD(device, class, FIELD_HEX,
		.name = "class", .digits = 6),
	[DEVICE_VENDOR] = FIELD(device, vendor, FIELD_HEX,
		.name = "vendor", .digits = 4),
	[DEVICE_DEVICE] = FIELD(device, device, FIELD_HEX,
		.name = "device", .digits = 4),
	[DEVICE_SUBSYSTEM_VENDOR] = FIELD(device, subsystem_vendor, FIELD_HEX,
		.name = "subsystem_vendor", .digits = 4),
	[DEVICE_SUBSYSTEM_DEVICE] = FIELD(device, subsystem_device, FIELD_HEX,
		.name = "subsystem_device", .digits = 4),
	[DEVICE_HEADER_TYPE] = FIELD(device, header_type, FIELD_NUMBER,
		.name = "header_type"),
	[DEVICE_PORT_TYPE] = FIELD(device, port_type, FIELD_ENUM,
		.name = "port_type", .names = &port_type_names),
	[DEVICE_MULTIFUNCTION] = FIELD(device, multifunction, FIELD_FLAG,
		.name = "multifunction"),
	[DEVICE_DRIVER] = FIELD(device, driver, FIELD_TEXT,
		.name = "driver"),
	[DEVICE_DRIVER_UNKNOWN] = FIELD(device, driver_unknown, FIELD_ENUM,
		.name = "driver_unknown", .names = &reason_names),
	[DEVICE_DRIVER_MANAGED_DMA] = FIELD(device, driver_managed_dma,
		FIELD_FLAG, .name = "driver_managed_dma"),
	[DEVICE_ACS] = FIELD(device, acs, FIELD_ACS,
		.name = "acs"),
	[DEVICE_ACS_UNKNOWN] = FIELD(device, acs_unknown, FIELD_ENUM,
		.name = "acs_unknown", .names = &reason_names),
	[DEVICE_ACS_AGE] = FIELD(device, acs_age, FIELD_AGE,
		.name = "acs_age"),
	[DEVICE_ALIASES] = FIELD(device, aliases, FIELD_DEVFNS,
		.name = "alias_devfns"),
	[DEVICE_QUIRKS] = FIELD(device, quirks, FIELD_SET,
		.name = "quirks", .names = &quirk_names),
	[DEVICE_ATS] = FIELD(device, ats, FIELD_ENUM,
		.name = "ats", .names = &capability_names),
	[DEVICE_PRI] = FIELD(device, pri, FIELD_ENUM,
		.name = "pri", .names = &capability_names),
	[DEVICE_PASID] = FIELD(device, pasid, FIELD_ENUM,
		.name = "pasid", .names = &capability_names),
	[DEVICE_UNTRUSTED] = FIELD(device, untrusted, FIELD_FLAG,
		.name = "untrusted"),
	[DEVICE_EXTERNAL_FACING] = FIELD(device, external_facing, FIELD_FLAG,
		.name = "external_facing"),
	[DEVICE_PHYSFN] = FIELD(device, physfn, FIELD_ADDRESS,
		.name = "physfn"),
	[DEVICE_TOTAL_VFS] = FIELD(device, total_vfs, FIELD_NUMBER,
		.name = "total_vfs"),
	[DEVICE_NUM_VFS] = FIELD(device, num_vfs, FIELD_NUMBER,
		.name = "num_vfs"),
	[DEVICE_DMA_DEVICE] = FIELD(device, dma_device, FIELD_ADDRESS,
		.name = "dma_device"),
	[DEVICE_GENERATION] = FIELD(device, generation, FIELD_NUMBER,
		.name = "generation"),
	[DEVICE_RESET_METHODS] = FIELD(device, reset_methods, FIELD_TEXT,
		.name = "reset_methods"),
	[DEVICE_REMOVABLE] = FIELD(device, removable, FIELD_FLAG,
		.name = "removable"),
	[DEVICE_PARENT_UNKNOWN] = FIELD(device, parent_unknown, FIELD_ENUM,
		.name = "parent_unknown", .names = &reason_names),
	[DEVICE_MPC] = FIELD(device, mpc, FIELD_HEX,
		.name = "mpc", .digits = 8),
	[DEVICE_IOMMU_UNIT] = FIELD(device, iommu_unit, FIELD_HEX,
		.name = "iommu_unit", .digits = 16),
	[DEVICE_SECONDARY_BUS] = FIELD(device, secondary_bus, FIELD_NUMBER,
		.name = "secondary_bus"),
};

bool device_is_iommu(const struct device *device)
{
	return device->class >> 8 == CLASS_IOMMU;
}

bool device_is_endpoint(const struct device *device)
{
	bool bridge_header = device_has(device, DEVICE_HEADER_TYPE) &&
			     device->header_type != 0;

	if (bridge_header || device_is_iommu(device))
		return false;
	return device->class >> 16 != CLASS_BRIDGE ||
	       device->class >> 8 == CLASS_BRIDGE_OTHER;
}

void device_free(struct device *device)
{
	free(device->driver);
	free(device->reset_methods);
	device->driver = device->reset_methods = NULL;
}
