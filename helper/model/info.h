/* SPDX-License-Identifier: GPL-2.0 */
/* What the module says of itself. */
#ifndef MODEL_INFO_H
#define MODEL_INFO_H

#include "model/field.h"

enum info_field {
	INFO_MODULE_VERSION,
	INFO_ABI_VERSION,
	INFO_LOAD_TIME,
	INFO_GENERATION,
	INFO_SIGHT,
	INFO_DEVICE_COUNT,
	INFO_GROUP_COUNT,
	INFO_FIELDS
};

/** struct info - what the module says of itself; empty without a module */
struct info {
	uint64_t known;
	char *module_version;
	uint64_t load_time;	/* nanoseconds since 1970, UTC */
	uint32_t abi_version, generation, sight;
	uint32_t device_count, group_count;
};

extern const struct field info_fields[INFO_FIELDS];

/** info_free() - free what the record owns, not the record */
void info_free(struct info *info);

#endif
