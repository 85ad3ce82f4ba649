// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/block.h"
#include "host/collector.h"
#include "host/octal.h"
#include "host/unseen.h"

static int follow(const struct host_roots *roots, struct facts *facts,
		  const char *area)
{
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_SWAP, .what = area,
	};
	char name[FILE_LINE];
	int ret = block_by_node(roots, area, name);

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts,
			"which PCI device swap area %s stands on: it is not in sysfs",
			area);
	return block_follow(&trail, name);
}

static bool is_below(const char *path, const char *mount)
{
	size_t length = strlen(mount);

	if (!strcmp(mount, "/"))
		return true;
	return !strncmp(path, mount, length) &&
	       (path[length] == '/' || !path[length]);
}

/* A swap file lies on a file system, whose mount counts if it is still there. */
static int follow_file(struct facts *facts, const char *file)
{
	for (size_t i = 0; i < facts->use_count; i++)
		if (facts->uses[i].kind == USE_MOUNT &&
		    is_below(file, facts->uses[i].what))
			return 0;
	return unseen_add(facts,
		"which PCI device swap file %s stands on: no mounted disk holds it",
		file);
}

static int follow_all(const struct host_roots *roots, struct facts *facts,
		      char *table)
{
	int ret = 0;

	for (char *line; !ret && (line = strsep(&table, "\n"));) {
		char *rest, *area = strtok_r(line, " \t", &rest);
		const char *type = area ? strtok_r(NULL, " \t", &rest) : NULL;

		if (type && !strcmp(type, "partition"))
			ret = follow(roots, facts, octal_decode(area));
		else if (type && !strcmp(type, "file"))
			ret = follow_file(facts, octal_decode(area));
	}
	return ret;
}

int swap_collect(const struct host_roots *roots, struct facts *facts)
{
	char *table;
	int ret = file_text(&table, roots->procfs, "swaps");

	if (ret == -ENOMEM)
		return ret;
	/* A kernel without swap has no such file, and a procfs of its own. */
	if (ret)
		return unseen_add(facts,
			"which devices hold swap: /proc/swaps: %s",
			strerror(-ret));
	ret = follow_all(roots, facts, table);
	free(table);
	return ret;
}
