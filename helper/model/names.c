// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>
#include <string.h>

#include "model/names.h"

#define NAMES(kind, ...)						\
	static const char *const kind##_table[] = { __VA_ARGS__ };	\
	const struct names kind##_names = {				\
		kind##_table, sizeof(kind##_table) / sizeof(*kind##_table) }

NAMES(port_type, "conventional", "endpoint", "legacy-endpoint", "root-port",
      "upstream-port", "downstream-port", "pcie-to-pci-bridge",
      "pci-to-pcie-bridge", "rc-endpoint", "rc-event-collector");
NAMES(reason, "asleep", "gone", "busy", "no-access", "malformed");
NAMES(capability, "absent", "off", "on");
NAMES(answer, "no", "yes");
NAMES(quirk, "acs-enabled", "bridge-xlate-root", "pcie-bridge-alias",
      "no-bridge-alias");
NAMES(sight, "isolated-msi", "enforced-coherency", "user-owner", "ats", "pri",
      "pasid", "real-dma-device");

const char *names_get(const struct names *names, uint64_t value)
{
	if (value < 1 || value > names->count)
		return NULL;
	return names->name[value - 1];
}

uint64_t names_find(const struct names *names, const char *name)
{
	for (unsigned int i = 0; i < names->count; i++)
		if (!strcmp(names->name[i], name))
			return i + 1;
	return 0;
}
