// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "model/group.h"

static const char *const region_kind_table[] = {
	"direct", "direct-relaxable", "reserved", "msi",
};

const struct names region_kind_names = { region_kind_table, 4 };

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
	[GROUP_TYPE] = FIELD(group, type, FIELD_TEXT, .name = "type"),
	[GROUP_NOIOMMU] = FIELD(group, noiommu, FIELD_FLAG,
		.name = "noiommu"),
	[GROUP_RESERVED_COUNT] = FIELD(group, reserved_count, FIELD_NUMBER,
		.name = "reserved_count"),
};

const struct field region_fields[REGION_FIELDS] = {
	[REGION_START] = FIELD(region, start, FIELD_HEX,
		.name = "start", .digits = 16),
	[REGION_END] = FIELD(region, end, FIELD_HEX,
		.name = "end", .digits = 16),
	[REGION_KIND] = FIELD(region, kind, FIELD_ENUM,
		.name = "type", .names = &region_kind_names),
};

void group_free(struct group *group)
{
	free(group->type);
	group->type = NULL;
}
