/* SPDX-License-Identifier: GPL-2.0 */
/* What is known of one PCI function. */
#ifndef IOW_DEVICE_H
#define IOW_DEVICE_H

#include <linux/bitmap.h>
#include <linux/types.h>
#include "acs.h"

struct iommu_group;
struct pci_dev;

#define IOW_ALIAS_BITS	256
#define IOW_DRIVER_SIZE	64

/* Position of a function on the machine, in the order of all lists. */
#define IOW_KEY(segment, bdf)	((u64)(u32)(segment) << 16 | (u16)(bdf))

/**
 * struct iow_device - facts about one PCI function
 * @identity: tells a function from its successor at the same place; for
 *	      comparison only, never followed, never shown
 * @read_at: jiffies when the registers were read
 * @segment: PCI segment
 * @class: 24 bits
 * @group: valid with @has_group
 * @quirks: bits of enum iowarden_quirk
 * @dma_segment: valid with @has_dma_device
 * @bdf: bus << 8 | devfn
 * @upstream: valid with @has_upstream; neither that nor @on_root_bus: not known
 * @dma_bdf: valid with @has_dma_device
 * @physfn: valid with @has_physfn
 * @total_vfs: valid with @is_physfn
 * @num_vfs: valid with @is_physfn
 * @header_type: 7 bits
 * @port_type: enum iowarden_port_type, 0 if none of them
 * @ats: enum iowarden_capability, 0 if not known; likewise @pri, @pasid
 * @group_unknown: enum iowarden_reason, 0 if known; likewise @driver_unknown,
 *		   @acs_unknown
 * @driver: name of the bound driver, empty if there is none
 * @aliases: DMA aliases by devfn; all zero if there are none
 *
 * Made of zeroed memory, so that two can be compared as bytes; see
 * iow_device_differs().
 */
struct iow_device {
	const void *identity;
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

/**
 * struct iow_relatives - other functions that say something about one
 * @upstream: the bridge above, NULL on a root bus
 * @physfn: the physical function of a virtual one, or NULL
 * @dma_device: the function that issues its requests, or NULL if it does
 *
 * The caller holds a reference on each.
 */
struct iow_relatives {
	struct pci_dev *upstream;
	struct pci_dev *physfn;
	struct pci_dev *dma_device;
};

u64 iow_device_key(const struct pci_dev *pdev);
struct iommu_group *iow_device_read(struct pci_dev *pdev, const struct iow_relatives *relatives,
				    struct iow_device *device);
bool iow_device_differs(const struct iow_device *a, const struct iow_device *b);

#endif /* IOW_DEVICE_H */
