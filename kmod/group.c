// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/irqdomain.h>
#include <linux/pci.h>
#include <linux/iowarden.h>
#include "device.h"
#include "group.h"

/**
 * struct survey - what the members of a group add up to
 * @others: members that are not PCI functions
 * @not_remapped: members whose interrupts are not remapped
 */
struct survey {
	unsigned int others;
	unsigned int not_remapped;
};

/* Called under the lock of the group, which keeps @dev in it. */
static int survey_member(struct device *dev, void *data)
{
	struct survey *survey = data;

	if (!dev_is_pci(dev))
		survey->others++;
	if (!device_iommu_capable(dev, IOMMU_CAP_INTR_REMAP))
		survey->not_remapped++;
	return 0;
}

/**
 * iow_group_read() - read what a group says of itself
 * @group: the group; the caller holds a reference
 * @system_isolates_msi: iow_group_system_isolates_msi()
 * @facts: filled
 *
 * Whether interrupts are isolated is answered as VFIO in Linux 6.1 asks for it
 * (vfio_iommu_type1_attach_group()), but for every member, not for any.
 *
 * Context: process context; takes the lock of the group, under which the IOMMU
 *	    driver attaches it to a domain.
 */
void iow_group_read(struct iommu_group *group, bool system_isolates_msi,
		    struct iow_group *facts)
{
	struct survey survey = { };

	memset(facts, 0, sizeof(*facts));
	facts->id = iommu_group_id(group);
	facts->claimed = iommu_group_dma_owner_claimed(group);
	iommu_group_for_each_dev(group, &survey, survey_member);
	facts->other_devices = survey.others;
	facts->isolated_msi = system_isolates_msi || !survey.not_remapped ?
			      IOWARDEN_ANSWER_YES : IOWARDEN_ANSWER_NO;
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
 * iow_group_system_isolates_msi() - are interrupts of all devices isolated?
 *
 * Context: process context; may sleep.
 * Return: true if so; false says nothing of a single group.
 */
bool iow_group_system_isolates_msi(void)
{
	return irq_domain_check_msi_remap();
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
