// SPDX-License-Identifier: GPL-2.0
/*
 * The patch that lets a command line split IOMMU groups is not in any released
 * kernel. A kernel that has it has its function, whose name everybody may read
 * even where addresses are hidden.
 */
#include <errno.h>
#include <string.h>

#include "host/collector.h"
#include "host/lines.h"
#include "host/unseen.h"

static const char patch[] = "pcie_acs_overrides";

/* ffffffff81000000 t pcie_acs_overrides.cold	[module] */
static bool is_patch(const char *line)
{
	const char *name = strchr(line, ' ');

	name = name ? strchr(name + 1, ' ') : NULL;
	if (!name || strncmp(name + 1, patch, strlen(patch)))
		return false;
	name += 1 + strlen(patch);
	return !*name || *name == '.' || *name == '\t';
}

/* Returns an answer, or 0 where there are no symbols to be seen. */
static unsigned int search(struct lines *lines)
{
	unsigned int answer = 0;

	for (const char *line; (line = lines_next(lines));) {
		if (is_patch(line))
			return ANSWER_YES;
		answer = ANSWER_NO;
	}
	return lines->error ? 0 : answer;
}

int symbol_collect(const struct host_roots *roots, struct facts *facts)
{
	unsigned int answer = 0;
	struct lines lines;
	int ret = lines_open_below(&lines, roots->procfs, "kallsyms");

	if (!ret) {
		answer = search(&lines);
		ret = lines.error;
		lines_close(&lines);
	}
	if (answer)
		return field_set_number(host_fields, HOST_OVERRIDE_PATCH,
					&facts->host, answer);
	return unseen_add(facts,
		"whether the kernel has the ACS override patch: /proc/kallsyms: %s",
		ret ? strerror(-ret) : "it is empty");
}
