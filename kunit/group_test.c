// SPDX-License-Identifier: GPL-2.0
/*
 * What a group says of itself: groups made for the test, with a function in
 * memory, a device that is not PCI, and an IOMMU that answers as told; and a
 * claim of user space, on a group of this machine.
 */
#include <linux/iommu.h>
#include <linux/platform_device.h>
#include "device.h"
#include "fake_bus.h"
#include "group.h"
#include "owned.h"
#include "suite.h"

#define SEGMENT 0x1000

static bool remaps(struct device *dev, enum iommu_cap cap)
{
	return cap == IOMMU_CAP_INTR_REMAP;
}

static const struct iommu_ops remapping_ops = { .capable = remaps };
static struct iommu_device remapping_iommu = { .ops = &remapping_ops };
static struct dev_iommu remapping = { .iommu_dev = &remapping_iommu };

static void leave_group(struct kunit_resource *resource)
{
	struct device *dev = resource->data;

	dev->iommu = NULL;
	iommu_group_remove_device(dev);
}

static void put_group(struct kunit_resource *resource)
{
	iommu_group_put(resource->data);
}

static void unregister(struct kunit_resource *resource)
{
	platform_device_unregister(resource->data);
}

static struct iommu_group *make_group(struct kunit *test)
{
	return owned(test, put_group, iommu_group_alloc());
}

static struct device *join(struct kunit *test, struct iommu_group *group, struct device *dev)
{
	KUNIT_ASSERT_EQ(test, iommu_group_add_device(group, dev), 0);
	return owned(test, leave_group, dev);
}

static struct device *make_function(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);

	fake_host_scan(test, host);
	return &fake_pdev(test, function)->dev;
}

static struct device *make_other(struct kunit *test)
{
	struct platform_device *other;

	other = platform_device_register_simple("iowarden-kunit", PLATFORM_DEVID_NONE, NULL, 0);
	return &((struct platform_device *)owned(test, unregister, other))->dev;
}

static void group_without_members(struct kunit *test)
{
	struct iommu_group *group = make_group(test);
	struct iow_group facts;

	memset(&facts, 0xff, sizeof(facts));
	iow_group_read(group, &facts);
	KUNIT_EXPECT_EQ(test, facts.id, iommu_group_id(group));
	KUNIT_EXPECT_EQ(test, facts.pci_devices, 0);
	KUNIT_EXPECT_EQ(test, facts.other_devices, 0);
	KUNIT_EXPECT_EQ(test, facts.user_owned, 0);
	KUNIT_EXPECT_FALSE(test, facts.claimed);
}

static void members_that_are_not_pci_are_counted(struct kunit *test)
{
	struct iommu_group *group = make_group(test);
	struct iow_group facts;

	join(test, group, make_function(test));
	join(test, group, make_other(test));
	iow_group_read(group, &facts);
	KUNIT_EXPECT_EQ(test, facts.other_devices, 1);
}

/* In Linux 6.1 VFIO takes the word of any member; the answer here is of all. */
static void interrupts_are_isolated_if_all_members_are_remapped(struct kunit *test)
{
	struct iommu_group *group = make_group(test);
	struct iow_group facts;
	struct device *function, *other;

	function = join(test, group, make_function(test));
	other = join(test, group, make_other(test));
	iow_group_read(group, &facts);
	KUNIT_EXPECT_EQ(test, facts.isolated_msi, IOWARDEN_ANSWER_NO);
	function->iommu = &remapping;
	iow_group_read(group, &facts);
	KUNIT_EXPECT_EQ(test, facts.isolated_msi, IOWARDEN_ANSWER_NO);
	other->iommu = &remapping;
	iow_group_read(group, &facts);
	KUNIT_EXPECT_EQ(test, facts.isolated_msi, IOWARDEN_ANSWER_YES);
}

static void functions_are_counted_by_their_driver(struct kunit *test)
{
	static const struct {
		struct iow_device member;
		unsigned int kernel_drivers, busy;
	} rows[] = {
		{ { }, 0, 0 },
		{ { .driver = "e1000e" }, 1, 0 },
		{ { .driver = "vfio-pci", .driver_managed_dma = true }, 0, 0 },
		{ { .driver_unknown = IOWARDEN_REASON_BUSY }, 0, 1 },
	};
	struct iow_group sum = { };
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct iow_group facts = { };

		iow_group_count(&facts, &rows[i].member);
		iow_group_count(&sum, &rows[i].member);
		KUNIT_EXPECT_EQ(test, facts.pci_devices, 1);
		KUNIT_EXPECT_EQ_MSG(test, facts.kernel_drivers, rows[i].kernel_drivers, "row %d",
				    i);
		KUNIT_EXPECT_EQ_MSG(test, facts.busy, rows[i].busy, "row %d", i);
	}
	KUNIT_EXPECT_EQ(test, sum.pci_devices, ARRAY_SIZE(rows));
	KUNIT_EXPECT_EQ(test, sum.kernel_drivers, 1);
}

/**
 * struct owner_row - what is seen of a group, and whose it is
 * @facts: claimed when it was first looked at, and its members
 * @owned: enum iowarden_answer
 * @unknown: enum iowarden_reason
 */
struct owner_row {
	struct iow_group facts;
	u8 owned;
	u8 unknown;
};

static void expect_owners(struct kunit *test, struct iommu_group *group,
			  const struct owner_row *rows, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		struct iow_group facts = rows[i].facts;

		iow_group_judge_owner(group, &facts);
		KUNIT_EXPECT_EQ_MSG(test, facts.user_owned, rows[i].owned, "row %u", i);
		KUNIT_EXPECT_EQ_MSG(test, facts.user_owned_unknown, rows[i].unknown, "row %u", i);
	}
}

static void owner_of_a_group_that_nobody_claims(struct kunit *test)
{
	static const struct owner_row rows[] = {
		{ { .claimed = false }, IOWARDEN_ANSWER_NO, 0 },
		{ { .claimed = false, .busy = 1 }, IOWARDEN_ANSWER_NO, 0 },
		{ { .claimed = false, .other_devices = 1 }, IOWARDEN_ANSWER_NO, 0 },
		/* Given up while the drivers were looked at. */
		{ { .claimed = true }, 0, IOWARDEN_REASON_BUSY },
		{ { .claimed = true, .kernel_drivers = 1 }, IOWARDEN_ANSWER_NO, 0 },
	};

	expect_owners(test, make_group(test), rows, ARRAY_SIZE(rows));
}

/* A group of this machine that nobody has claimed, with a reference. */
static struct iommu_group *free_group(void)
{
	struct iommu_group *group = NULL;
	struct pci_dev *pdev = NULL;

	for_each_pci_dev(pdev) {
		group = iommu_group_get(&pdev->dev);
		if (group && !iommu_group_dma_owner_claimed(group))
			break;
		iommu_group_put(group);
		group = NULL;
	}
	pci_dev_put(pdev);
	return group;
}

static void release_owner(struct kunit_resource *resource)
{
	iommu_group_release_dma_owner(resource->data);
}

static void owner_of_a_group_that_user_space_claims(struct kunit *test)
{
	static const struct owner_row rows[] = {
		{ { .claimed = true }, IOWARDEN_ANSWER_YES, 0 },
		{ { .claimed = true, .kernel_drivers = 1 }, IOWARDEN_ANSWER_NO, 0 },
		{ { .claimed = true, .busy = 1 }, 0, IOWARDEN_REASON_BUSY },
		/* Drivers of other kinds cannot be told apart: not known, and nothing passes. */
		{ { .claimed = true, .other_devices = 1 }, 0, 0 },
		/* Taken while the drivers were looked at. */
		{ { .claimed = false }, 0, IOWARDEN_REASON_BUSY },
	};
	struct iommu_group *group = owned(test, put_group, free_group());
	struct iow_group facts;

	KUNIT_ASSERT_EQ(test, iommu_group_claim_dma_owner(group, test), 0);
	owned(test, release_owner, group);
	iow_group_read(group, &facts);
	KUNIT_EXPECT_TRUE(test, facts.claimed);
	expect_owners(test, group, rows, ARRAY_SIZE(rows));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(group_without_members),
	KUNIT_CASE(members_that_are_not_pci_are_counted),
	KUNIT_CASE(interrupts_are_isolated_if_all_members_are_remapped),
	KUNIT_CASE(functions_are_counted_by_their_driver),
	KUNIT_CASE(owner_of_a_group_that_nobody_claims),
	KUNIT_CASE(owner_of_a_group_that_user_space_claims),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_group",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: what a group says of itself");
MODULE_LICENSE("GPL");
