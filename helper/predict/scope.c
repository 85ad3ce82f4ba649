// SPDX-License-Identifier: GPL-2.0
#include "predict/scope.h"

struct scope scope_of(const struct facts *facts)
{
	struct scope scope = { .facts = facts };

	for (size_t i = 0; !scope.known && i < facts->group_count; i++)
		scope.known = !facts->groups[i].noiommu;
	return scope;
}

bool scope_has(const struct scope *scope, const struct device *device)
{
	if (scope->known)
		return facts_real_group(scope->facts, device) ||
		       device_has(device, DEVICE_GROUP_UNKNOWN);
	return !device_is_iommu(device);
}
