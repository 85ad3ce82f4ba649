// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/jiffies.h>
#include <linux/kernfs.h>
#include <linux/pci.h>
#include <linux/pci-ats.h>
#include <linux/iowarden.h>
#include "device.h"
#include "registers.h"
#include "roster.h"

/**
 * iow_device_key() - position of a function on the machine
 * @pdev: the function
 *
 * Context: any.
 * Return: a number that sorts functions by segment, then by BDF.
 */
u64 iow_device_key(const struct pci_dev *pdev)
{
	return IOW_KEY(pci_domain_nr(pdev->bus), pci_dev_id((struct pci_dev *)pdev));
}

/* Register value (PCIe base specification, 7.5.3.2) to our own number. */
static const u8 port_types[] = {
	[PCI_EXP_TYPE_ENDPOINT]    = IOWARDEN_PORT_TYPE_ENDPOINT,
	[PCI_EXP_TYPE_LEG_END]     = IOWARDEN_PORT_TYPE_LEGACY_ENDPOINT,
	[PCI_EXP_TYPE_ROOT_PORT]   = IOWARDEN_PORT_TYPE_ROOT_PORT,
	[PCI_EXP_TYPE_UPSTREAM]    = IOWARDEN_PORT_TYPE_UPSTREAM_PORT,
	[PCI_EXP_TYPE_DOWNSTREAM]  = IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT,
	[PCI_EXP_TYPE_PCI_BRIDGE]  = IOWARDEN_PORT_TYPE_PCIE_TO_PCI_BRIDGE,
	[PCI_EXP_TYPE_PCIE_BRIDGE] = IOWARDEN_PORT_TYPE_PCI_TO_PCIE_BRIDGE,
	[PCI_EXP_TYPE_RC_END]      = IOWARDEN_PORT_TYPE_RC_ENDPOINT,
	[PCI_EXP_TYPE_RC_EC]       = IOWARDEN_PORT_TYPE_RC_EVENT_COLLECTOR,
};

static u8 port_type(const struct pci_dev *pdev)
{
	int type;

	if (!pci_is_pcie((struct pci_dev *)pdev))
		return IOWARDEN_PORT_TYPE_CONVENTIONAL;
	type = pci_pcie_type(pdev);
	return type < ARRAY_SIZE(port_types) ? port_types[type] : 0;
}

static u32 quirks(const struct pci_dev *pdev)
{
	u32 ours = 0;

	if (pdev->dev_flags & PCI_DEV_FLAGS_ACS_ENABLED_QUIRK)
		ours |= IOWARDEN_QUIRK_ACS_ENABLED;
	if (pdev->dev_flags & PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT)
		ours |= IOWARDEN_QUIRK_BRIDGE_XLATE_ROOT;
	if (pdev->dev_flags & PCI_DEV_FLAG_PCIE_BRIDGE_ALIAS)
		ours |= IOWARDEN_QUIRK_PCIE_BRIDGE_ALIAS;
	if (pdev->dev_flags & PCI_DEV_FLAGS_PCI_BRIDGE_NO_ALIAS)
		ours |= IOWARDEN_QUIRK_NO_BRIDGE_ALIAS;
	return ours;
}

/*
 * The number of its folder in sysfs, which no other ever gets: a pointer would
 * be the same again when a function is removed and found again. The folder goes
 * after the function was removed, which waits for the reader (see snapshot.c).
 */
static u64 identity(const struct pci_dev *pdev)
{
	const struct kernfs_node *folder = READ_ONCE(pdev->dev.kobj.sd);

	return folder ? folder->id : 0;
}

static void read_identity(struct pci_dev *pdev, struct iow_device *device)
{
	device->identity = identity(pdev);
	device->segment = pci_domain_nr(pdev->bus);
	device->bdf = pci_dev_id(pdev);
	device->vendor = pdev->vendor;
	device->device = pdev->device;
	device->class = pdev->class;
	device->header_type = pdev->hdr_type;
	device->subsystem_vendor = pdev->subsystem_vendor;
	device->subsystem_device = pdev->subsystem_device;
	/* A type 0 header always has them, a bridge may (PCI-to-PCI bridge, 3.2.5.13). */
	device->has_subsystem = pdev->hdr_type == PCI_HEADER_TYPE_NORMAL ||
				pdev->subsystem_vendor || pdev->subsystem_device;
	device->multifunction = pdev->multifunction;
	device->port_type = port_type(pdev);
	device->quirks = quirks(pdev);
	device->untrusted = pdev->untrusted;
	device->external_facing = pdev->external_facing;
}

static void read_relatives(struct pci_dev *pdev, const struct iow_relatives *relatives,
			   struct iow_device *device)
{
	/* A virtual function may sit on a bus of its own, below no bridge. */
	device->on_root_bus = !pdev->is_virtfn ? pci_is_root_bus(pdev->bus) :
			      relatives->physfn && pci_is_root_bus(relatives->physfn->bus);
	if (relatives->upstream) {
		device->has_upstream = true;
		device->upstream = pci_dev_id(relatives->upstream);
	}
	if (relatives->physfn) {
		device->has_physfn = true;
		device->physfn = pci_dev_id(relatives->physfn);
	}
	if (relatives->dma_device) {
		device->has_dma_device = true;
		device->dma_segment = pci_domain_nr(relatives->dma_device->bus);
		device->dma_bdf = pci_dev_id(relatives->dma_device);
	}
}

static void read_sriov(struct pci_dev *pdev, struct iow_device *device)
{
	device->is_physfn = pdev->is_physfn;
	if (!pdev->is_physfn)
		return;
	device->total_vfs = pci_sriov_get_totalvfs(pdev);
	device->num_vfs = pci_num_vf(pdev);
}

/* The mask is allocated once and lives as long as the function. */
static void read_aliases(struct pci_dev *pdev, struct iow_device *device)
{
	const unsigned long *mask = READ_ONCE(pdev->dma_alias_mask);

	if (!mask)
		return;
	bitmap_copy(device->aliases, mask, IOW_ALIAS_BITS);
	device->has_aliases = !bitmap_empty(device->aliases, IOW_ALIAS_BITS);
}

static __maybe_unused u8 capability(u16 offset, bool enabled)
{
	if (!offset)
		return IOWARDEN_CAPABILITY_ABSENT;
	return enabled ? IOWARDEN_CAPABILITY_ON : IOWARDEN_CAPABILITY_OFF;
}

/*
 * These are the kernel's own fields, written without a lock that could be taken
 * here: a snapshot. PRI and PASID of a virtual function are its physical
 * function's (SR-IOV 3.7.2), so nothing is said of them there. With pci=noats
 * the kernel does not look for ATS, so neither "absent" nor "off" is known.
 */
static void read_translation(struct pci_dev *pdev, struct iow_device *device)
{
#ifdef CONFIG_PCI_ATS
	if (pdev->ats_cap || !pci_ats_disabled())
		device->ats = capability(pdev->ats_cap, pdev->ats_enabled);
#endif
	if (pdev->is_virtfn)
		return;
#ifdef CONFIG_PCI_PRI
	device->pri = capability(pdev->pri_cap, pdev->pri_enabled);
#endif
#ifdef CONFIG_PCI_PASID
	device->pasid = capability(pdev->pasid_cap, pdev->pasid_enabled);
#endif
}

/*
 * While a function is being added the IOMMU core gives it a group, and may take
 * it back; the announcement to user space comes after that (device_add()). A
 * group without an IOMMU behind it is one that vfio made up in its no-IOMMU
 * mode: it goes with the driver, unannounced, and isolates nothing.
 */
static struct iommu_group *read_group(struct pci_dev *pdev, struct iow_device *device)
{
	struct iommu_group *group;

	if (!pdev->dev.kobj.state_add_uevent_sent) {
		device->group_unknown = IOWARDEN_REASON_BUSY;
		return NULL;
	}
	group = pdev->dev.iommu ? iommu_group_get(&pdev->dev) : NULL;
	if (group) {
		device->has_group = true;
		device->group = iommu_group_id(group);
	}
	return group;
}

/**
 * iow_device_read() - read what is known of a function, but for its driver
 * @pdev: the function; the caller holds a reference
 * @relatives: its relatives
 * @device: filled; must be zeroed
 *
 * The caller excludes the removal of @pdev from its IOMMU group, as
 * snapshot.c does: iommu_group_get() alone is not safe against it.
 *
 * Context: process context; takes no lock.
 * Return: the IOMMU group with a reference, which the caller puts, or NULL.
 */
struct iommu_group *iow_device_read(struct pci_dev *pdev, const struct iow_relatives *relatives,
				    struct iow_device *device)
{
	read_identity(pdev, device);
	read_relatives(pdev, relatives, device);
	read_sriov(pdev, device);
	read_aliases(pdev, device);
	read_translation(pdev, device);
	device->acs_unknown = iow_registers_read(pdev, relatives->upstream, &device->acs);
	device->read_at = jiffies;
	return read_group(pdev, device);
}

/**
 * iow_device_differs() - is there news between two readings of a function?
 * @a: one reading
 * @b: another of the same function
 *
 * Context: any.
 * Return: true if anything but the time of the reading differs.
 */
bool iow_device_differs(const struct iow_device *a, const struct iow_device *b)
{
	const size_t start = offsetofend(struct iow_device, read_at);

	return memcmp((const char *)a + start, (const char *)b + start, sizeof(*a) - start);
}
