// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/block.h"
#include "host/collector.h"
#include "host/octal.h"
#include "host/unseen.h"

/*
 * File systems that name no block device though there is hardware below them:
 * pools of their own, and servers behind a network card.
 */
static const char *const opaque[] = {
	"zfs", "bcachefs", "nfs", "nfs4", "cifs", "smb3", "ceph", "9p",
	"virtiofs", "ubifs", "fuse.glusterfs", "fuse.sshfs",
};

#define OPAQUE (sizeof(opaque) / sizeof(opaque[0]))

/** struct mount - the fields of a line of mountinfo that are needed */
struct mount {
	char *number, *point, *type, *source;
};

/* 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=... */
static bool parse(char *line, struct mount *mount)
{
	char *tail = strstr(line, " - ");
	char *rest = line;

	if (!tail)
		return false;
	*tail = '\0';
	tail += 3;
	strsep(&rest, " ");
	strsep(&rest, " ");
	mount->number = strsep(&rest, " ");
	strsep(&rest, " ");
	mount->point = strsep(&rest, " ");
	mount->type = strsep(&tail, " ");
	mount->source = strsep(&tail, " ");
	if (!mount->point || !mount->source)
		return false;
	octal_decode(mount->point);
	octal_decode(mount->source);
	return true;
}

/* Which opaque types there were: each is said once. */
static bool note_opaque(const char *type, bool seen[OPAQUE])
{
	for (size_t i = 0; i < OPAQUE; i++)
		if (!strcmp(type, opaque[i]))
			return seen[i] = true;
	return false;
}

/* The folder of btrfs that has this device: every device of the file system. */
static int btrfs_devices(const struct trail *trail, const char *name,
			 struct text_list *devices)
{
	const char *sysfs = trail->roots->sysfs;
	struct text_list systems;
	int ret = file_names(&systems, sysfs, "fs/btrfs");
	bool found = false;

	*devices = (struct text_list){ 0 };
	for (size_t i = 0; !ret && !found && i < systems.count; i++) {
		found = !file_exists(sysfs, "fs/btrfs/%s/devices/%s",
				     systems.item[i], name);
		if (found)
			ret = file_names(devices, sysfs, "fs/btrfs/%s/devices",
					 systems.item[i]);
	}
	text_list_free(&systems);
	return ret == -ENOMEM || found ? ret : -ENOENT;
}

static int follow_btrfs(struct trail *trail, const char *name)
{
	struct text_list devices;
	int ret = btrfs_devices(trail, name, &devices);

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		ret = unseen_add(trail->facts,
			"whether the btrfs on %s has more devices: /sys/fs/btrfs does not tell",
			name);
	if (!devices.count)
		return ret ? ret : block_follow(trail, name);
	for (size_t i = 0; !ret && i < devices.count; i++)
		ret = block_follow(trail, devices.item[i]);
	text_list_free(&devices);
	return ret;
}

/* Of major 0 are file systems that have no block device, or several. */
static int find_block(const struct host_roots *roots, const struct mount *mount,
		      char name[FILE_LINE])
{
	if (strncmp(mount->number, "0:", 2))
		return block_by_number(roots, mount->number, name);
	return block_by_node(roots, mount->source, name);
}

static bool is_on_block(const struct mount *mount)
{
	return strncmp(mount->number, "0:", 2) ||
	       !strncmp(mount->source, "/dev/", 5);
}

static int follow(const struct host_roots *roots, struct facts *facts,
		  const struct mount *mount)
{
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_MOUNT,
		.what = mount->point,
	};
	char name[FILE_LINE];
	int ret = find_block(roots, mount, name);

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts,
			"which PCI device %s (%s) stands on, which is mounted: it is not in sysfs",
			mount->source, mount->number);
	if (!strcmp(mount->type, "btrfs"))
		return follow_btrfs(&trail, name);
	return block_follow(&trail, name);
}

static int say_opaque(struct facts *facts, const bool seen[OPAQUE])
{
	int ret = 0;

	for (size_t i = 0; !ret && i < OPAQUE; i++)
		if (seen[i])
			ret = unseen_add(facts,
				"which PCI devices mounts of type %s stand on",
				opaque[i]);
	return ret;
}

static int follow_all(const struct host_roots *roots, struct facts *facts,
		      char *table)
{
	bool seen[OPAQUE] = { false };
	struct mount mount;
	int ret = 0;

	for (char *line; !ret && (line = strsep(&table, "\n"));)
		if (parse(line, &mount) && !note_opaque(mount.type, seen) &&
		    is_on_block(&mount))
			ret = follow(roots, facts, &mount);
	return ret ? ret : say_opaque(facts, seen);
}

int mount_collect(const struct host_roots *roots, struct facts *facts)
{
	char *table;
	int ret = file_text(&table, roots->procfs, "self/mountinfo");

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts,
			"which devices are mounted: /proc/self/mountinfo: %s",
			strerror(-ret));
	ret = follow_all(roots, facts, table);
	free(table);
	return ret;
}
