/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only place that looks at what the kernel is, for stub_iommu.c. The sources
 * are written for the newest kernel; what an older one does otherwise is here. Its
 * headers are looked at (Kbuild), not its version: HAS_... .
 */
#ifndef PCISIM_COMPAT_H
#define PCISIM_COMPAT_H

#include <linux/iommu.h>
#include <linux/pci.h>
#include <linux/platform_device.h>

/*
 * Linux 6.19, fd714986e4e4 ("iommu: Pass in old domain to attach_dev callback
 * functions"). Before, there is no third argument.
 */
#if HAS_ATTACH_OLD
static int attach_nothing(struct iommu_domain *domain, struct device *dev,
			  struct iommu_domain *old)
#else
static int attach_nothing(struct iommu_domain *domain, struct device *dev)
#endif
{
	return 0;
}

/*
 * Linux 6.7, df31b298477e ("iommu: Add iommu_ops->identity_domain"): drivers name
 * their domains. Before, the kernel asks for one of a type, for each group.
 */
static inline void set_domains(struct iommu_ops *ops,
			       struct iommu_domain *(*domain_of)(unsigned int type))
{
#if HAS_IDENTITY_DOMAIN
	ops->identity_domain = domain_of(IOMMU_DOMAIN_IDENTITY);
	ops->blocked_domain = domain_of(IOMMU_DOMAIN_BLOCKED);
#else
	ops->domain_alloc = domain_of;
#endif
}

/*
 * Linux 6.8, 17de3f5fdd35 ("iommu: Retire bus ops"). Before, each bus has the
 * operations of the one IOMMU driver there can be, and keeps them when it is gone.
 */
static inline void forget_ops(const struct iommu_ops *ops)
{
#if HAS_BUS_OPS
	if (pci_bus_type.iommu_ops == ops)
		pci_bus_type.iommu_ops = NULL;
	if (platform_bus_type.iommu_ops == ops)
		platform_bus_type.iommu_ops = NULL;
#endif
}

#endif /* PCISIM_COMPAT_H */
