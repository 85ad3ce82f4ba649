// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/block.h"
#include "host/collector.h"
#include "host/mount.h"
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

/*
 * A swap file lies on a file system, whose mount counts. Where it does not stand
 * on a disk, that is not where the file is: it was unmounted lazily.
 */
static int follow_file(struct facts *facts, const struct mount_table *mounts,
		       const char *file)
{
	const struct mount *mount = mount_table_at(mounts, file);
	enum ground ground = mount ? mount_ground(mount) : GROUND_NONE;

	if (ground == GROUND_BLOCK || ground == GROUND_SOURCE)
		return 0;
	return unseen_add(facts,
		"which PCI device swap file %s stands on: no mounted disk holds it",
		file);
}

static int follow_all(const struct host_roots *roots, struct facts *facts,
		      const struct mount_table *mounts, char *table)
{
	int ret = 0;

	for (char *line; !ret && (line = strsep(&table, "\n"));) {
		char *rest, *area = strtok_r(line, " \t", &rest);
		const char *type = area ? strtok_r(NULL, " \t", &rest) : NULL;

		if (type && !strcmp(type, "partition"))
			ret = follow(roots, facts, octal_decode(area));
		else if (type && !strcmp(type, "file"))
			ret = follow_file(facts, mounts, octal_decode(area));
	}
	return ret;
}

static int read_mounts(const struct host_roots *roots, struct facts *facts,
		       char *table)
{
	struct mount_table mounts;
	int ret = mount_table_read(&mounts, roots);

	/* Without mounts no swap file is known to be on one. */
	if (ret != -ENOMEM)
		ret = follow_all(roots, facts, &mounts, table);
	mount_table_free(&mounts);
	return ret;
}

int swap_collect(const struct host_roots *roots, struct facts *facts)
{
	char *table;
	int ret = file_text(&table, roots->procfs, "swaps");

	if (ret == -ENOMEM)
		return ret;
	/* A kernel that was built without swap has no such file. */
	if (ret == -ENOENT && !file_exists(roots->procfs, "cmdline"))
		return 0;
	if (ret)
		return unseen_add(facts,
			"which devices hold swap: /proc/swaps: %s",
			strerror(-ret));
	ret = read_mounts(roots, facts, table);
	free(table);
	return ret;
}
