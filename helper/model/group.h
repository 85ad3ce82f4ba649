/* SPDX-License-Identifier: GPL-2.0 */
/* One IOMMU group of the kernel. Its PCI members name it themselves. */
#ifndef MODEL_GROUP_H
#define MODEL_GROUP_H

#include "model/field.h"

enum group_field {
	GROUP_ID,
	GROUP_PCI_DEVICES,
	GROUP_OTHER_DEVICES,
	GROUP_ISOLATED_MSI,
	GROUP_ENFORCED_COHERENCY,
	GROUP_USER_OWNED,
	GROUP_USER_OWNED_UNKNOWN,
	GROUP_GENERATION,
	GROUP_TYPE,
	GROUP_NOIOMMU,
	GROUP_RESERVED_COUNT,
	GROUP_FIELDS
};

/**
 * struct group - what is known of one group; only the id is always there
 * @type: of the host's default domain: DMA, DMA-FQ, identity, ...
 * @noiommu: vfio made the group up, in its no-IOMMU mode
 * @reserved_count: how many reserved regions the facts hold for it; not known
 *	where they could not be read
 */
struct group {
	uint64_t known;
	char *type;
	uint32_t id, generation, reserved_count;
	uint32_t pci_devices, other_devices;
	uint8_t isolated_msi, enforced_coherency, user_owned;
	uint8_t user_owned_unknown;
	bool noiommu;
};

enum region_field {
	REGION_START,
	REGION_END,
	REGION_KIND,
	REGION_FIELDS
};

/** enum region_kind - as the kernel's iommu_group_resv_type_string[] */
enum region_kind {
	REGION_DIRECT = 1,
	REGION_DIRECT_RELAXABLE,
	REGION_RESERVED,
	REGION_MSI,
};

extern const struct names region_kind_names;

/**
 * struct region - addresses that a group's devices use for something else
 * @end: the last of them
 */
struct region {
	uint64_t known;
	uint64_t start, end;
	uint32_t group;
	uint8_t kind;
};

extern const struct field group_fields[GROUP_FIELDS];
extern const struct field region_fields[REGION_FIELDS];

/** group_free() - free what the record owns, not the record */
void group_free(struct group *group);

#endif
