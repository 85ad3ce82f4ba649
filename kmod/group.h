/* SPDX-License-Identifier: GPL-2.0 */
/* What is known of one IOMMU group. */
#ifndef IOW_GROUP_H
#define IOW_GROUP_H

#include <linux/types.h>

struct iommu_group;
struct iow_device;

/**
 * struct iow_group - facts about one IOMMU group
 * @id: its number
 * @pci_devices: PCI functions in it
 * @other_devices: members that are not PCI functions
 * @kernel_drivers: of the PCI functions, those whose driver made the kernel
 *		    claim their DMA
 * @busy: of the PCI functions, those whose driver is not known
 * @isolated_msi: enum iowarden_answer, 0 if not known
 * @enforced_coherency: likewise
 * @user_owned: likewise
 * @user_owned_unknown: enum iowarden_reason, 0 if none
 * @claimed: somebody had claimed its DMA when it was first looked at
 */
struct iow_group {
	u32 id;
	u32 pci_devices;
	u32 other_devices;
	u32 kernel_drivers;
	u32 busy;
	u8 isolated_msi;
	u8 enforced_coherency;
	u8 user_owned;
	u8 user_owned_unknown;
	bool claimed;
};

void iow_group_read(struct iommu_group *group, struct iow_group *facts);
void iow_group_count(struct iow_group *facts, const struct iow_device *member);
void iow_group_judge_owner(struct iommu_group *group, struct iow_group *facts);
u32 iow_group_sight(void);

#endif /* IOW_GROUP_H */
