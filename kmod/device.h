/* SPDX-License-Identifier: GPL-2.0 */
/* What is known of one PCI function. */
#ifndef IOW_DEVICE_H
#define IOW_DEVICE_H

#include <linux/bitmap.h>
#include <linux/types.h>
#include "acs.h"

struct iommu_group;
struct iow_relatives;
struct pci_dev;

#define IOW_ALIAS_BITS	256
#define IOW_DRIVER_SIZE	64

/* Position of a function on the machine, in the order of all lists. */
#define IOW_KEY(segment, bdf)	((u64)(u32)(segment) << 16 | (u16)(bdf))

/**
 * struct iow_device - facts about one PCI function
 * @identity: tells a function from its successor at the same place
 * @read_at: jiffies when the registers were read
 * @acs: valid unless @acs_unknown
 * @aliases: DMA aliases by devfn, valid with @has_aliases
 * @segment: PCI segment
 * @class: 24 bits
 * @group: valid with @has_group
 * @quirks: bits of enum iowarden_quirk
 * @dma_segment: valid with @has_dma_device
 * @bdf: bus << 8 | devfn
 * @upstream: valid with @has_upstream; neither that nor @on_root_bus: not known
 * @dma_bdf: valid with @has_dma_device
 * @physfn: valid with @has_physfn
 * @vendor: vendor ID
 * @device: device ID
 * @subsystem_vendor: valid with @has_subsystem
 * @subsystem_device: valid with @has_subsystem
 * @total_vfs: valid with @is_physfn
 * @num_vfs: valid with @is_physfn
 * @header_type: 7 bits
 * @port_type: enum iowarden_port_type, 0 if none of them
 * @ats: enum iowarden_capability, 0 if not known
 * @pri: likewise
 * @pasid: likewise
 * @group_unknown: enum iowarden_reason, 0 if known
 * @driver_unknown: likewise
 * @acs_unknown: likewise
 * @on_root_bus: nothing is upstream
 * @has_upstream: it is below a bridge
 * @has_group: it is in an IOMMU group
 * @has_dma_device: another function issues its requests
 * @has_physfn: it is a virtual function whose physical one is known
 * @is_physfn: it is a physical function
 * @has_subsystem: it has subsystem IDs
 * @has_aliases: @aliases is not empty
 * @multifunction: as the kernel takes it
 * @driver_managed_dma: of the bound driver
 * @untrusted: as the kernel takes it
 * @external_facing: as the kernel takes it
 * @driver: name of the bound driver, empty if there is none
 *
 * Made of zeroed memory, so that two can be compared as bytes; see
 * iow_device_differs().
 */
struct iow_device {
	u64 identity;
	unsigned long read_at;
	struct iow_acs acs;
	DECLARE_BITMAP(aliases, IOW_ALIAS_BITS);
	u32 segment;
	u32 class;
	u32 group;
	u32 quirks;
	u32 dma_segment;
	u16 bdf;
	u16 upstream;
	u16 dma_bdf;
	u16 physfn;
	u16 vendor;
	u16 device;
	u16 subsystem_vendor;
	u16 subsystem_device;
	u16 total_vfs;
	u16 num_vfs;
	u8 header_type;
	u8 port_type;
	u8 ats;
	u8 pri;
	u8 pasid;
	u8 group_unknown;
	u8 driver_unknown;
	u8 acs_unknown;
	bool on_root_bus;
	bool has_upstream;
	bool has_group;
	bool has_dma_device;
	bool has_physfn;
	bool is_physfn;
	bool has_subsystem;
	bool has_aliases;
	bool multifunction;
	bool driver_managed_dma;
	bool untrusted;
	bool external_facing;
	char driver[IOW_DRIVER_SIZE];
};

u64 iow_device_key(const struct pci_dev *pdev);
struct iommu_group *iow_device_read(struct pci_dev *pdev, const struct iow_relatives *relatives,
				    struct iow_device *device);
bool iow_device_differs(const struct iow_device *a, const struct iow_device *b);

#endif /* IOW_DEVICE_H */
