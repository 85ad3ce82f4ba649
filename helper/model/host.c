// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "model/host.h"

static const char *const use_kind_table[] = {
	"mount", "swap", "route", "console", "keyboard", "holder",
};

const struct names use_kind_names = { use_kind_table, 6 };

#define ANSWER(member, name_)						\
	FIELD(host, member, FIELD_ANSWER, .name = name_, .names = &answer_names)

const struct field host_fields[HOST_FIELDS] = {
	[HOST_COMMAND_LINE] = FIELD(host, command_line, FIELD_TEXT,
		.name = "command_line"),
	[HOST_UNSAFE_INTERRUPTS] = ANSWER(unsafe_interrupts,
					  "unsafe_interrupts"),
	[HOST_NOIOMMU_MODE] = ANSWER(noiommu_mode, "noiommu_mode"),
	[HOST_DENYLIST_DISABLED] = ANSWER(denylist_disabled,
					  "denylist_disabled"),
	[HOST_INTERRUPTS_REMAPPED] = ANSWER(interrupts_remapped,
					    "interrupts_remapped"),
	[HOST_OVERRIDE_PATCH] = ANSWER(override_patch, "override_patch"),
	[HOST_OVERRIDE_WARNED] = ANSWER(override_warned, "override_warned"),
	[HOST_FIRMWARE_TABLE] = FIELD(host, firmware_table, FIELD_TEXT,
		.name = "firmware_table"),
	[HOST_IOMMU_UNITS] = FIELD(host, iommu_units, FIELD_NUMBER,
		.name = "iommu_units"),
};

const struct field use_fields[USE_FIELDS] = {
	[USE_DEVICE] = FIELD(use, device, FIELD_ADDRESS, .name = "device"),
	[USE_KIND] = FIELD(use, kind, FIELD_ENUM, .name = "kind",
		.names = &use_kind_names),
	[USE_WHAT] = FIELD(use, what, FIELD_TEXT, .name = "what"),
	[USE_THROUGH] = FIELD(use, through, FIELD_TEXT, .name = "through"),
};

void use_free(struct use *use)
{
	free(use->what);
	free(use->through);
	*use = (struct use){ 0 };
}

void host_free(struct host *host)
{
	free(host->command_line);
	free(host->firmware_table);
	*host = (struct host){ 0 };
}
