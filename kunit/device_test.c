// SPDX-License-Identifier: GPL-2.0
/*
 * What is read of one function, where its place says nothing: marks that the
 * kernel made, its group, and whether it is the one it was before.
 */
#include <linux/iommu.h>
#include "device.h"
#include "fake_bus.h"
#include "roster.h"
#include "suite.h"

#define SEGMENT		0x1000

/* It is found again at the same place, but it is another one. */
static void function_that_came_back_has_another_identity(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, PCI_DEVFN(2, 0),
						       PCI_EXP_TYPE_RC_END);
	struct iow_device before = { }, after = { };
	const struct iow_relatives none = { };

	fake_host_scan(test, host);
	iommu_group_put(iow_device_read(fake_pdev(test, function), &none, &before));
	fake_remove(test, function);
	function->absent = false;
	pci_lock_rescan_remove();
	pci_scan_child_bus(host->root);
	pci_unlock_rescan_remove();
	iommu_group_put(iow_device_read(fake_pdev(test, function), &none, &after));
	KUNIT_EXPECT_EQ(test, before.bdf, after.bdf);
	KUNIT_EXPECT_NE(test, before.identity, after.identity);
}

/* What the kernel notes of a function and no emulated one shows. */
static void marks_of_the_kernel(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	const struct iow_relatives none = { };
	struct iow_device device = { };
	DECLARE_BITMAP(mask, IOW_ALIAS_BITS) = { };
	struct pci_dev *pdev;

	fake_host_scan(test, host);
	pdev = fake_pdev(test, function);
	pdev->untrusted = 1;
	pdev->external_facing = 1;
	pdev->dev_flags |= PCI_DEV_FLAGS_ACS_ENABLED_QUIRK | PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT |
			   PCI_DEV_FLAG_PCIE_BRIDGE_ALIAS | PCI_DEV_FLAGS_NO_D3;
	set_bit(1, mask);
	set_bit(255, mask);
	pdev->dma_alias_mask = mask;
	iommu_group_put(iow_device_read(pdev, &none, &device));
	pdev->dma_alias_mask = NULL;
	KUNIT_EXPECT_TRUE(test, device.untrusted);
	KUNIT_EXPECT_TRUE(test, device.external_facing);
	KUNIT_EXPECT_EQ(test, device.quirks, IOWARDEN_QUIRK_ACS_ENABLED |
			IOWARDEN_QUIRK_BRIDGE_XLATE_ROOT | IOWARDEN_QUIRK_PCIE_BRIDGE_ALIAS);
	KUNIT_EXPECT_TRUE(test, device.has_aliases);
	KUNIT_EXPECT_TRUE(test, bitmap_equal(device.aliases, mask, IOW_ALIAS_BITS));
}

/* As behind Intel VMD, on another segment. */
static void function_whose_dma_is_anothers(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT), *other = fake_host(test, SEGMENT + 1);
	struct fake_function *function, *controller;
	struct iow_relatives relatives = { };
	struct iow_device device = { };

	function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	controller = fake_function(test, other, NULL, PCI_DEVFN(14, 0), PCI_EXP_TYPE_RC_END);
	fake_host_scan(test, host);
	fake_host_scan(test, other);
	relatives.dma_device = fake_pdev(test, controller);
	iommu_group_put(iow_device_read(fake_pdev(test, function), &relatives, &device));
	KUNIT_EXPECT_TRUE(test, device.has_dma_device);
	KUNIT_EXPECT_EQ(test, device.dma_segment, SEGMENT + 1);
	KUNIT_EXPECT_EQ(test, device.dma_bdf, PCI_DEVFN(14, 0));
}

/* No emulated device has them. */
static void translation_services_absent_off_and_on(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	const struct iow_relatives none = { };
	struct iow_device device = { };
	struct pci_dev *pdev;

	fake_host_scan(test, host);
	pdev = fake_pdev(test, function);
	pdev->pri_cap = 0x100;
	pdev->pasid_cap = 0x110;
	pdev->pasid_enabled = 1;
	iommu_group_put(iow_device_read(pdev, &none, &device));
	pdev->pasid_enabled = 0;
	pdev->pasid_cap = 0;
	pdev->pri_cap = 0;
	KUNIT_EXPECT_EQ(test, device.ats, IOWARDEN_CAPABILITY_ABSENT);
	KUNIT_EXPECT_EQ(test, device.pri, IOWARDEN_CAPABILITY_OFF);
	KUNIT_EXPECT_EQ(test, device.pasid, IOWARDEN_CAPABILITY_ON);
}

/* device_add() gives a function its group before it announces it. */
static void function_that_is_not_announced_is_busy(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	const struct iow_relatives none = { };
	struct iow_device device = { };
	struct pci_dev *pdev;

	fake_host_scan(test, host);
	pdev = fake_pdev(test, function);
	pdev->dev.kobj.state_add_uevent_sent = 0;
	KUNIT_EXPECT_PTR_EQ(test, iow_device_read(pdev, &none, &device), NULL);
	pdev->dev.kobj.state_add_uevent_sent = 1;
	KUNIT_EXPECT_EQ(test, device.group_unknown, IOWARDEN_REASON_BUSY);
}

/* As vfio's no-IOMMU mode makes one up. */
static void group_without_an_iommu_is_none(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	struct iommu_group *group = iommu_group_alloc();
	const struct iow_relatives none = { };
	struct iow_device device = { };
	struct dev_iommu iommu = { };
	struct pci_dev *pdev;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, group);
	fake_host_scan(test, host);
	pdev = fake_pdev(test, function);
	KUNIT_ASSERT_EQ(test, iommu_group_add_device(group, &pdev->dev), 0);
	KUNIT_EXPECT_PTR_EQ(test, iow_device_read(pdev, &none, &device), NULL);
	KUNIT_EXPECT_FALSE(test, device.has_group);
	KUNIT_EXPECT_EQ(test, device.group_unknown, 0);

	/* The same group, with one. */
	pdev->dev.iommu = &iommu;
	KUNIT_EXPECT_PTR_EQ(test, iow_device_read(pdev, &none, &device), group);
	pdev->dev.iommu = NULL;
	KUNIT_EXPECT_TRUE(test, device.has_group);
	KUNIT_EXPECT_EQ(test, device.group, iommu_group_id(group));
	iommu_group_remove_device(&pdev->dev);
	/* The reference that reading returned, and ours. */
	iommu_group_put(group);
	iommu_group_put(group);
}

static void difference_is_all_but_the_time_of_reading(struct kunit *test)
{
	struct iow_device a = { .read_at = 1 }, b = { .read_at = 2 };

	KUNIT_EXPECT_FALSE(test, iow_device_differs(&a, &b));
	b.acs.control = 1;
	KUNIT_EXPECT_TRUE(test, iow_device_differs(&a, &b));
	b.acs.control = 0;
	b.driver[0] = 'x';
	KUNIT_EXPECT_TRUE(test, iow_device_differs(&a, &b));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(function_that_came_back_has_another_identity),
	KUNIT_CASE(marks_of_the_kernel),
	KUNIT_CASE(function_whose_dma_is_anothers),
	KUNIT_CASE(translation_services_absent_off_and_on),
	KUNIT_CASE(function_that_is_not_announced_is_busy),
	KUNIT_CASE(group_without_an_iommu_is_none),
	KUNIT_CASE(difference_is_all_but_the_time_of_reading),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_device",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: what is read of one function");
MODULE_LICENSE("GPL");
