// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/block.h"
#include "host/collector.h"
#include "host/mount.h"
#include "host/unseen.h"
#include "model/span.h"

/*
 * File systems without a device number though there is hardware below them. Of
 * no others is the source believed: whoever mounts one may call it /dev/sda.
 */
static const struct {
	const char *type;
	enum ground ground;
} grounds[] = {
	{ "btrfs", GROUND_SOURCE }, { "bcachefs", GROUND_SOURCE },
	{ "zfs", GROUND_POOL },
	{ "nfs", GROUND_NETWORK }, { "nfs4", GROUND_NETWORK },
	{ "cifs", GROUND_NETWORK }, { "smb3", GROUND_NETWORK },
	{ "ceph", GROUND_NETWORK }, { "9p", GROUND_NETWORK },
	{ "virtiofs", GROUND_NETWORK }, { "ubifs", GROUND_NETWORK },
	{ "fuse.glusterfs", GROUND_NETWORK }, { "fuse.sshfs", GROUND_NETWORK },
};

enum ground mount_ground(const struct mount *mount)
{
	if (strncmp(mount->number, "0:", 2))
		return GROUND_BLOCK;
	for (size_t i = 0; i < sizeof(grounds) / sizeof(*grounds); i++)
		if (!strcmp(mount->type, grounds[i].type))
			return grounds[i].ground;
	return GROUND_NONE;
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

static int say_lost(const struct trail *trail, const struct mount *mount,
		    const char *node)
{
	return unseen_add(trail->facts,
		"which PCI device %s (%s) stands on, which is mounted: it is not in sysfs",
		node, mount->number);
}

static int follow_node(struct trail *trail, const struct mount *mount,
		       const char *node)
{
	char name[FILE_LINE];
	int ret = block_by_node(trail->roots, node, name);

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return say_lost(trail, mount, node);
	if (!strcmp(mount->type, "btrfs"))
		return follow_btrfs(trail, name);
	return block_follow(trail, name);
}

static int follow_span(struct trail *trail, const struct mount *mount,
		       struct span node)
{
	char *text = text_format("%.*s", (int)node.length, node.start);
	int ret = text ? follow_node(trail, mount, text) : -ENOMEM;

	free(text);
	return ret;
}

/* bcachefs names all its devices: /dev/sda:/dev/sdb. */
static int follow_source(struct trail *trail, const struct mount *mount)
{
	struct span rest = { mount->source, strlen(mount->source) };
	char separator = strcmp(mount->type, "bcachefs") ? '\0' : ':';
	int ret = 0;

	while (!ret && rest.length)
		ret = follow_span(trail, mount, span_cut(&rest, separator));
	return ret;
}

/* Of xfs, disks beside the one of the number: its log, its realtime part. */
static int follow_options(struct trail *trail, const struct mount *mount)
{
	struct span rest = { mount->options, strlen(mount->options) };
	int ret = 0;

	while (!ret && !strcmp(mount->type, "xfs") && rest.length) {
		struct span node = span_cut(&rest, ',');
		struct span name = span_cut(&node, '=');

		if (span_is(name, "logdev") || span_is(name, "rtdev"))
			ret = follow_span(trail, mount, node);
	}
	return ret;
}

static int follow_number(struct trail *trail, const struct mount *mount)
{
	char name[FILE_LINE];
	int ret = block_by_number(trail->roots, mount->number, name);

	if (ret == -ENOMEM)
		return ret;
	ret = ret ? say_lost(trail, mount, mount->source) :
		    block_follow(trail, name);
	return ret ? ret : follow_options(trail, mount);
}

static int follow(const struct host_roots *roots, struct facts *facts,
		  const struct mount *mount)
{
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_MOUNT,
		.what = mount->point,
	};

	switch (mount_ground(mount)) {
	case GROUND_BLOCK: return follow_number(&trail, mount);
	case GROUND_SOURCE: return follow_source(&trail, mount);
	case GROUND_NONE: return 0;
	case GROUND_POOL:
	case GROUND_NETWORK: break;
	}
	return unseen_add(facts, "which PCI devices mounts of type %s stand on",
			  mount->type);
}

/* Those of process 1 are the host's, wherever this process was put. */
static int say_hidden(struct facts *facts, int error)
{
	if (!error)
		return 0;
	return unseen_add(facts,
		"what is mounted outside this root or mount namespace: %s%s",
		error == -EXDEV ? "process 1 is not the host's" :
				  "/proc/1/mountinfo: ",
		error == -EXDEV ? "" : strerror(-error));
}

int mount_collect(const struct host_roots *roots, struct facts *facts)
{
	struct mount_table table;
	int ret = mount_table_read(&table, roots);

	if (ret && ret != -ENOMEM)
		ret = unseen_add(facts,
			"which devices are mounted: /proc/self/mountinfo: %s",
			strerror(-ret));
	for (size_t i = 0; !ret && i < table.count; i++)
		ret = follow(roots, facts, &table.mount[i]);
	if (!ret)
		ret = say_hidden(facts, table.error);
	mount_table_free(&table);
	return ret;
}
