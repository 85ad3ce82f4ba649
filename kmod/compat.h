/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only place that looks at what the kernel is. Every source gets it first
 * (Kbuild includes it). The sources are written for the newest kernel; what an
 * older one lacks is made up here, under the newer name, and only where compat.mk
 * did not find that name. Each entry goes when the oldest kernel has it.
 */
#ifndef IOW_COMPAT_H
#define IOW_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "iowarden needs Linux 6.1 or newer"
#endif

#ifdef pr_fmt
#undef pr_fmt
#endif
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

/*
 * Linux 6.2, 4989764d8ed3 ("iommu: Add IOMMU_CAP_ENFORCE_CACHE_COHERENCY").
 * Before, nobody but the IOMMU driver knows; IOW_HAS_... says that it is no "no".
 */
#include <linux/iommu.h>

static inline bool iow_enforces_coherency(struct device *dev)
{
#if IOW_HAS_CAP_ENFORCE_CACHE_COHERENCY
	return device_iommu_capable(dev, IOMMU_CAP_ENFORCE_CACHE_COHERENCY);
#else
	return false;
#endif
}

/*
 * Linux 6.3, efc30a8f15a7 ("iommu: Add iommu_group_has_isolated_msi()").
 * Before, VFIO asked whether the whole system isolates interrupts, then whether
 * the IOMMU of any member does (vfio_iommu_type1_attach_group()); here it is that
 * of every member.
 */
#if !IOW_HAS_GROUP_ISOLATED_MSI
#include <linux/irqdomain.h>

static inline int iow_is_not_remapped(struct device *dev, void *unused)
{
	return !device_iommu_capable(dev, IOMMU_CAP_INTR_REMAP);
}

static inline bool iommu_group_has_isolated_msi(struct iommu_group *group)
{
	return irq_domain_check_msi_remap() ||
	       !iommu_group_for_each_dev(group, NULL, iow_is_not_remapped);
}
#endif

/*
 * Linux 6.6, 9272af109fe6 ("genetlink: add struct genl_info to struct
 * genl_dumpit_info") and 7288dd2fd488 ("genetlink: use attrs from struct
 * genl_info"). Before, the attributes of a dump are where this leads.
 */
#if !IOW_HAS_GENL_INFO_DUMP
#define genl_info_dump(cb) genl_dumpit_info(cb)
#endif

/*
 * Linux 7.0, 550a190494a0 ("PCI: Add PCI_BRIDGE_NO_ALIAS quirk for ASPEED
 * AST1150"). Before, no bridge is treated so.
 */
#if !IOW_HAS_BRIDGE_NO_ALIAS
#define PCI_DEV_FLAGS_PCI_BRIDGE_NO_ALIAS 0
#endif

/*
 * Linux 6.8, "genetlink: Use internal flags for multicast groups" (in Linux 6.1
 * as of 6.1.68). Before, everybody can join every group; then there is none for
 * faults.
 */
#define IOW_CAN_GUARD_GROUPS	IOW_HAS_MCAST_GUARD

#endif /* IOW_COMPAT_H */
