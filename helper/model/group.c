// SPDX-License-Identifier: GPL-2.0
#include "model/group.h"

const struct field group_fields[GROUP_FIELDS] = {
	[GROUP_ID] = FIELD(group, id, FIELD_NUMBER,
		.name = "id"),
	[GROUP_PCI_DEVICES] = FIELD(group, pci_devices, FIELD_NUMBER,
		.name = "pci_devices"),
	[GROUP_OTHER_DEVICES] = FIELD(group, other_devices, FIELD_NUMBER,
		.name = "other_devices"),
	[GROUP_ISOLATED_MSI] = FIELD(group, isolated_msi, FIELD_ANSWER,
		.name = "isolated_msi", .names = &answer_names),
	[GROUP_ENFORCED_COHERENCY] = FIELD(group, enforced_coherency,
		FIELD_ANSWER, .name = "enforced_coherency",
		.names = &answer_names),
	[GROUP_USER_OWNED] = FIELD(group, user_owned, FIELD_ANSWER,
		.name = "user_owned", .names = &answer_names),
	[GROUP_USER_OWNED_UNKNOWN] = FIELD(group, user_owned_unknown,
		FIELD_ENUM, .name = "user_owned_unknown",
		.names = &reason_names),
	[GROUP_GENERATION] = FIELD(group, generation, FIELD_NUMBER,
		.name = "generation"),
};
