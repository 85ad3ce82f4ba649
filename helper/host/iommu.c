// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/unseen.h"

static const char *const tables[] = { "DMAR", "IVRS", "IORT", "VIOT" };

/* Their contents are for root, their names for everybody. */
static int collect_tables(const struct host_roots *roots, struct host *host)
{
	static const char folder[] = "firmware/acpi/tables";
	char *found = NULL;
	int ret = 0;

	if (file_exists(roots->sysfs, folder))
		return 0;
	for (size_t i = 0; !ret && i < sizeof(tables) / sizeof(*tables); i++)
		if (!file_exists(roots->sysfs, "%s/%s", folder, tables[i]))
			ret = text_append(&found, "%s%s", found ? " " : "",
					  tables[i]);
	if (!ret)
		ret = field_set_text(host_fields, HOST_FIRMWARE_TABLE, host,
				     found ? found : "",
				     found ? strlen(found) : 0);
	free(found);
	return ret;
}

/* A kernel built without any IOMMU driver has no such class. */
static int collect_units(const struct host_roots *roots, struct facts *facts)
{
	struct text_list units;
	int ret = file_names(&units, roots->sysfs, "class/iommu");

	if (ret == -ENOMEM)
		return ret;
	if (ret && (ret != -ENOENT || file_exists(roots->sysfs, "class")))
		return unseen_add(facts,
			"how many IOMMUs the kernel drives: /sys/class/iommu: %s",
			strerror(-ret));
	field_set_number(host_fields, HOST_IOMMU_UNITS, &facts->host,
			 units.count);
	text_list_free(&units);
	return 0;
}

int iommu_collect(const struct host_roots *roots, struct facts *facts)
{
	int ret = collect_tables(roots, &facts->host);

	return ret ? ret : collect_units(roots, facts);
}
