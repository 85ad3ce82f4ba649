// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/irqdomain.h>
#include <linux/pci.h>
#include <linux/iowarden.h>
#include "group.h"

/**
 * struct survey - what the members of a group add up to
 * @others: members that are not PCI functions
 * @busy: PCI functions whose driver could not be looked at
 * @kernel_drivers: PCI functions whose driver made the kernel claim their DMA
 * @not_remapped: members whose interrupts are not remapped
 */
struct survey {
	unsigned int others;
	unsigned int busy;
	unsigned int kernel_drivers;
	unsigned int not_remapped;
};

/* Drivers that manage DMA themselves (vfio-pci, pcieport) do not claim it. */
static void survey_driver(struct device *dev, struct survey *survey)
{
	if (!device_trylock(dev)) {
		survey->busy++;
		return;
	}
	if (dev->driver && !to_pci_driver(dev->driver)->driver_managed_dma)
		survey->kernel_drivers++;
	device_unlock(dev);
}

/* Called under the lock of the group, which keeps @dev in it. */
static int survey_member(struct device *dev, void *data)
{
	struct survey *survey = data;

	if (dev_is_pci(dev))
		survey_driver(dev, survey);
	else
		survey->others++;
	if (!device_iommu_capable(dev, IOMMU_CAP_INTR_REMAP))
		survey->not_remapped++;
	return 0;
}

/*
 * The kernel counts ordinary drivers as owners too, so a claim is user space's
 * only where no member has such a driver. Members that are not PCI functions
 * have drivers of other kinds that cannot be told apart here.
 */
static void judge_owner(bool claimed, const struct survey *survey, struct iow_group *facts)
{
	if (!claimed || survey->kernel_drivers)
		facts->user_owned = IOWARDEN_ANSWER_NO;
	else if (survey->busy)
		facts->user_owned_unknown = IOWARDEN_REASON_BUSY;
	else if (!survey->others)
		facts->user_owned = IOWARDEN_ANSWER_YES;
}

/**
 * iow_group_read() - read what is known of a group
 * @group: the group; the caller holds a reference
 * @facts: filled; the count of PCI functions stays as it is
 *
 * Whether interrupts are isolated is answered as VFIO in Linux 6.1 asks for it
 * (vfio_iommu_type1_attach_group()), but for every member, not for any.
 *
 * Context: process context; takes the lock of the group, tries device locks.
 */
void iow_group_read(struct iommu_group *group, struct iow_group *facts)
{
	/*
	 * Asked before the drivers: a bind that starts in between still holds
	 * its device lock then; an unbind moves the generation.
	 */
	bool claimed = iommu_group_dma_owner_claimed(group);
	struct survey survey = { };

	*facts = (struct iow_group){
		.id = iommu_group_id(group),
		.pci_devices = facts->pci_devices,
		.is_read = true,
	};
	iommu_group_for_each_dev(group, &survey, survey_member);
	facts->other_devices = survey.others;
	facts->isolated_msi = irq_domain_check_msi_remap() || !survey.not_remapped ?
			      IOWARDEN_ANSWER_YES : IOWARDEN_ANSWER_NO;
	judge_owner(claimed, &survey, facts);
}

/**
 * iow_group_sight() - what this kernel tells about groups
 *
 * Context: any.
 * Return: bits of enum iowarden_sight.
 */
u32 iow_group_sight(void)
{
	return IOWARDEN_SIGHT_USER_OWNER;
}
