/* SPDX-License-Identifier: GPL-2.0 */
/* One PCI function, and the words of its ACS capability. */
#ifndef MODEL_DEVICE_H
#define MODEL_DEVICE_H

#include "model/field.h"

enum acs_field {
	ACS_OFFSET,
	ACS_CAP,
	ACS_CTRL,
	ACS_EGRESS_VECTOR,
	ACS_CAP_DWORD,
	ACS_CTRL_DWORD,
	ACS_FIELDS
};

/** struct acs - register words as read; which are there depends on the port */
struct acs {
	uint64_t known;
	uint16_t offset, cap, ctrl;
	uint32_t cap_dword, ctrl_dword;	/* Sunrise Point root ports */
	struct bytes egress_vector;
};

enum device_field {
	DEVICE_ADDRESS,
	DEVICE_GROUP,
	DEVICE_GROUP_UNKNOWN,
	DEVICE_PARENT,
	DEVICE_ROOT_BUS,
	DEVICE_CLASS,
	DEVICE_VENDOR,
	DEVICE_DEVICE,
	DEVICE_SUBSYSTEM_VENDOR,
	DEVICE_SUBSYSTEM_DEVICE,
	DEVICE_HEADER_TYPE,
	DEVICE_PORT_TYPE,
	DEVICE_MULTIFUNCTION,
	DEVICE_DRIVER,
	DEVICE_DRIVER_UNKNOWN,
	DEVICE_DRIVER_MANAGED_DMA,
	DEVICE_ACS,
	DEVICE_ACS_UNKNOWN,
	DEVICE_ACS_AGE,
	DEVICE_ALIASES,
	DEVICE_QUIRKS,
	DEVICE_ATS,
	DEVICE_PRI,
	DEVICE_PASID,
	DEVICE_UNTRUSTED,
	DEVICE_EXTERNAL_FACING,
	DEVICE_PHYSFN,
	DEVICE_TOTAL_VFS,
	DEVICE_NUM_VFS,
	DEVICE_DMA_DEVICE,
	DEVICE_GENERATION,
	DEVICE_RESET_METHODS,
	DEVICE_REMOVABLE,
	DEVICE_PARENT_UNKNOWN,
	DEVICE_MPC,
	DEVICE_IOMMU_UNIT,
	DEVICE_SECONDARY_BUS,
	DEVICE_FIELDS
};

/**
 * struct device - what is known of one PCI function
 *
 * A provider always fills address, parent, root_bus or parent_unknown, vendor, device, class
 * and multifunction. No driver and no driver_unknown: none is bound; so too group and acs.
 *
 * @reset_methods: by which the kernel would reset this function, as its sysfs names
 *	them, separated by blanks; empty for none. "bus" fails for one with company
 */
struct device {
	uint64_t known;
	struct bdf address;
	struct bdf parent;	/* the bridge above; of a VF, above its PF */
	struct bdf physfn;	/* VFs only */
	struct bdf dma_device;	/* issues this one's requests, if another does */
	uint64_t iommu_unit;	/* address of the registers of its IOMMU */
	uint32_t group, class, generation, quirks, mpc;	/* see model/mpc.h */
	uint32_t acs_age;	/* milliseconds */
	uint16_t vendor, device, subsystem_vendor, subsystem_device;
	uint16_t total_vfs, num_vfs;
	uint8_t header_type, port_type, ats, pri, pasid;
	uint8_t secondary_bus;	/* right below, also while nothing is there */
	uint8_t group_unknown, driver_unknown, acs_unknown, parent_unknown;
	bool root_bus, multifunction, driver_managed_dma, untrusted, external_facing;
	bool removable;	/* it is plugged in from outside the case */
	char *driver, *reset_methods;
	struct acs acs;
	struct bytes aliases;
};

extern const struct field acs_fields[ACS_FIELDS];
extern const struct field device_fields[DEVICE_FIELDS];

static inline bool device_has(const struct device *device, enum device_field field)
{
	return field_known(device, field);
}

/**
 * device_is_endpoint() - whether a function can be handed over or attacked
 *
 * Bridges, host bridges and IOMMUs are neither. A function of class 0680
 * ("other bridge") that has no bridge's header counts as an endpoint: NVSwitch
 * and non-transparent bridges issue requests of their own.
 */
bool device_is_endpoint(const struct device *device);

/** device_is_iommu() - whether a function is an IOMMU itself, as AMD has them */
bool device_is_iommu(const struct device *device);

/** device_free() - free what the record owns, not the record */
void device_free(struct device *device);

#endif
