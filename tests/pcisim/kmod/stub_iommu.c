// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include "blob.h"
#include "compat.h"
#include "host.h"
#include "stub_iommu.h"
#include "table.h"

static struct iommu_device stub;
static struct iommu_ops *stub_ops;	/* NULL while it is not registered */

/* Both domains are static, whoever lets go of one. */
static void keep(struct iommu_domain *domain)
{
}

static const struct iommu_domain_ops domain_ops = {
	.attach_dev = attach_nothing,
	.free = keep,
};

static struct iommu_domain identity_domain = {
	.type = IOMMU_DOMAIN_IDENTITY,
	.ops = &domain_ops,
};

static struct iommu_domain blocked_domain = {
	.type = IOMMU_DOMAIN_BLOCKED,
	.ops = &domain_ops,
};

static struct iommu_domain *domain_of(unsigned int type)
{
	switch (type) {
	case IOMMU_DOMAIN_IDENTITY: return &identity_domain;
	case IOMMU_DOMAIN_BLOCKED: return &blocked_domain;
	default: return NULL;
	}
}

static struct iommu_device *probe_device(struct device *dev)
{
	struct pcisim_function *function;

	if (!dev_is_pci(dev))
		return ERR_PTR(-ENODEV);
	function = pcisim_host_function(to_pci_dev(dev));
	if (!function || function->flags & BLOB_NO_IOMMU)
		return ERR_PTR(-ENODEV);
	return &stub;
}

static int def_domain_type(struct device *dev)
{
	return IOMMU_DOMAIN_IDENTITY;
}

static const struct iommu_ops iommu_ops = {
	.probe_device = probe_device,
	.device_group = pci_device_group,
	.def_domain_type = def_domain_type,
	.default_domain_ops = &domain_ops,
};

/**
 * pcisim_iommu_register() - give each simulated function its group
 *
 * Each device of an IOMMU holds its driver's module. But here it is unloading the
 * module that removes the devices, so the operations must have no owner; the kernel
 * takes such only from outside of modules, hence the copy.
 *
 * Return: 0 or an error, -EBUSY if the machine has an IOMMU.
 */
int pcisim_iommu_register(void)
{
	int err;

	stub_ops = kmemdup(&iommu_ops, sizeof(iommu_ops), GFP_KERNEL);
	if (!stub_ops)
		return -ENOMEM;
	set_domains(stub_ops, domain_of);
	/* The kernel links devices to this, so there is no way without it. */
	err = iommu_device_sysfs_add(&stub, NULL, NULL, "pcisim");
	if (err)
		goto err_free;
	err = iommu_device_register(&stub, stub_ops, NULL);
	if (err)
		goto err_sysfs;
	return 0;

err_sysfs:
	forget_ops(stub_ops);
	iommu_device_sysfs_remove(&stub);
err_free:
	kfree(stub_ops);
	stub_ops = NULL;
	return err;
}

/**
 * pcisim_iommu_unregister() - undo pcisim_iommu_register(), if it was done
 *
 * No device may be left that has a group of ours.
 */
void pcisim_iommu_unregister(void)
{
	if (!stub_ops)
		return;
	iommu_device_unregister(&stub);
	forget_ops(stub_ops);
	iommu_device_sysfs_remove(&stub);
	kfree(stub_ops);
	stub_ops = NULL;
}
