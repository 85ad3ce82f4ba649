// SPDX-License-Identifier: GPL-2.0
/*
 * File systems that the kernel has open, whether or not a mount of them can be
 * seen: in the mount namespace of a service, or unmounted lazily while somebody
 * is still inside. Those that stand on disks mostly show which in sysfs.
 */
#include <errno.h>
#include <string.h>

#include "host/block.h"
#include "host/collector.h"

static const char nowhere[] = "a place that cannot be seen from here";

static int follow(const struct host_roots *roots, struct facts *facts,
		  enum use_kind kind, const char *what, const char *name)
{
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = kind, .what = what,
	};

	if (file_exists(roots->sysfs, "class/block/%s", name) ||
	    trail_has_passed(facts, name))
		return 0;
	return block_follow(&trail, name);
}

/* A folder of the name of each disk, beside others. */
static int follow_names(const struct host_roots *roots, struct facts *facts,
			const char *folder)
{
	struct text_list names;
	int ret = file_names(&names, roots->sysfs, "%s", folder);

	for (size_t i = 0; !ret && i < names.count; i++)
		ret = follow(roots, facts, USE_MOUNT, nowhere, names.item[i]);
	text_list_free(&names);
	return ret == -ENOMEM ? ret : 0;
}

/* A folder of each file system, in which there is one of the disks. */
static int follow_btrfs(const struct host_roots *roots, struct facts *facts)
{
	struct text_list systems;
	int ret = file_names(&systems, roots->sysfs, "fs/btrfs");

	for (size_t i = 0; !ret && i < systems.count; i++) {
		char folder[FILE_LINE];

		text_print(folder, sizeof(folder), "fs/btrfs/%s/devices",
			   systems.item[i]);
		ret = follow_names(roots, facts, folder);
	}
	text_list_free(&systems);
	return ret == -ENOMEM ? ret : 0;
}

/* fs/bcachefs/UUID/dev-0/block is a link to the disk. */
static int follow_members(const struct host_roots *roots, struct facts *facts,
			  const char *system)
{
	struct text_list members;
	char path[FILE_PATH];
	int ret = file_names(&members, roots->sysfs, "fs/bcachefs/%s", system);

	for (size_t i = 0; !ret && i < members.count; i++)
		if (!strncmp(members.item[i], "dev-", 4) &&
		    !file_real(path, roots->sysfs, "fs/bcachefs/%s/%s/block",
			       system, members.item[i]))
			ret = follow(roots, facts, USE_MOUNT, nowhere,
				     file_last(path));
	text_list_free(&members);
	return ret == -ENOMEM ? ret : 0;
}

static int follow_bcachefs(const struct host_roots *roots, struct facts *facts)
{
	struct text_list systems;
	int ret = file_names(&systems, roots->sysfs, "fs/bcachefs");

	for (size_t i = 0; !ret && i < systems.count; i++)
		ret = follow_members(roots, facts, systems.item[i]);
	text_list_free(&systems);
	return ret == -ENOMEM ? ret : 0;
}

/* sda1-8 is a journal inside of the file system on sda1, sdb1 one of its own. */
static int follow_journals(const struct host_roots *roots, struct facts *facts)
{
	struct text_list journals;
	int ret = file_names(&journals, roots->procfs, "fs/jbd2");

	for (size_t i = 0; !ret && i < journals.count; i++)
		ret = follow(roots, facts, USE_HOLDER, "the journal of an ext4",
			     journals.item[i]);
	text_list_free(&journals);
	return ret == -ENOMEM ? ret : 0;
}

int filesystem_collect(const struct host_roots *roots, struct facts *facts)
{
	static const char *const folders[] = {
		"fs/ext4", "fs/xfs", "fs/f2fs",
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < 3; i++)
		ret = follow_names(roots, facts, folders[i]);
	if (!ret)
		ret = follow_btrfs(roots, facts);
	if (!ret)
		ret = follow_bcachefs(roots, facts);
	return ret ? ret : follow_journals(roots, facts);
}
