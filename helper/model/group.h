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
	GROUP_FIELDS
};

/** struct group - what is known of one group; only the id is always there */
struct group {
	uint64_t known;
	uint32_t id, generation;
	uint32_t pci_devices, other_devices;
	uint8_t isolated_msi, enforced_coherency, user_owned;
	uint8_t user_owned_unknown;
};

extern const struct field group_fields[GROUP_FIELDS];

#endif
