// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "model/info.h"

const struct field info_fields[INFO_FIELDS] = {
	[INFO_MODULE_VERSION] = FIELD(info, module_version, FIELD_TEXT,
		.name = "module_version"),
	[INFO_ABI_VERSION] = FIELD(info, abi_version, FIELD_NUMBER,
		.name = "abi_version"),
	[INFO_LOAD_TIME] = FIELD(info, load_time, FIELD_NUMBER,
		.name = "load_time"),
	[INFO_GENERATION] = FIELD(info, generation, FIELD_NUMBER,
		.name = "generation"),
	[INFO_SIGHT] = FIELD(info, sight, FIELD_SET,
		.name = "sight", .names = &sight_names),
	[INFO_DEVICE_COUNT] = FIELD(info, device_count, FIELD_NUMBER,
		.name = "device_count"),
	[INFO_GROUP_COUNT] = FIELD(info, group_count, FIELD_NUMBER,
		.name = "group_count"),
};

void info_free(struct info *info)
{
	free(info->module_version);
	*info = (struct info){ 0 };
}
