/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What neither the module nor configuration space tells: how the kernel was
 * started, what vfio was told, what the host itself uses. Filled by host/, from
 * a snapshot, or not at all; rules take what is not known for not known.
 */
#ifndef MODEL_HOST_H
#define MODEL_HOST_H

#include "model/field.h"

enum host_field {
	HOST_COMMAND_LINE,
	HOST_UNSAFE_INTERRUPTS,
	HOST_NOIOMMU_MODE,
	HOST_DENYLIST_DISABLED,
	HOST_INTERRUPTS_REMAPPED,
	HOST_OVERRIDE_PATCH,
	HOST_OVERRIDE_WARNED,
	HOST_FIRMWARE_TABLE,
	HOST_IOMMU_UNITS,
	HOST_FIELDS
};

/**
 * struct host - the running kernel and what it was told
 * @command_line: its words about PCI, IOMMU and VFIO, separated by blanks
 * @firmware_table: the ACPI table that describes IOMMUs (DMAR, IVRS, IORT,
 *	VIOT); empty where there is none
 * @iommu_units: how many IOMMUs the kernel drives
 * @unsafe_interrupts: vfio_iommu_type1 or iommufd: allow_unsafe_interrupts
 * @noiommu_mode: vfio: enable_unsafe_noiommu_mode
 * @denylist_disabled: vfio_pci: disable_denylist
 * @interrupts_remapped: interrupts of this machine go through remapping
 * @override_patch: the kernel has the function pcie_acs_overrides()
 * @override_warned: the kernel said at boot that ACS overrides are in force
 */
struct host {
	uint64_t known;
	char *command_line;
	char *firmware_table;
	uint32_t iommu_units;
	uint8_t unsafe_interrupts, noiommu_mode, denylist_disabled;
	uint8_t interrupts_remapped, override_patch, override_warned;
};

enum use_field {
	USE_DEVICE,
	USE_KIND,
	USE_WHAT,
	USE_THROUGH,
	USE_FIELDS
};

/** enum use_kind - how the host uses a device at this moment */
enum use_kind {
	USE_MOUNT = 1,	/* @what: the mount point */
	USE_SWAP,	/* @what: the swap area */
	USE_ROUTE,	/* @what: the interface of a default route */
	USE_CONSOLE,	/* @what: the console, as /proc/consoles calls it */
	USE_KEYBOARD,	/* @what: its name */
	USE_HOLDER,	/* @what: the process, "Xorg (pid 812)" */
};

extern const struct names use_kind_names;

/**
 * struct use - one use of one PCI function
 * @through: what lies between, nearest to @what first: "dm-0 md0 nvme0n1p2",
 *	"bond0 eth0", "/dev/dri/card0"; not known where there is nothing
 */
struct use {
	uint64_t known;
	struct bdf device;
	uint8_t kind;
	char *what, *through;
};

extern const struct field host_fields[HOST_FIELDS];
extern const struct field use_fields[USE_FIELDS];

/** use_free() - free what the record owns, not the record */
void use_free(struct use *use);

/** host_free() - likewise */
void host_free(struct host *host);

#endif
