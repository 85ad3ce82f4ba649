// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/pci.h>
#include <linux/iowarden.h>
#include "device.h"
#include "group.h"

/**
 * struct survey - what the members of a group add up to
 * @others: members that are not PCI functions
 * @not_coherent: members whose no-snoop requests the IOMMU cannot force
 */
struct survey {
	unsigned int others;
	unsigned int not_coherent;
};

/* Called under the lock of the group, which keeps @dev in it. */
static int survey_member(struct device *dev, void *data)
{
	struct survey *survey = data;

	if (!dev_is_pci(dev))
		survey->others++;
	if (!iow_enforces_coherency(dev))
		survey->not_coherent++;
	return 0;
}

static u8 answer(bool yes)
{
	return yes ? IOWARDEN_ANSWER_YES : IOWARDEN_ANSWER_NO;
}

/**
 * iow_group_read() - read what a group says of itself
 * @group: the group; the caller holds a reference
 * @facts: filled
 *
 * Context: process context; takes the lock of the group, under which the IOMMU
 *	    driver attaches it to a domain.
 */
void iow_group_read(struct iommu_group *group, struct iow_group *facts)
{
	struct survey survey = { };

	memset(facts, 0, sizeof(*facts));
	facts->id = iommu_group_id(group);
	facts->claimed = iommu_group_dma_owner_claimed(group);
	iommu_group_for_each_dev(group, &survey, survey_member);
	facts->other_devices = survey.others;
	facts->isolated_msi = answer(iommu_group_has_isolated_msi(group));
	if (IOW_HAS_CAP_ENFORCE_CACHE_COHERENCY)
		facts->enforced_coherency = answer(!survey.not_coherent);
}

/**
 * iow_group_count() - count a PCI function into its group
 * @facts: the group
 * @member: the function, with its driver
 *
 * Drivers that manage DMA themselves (vfio-pci, pcieport) do not claim it.
 *
 * Context: any.
 */
void iow_group_count(struct iow_group *facts, const struct iow_device *member)
{
	facts->pci_devices++;
	if (member->driver_unknown)
		facts->busy++;
	else if (member->driver[0] && !member->driver_managed_dma)
		facts->kernel_drivers++;
}

/**
 * iow_group_judge_owner() - does user space own the DMA of a group?
 * @group: the group
 * @facts: read before, with all its functions counted since
 *
 * The kernel counts ordinary drivers as owners too, also while they probe, so a
 * claim is user space's only where it was there before and after the drivers
 * were looked at and no member has such a driver. Members that are not PCI
 * functions have drivers of other kinds that cannot be told apart here.
 *
 * Context: process context; takes the lock of the group.
 */
void iow_group_judge_owner(struct iommu_group *group, struct iow_group *facts)
{
	const bool claimed = iommu_group_dma_owner_claimed(group);

	if (facts->kernel_drivers || (!claimed && !facts->claimed))
		facts->user_owned = IOWARDEN_ANSWER_NO;
	else if (facts->busy || claimed != facts->claimed)
		facts->user_owned_unknown = IOWARDEN_REASON_BUSY;
	else if (!facts->other_devices)
		facts->user_owned = IOWARDEN_ANSWER_YES;
}

/**
 * iow_group_sight() - what this kernel tells about groups
 *
 * Context: any.
 * Return: bits of enum iowarden_sight.
 */
u32 iow_group_sight(void)
{
	u32 bits = IOWARDEN_SIGHT_USER_OWNER;

	if (IOW_HAS_GROUP_ISOLATED_MSI)
		bits |= IOWARDEN_SIGHT_ISOLATED_MSI;
	if (IOW_HAS_CAP_ENFORCE_CACHE_COHERENCY)
		bits |= IOWARDEN_SIGHT_ENFORCED_COHERENCY;
	return bits;
}
