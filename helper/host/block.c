// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "host/block.h"
#include "host/unseen.h"

/*
 * Disks that stand on no PCI function: in memory, on a file whose own mount
 * counts, or soldered to the board.
 */
static const char *const elsewhere[] = {
	"loop", "zram", "ram", "brd", "pmem", "mmcblk", "mtdblock", "fd",
};

int block_by_number(const struct host_roots *roots, const char *number,
		    char name[FILE_LINE])
{
	char path[FILE_PATH];
	int ret = file_real(path, roots->sysfs, "dev/block/%s", number);

	if (!ret)
		text_print(name, FILE_LINE, "%s", file_last(path));
	return ret;
}

static int by_mapper_name(const struct host_roots *roots, const char *wanted,
			  char name[FILE_LINE])
{
	struct text_list blocks;
	char label[FILE_LINE];
	int ret = file_names(&blocks, roots->sysfs, "class/block");

	if (ret)
		return ret;
	ret = -ENOENT;
	for (size_t i = 0; ret && i < blocks.count; i++) {
		if (file_line(label, roots->sysfs, "class/block/%s/dm/name",
			      blocks.item[i]) || strcmp(label, wanted))
			continue;
		text_print(name, FILE_LINE, "%s", blocks.item[i]);
		ret = 0;
	}
	text_list_free(&blocks);
	return ret;
}

/* For /dev/disk/by-uuid/... and the like, which only /dev knows. */
static int by_status(const struct host_roots *roots, const char *below,
		     char name[FILE_LINE])
{
	char path[FILE_PATH], number[FILE_LINE];
	struct stat status;

	if (!roots->dev)
		return -ENOENT;
	text_print(path, sizeof(path), "%s/%s", roots->dev, below);
	if (stat(path, &status))
		return -errno;
	if (!S_ISBLK(status.st_mode))
		return -ENOTBLK;
	text_print(number, sizeof(number), "%u:%u", major(status.st_rdev),
		   minor(status.st_rdev));
	return block_by_number(roots, number, name);
}

int block_by_node(const struct host_roots *roots, const char *node,
		  char name[FILE_LINE])
{
	static const char folder[] = "/dev/", mapper[] = "mapper/";
	const char *below = node + strlen(folder);
	int ret;

	if (strncmp(node, folder, strlen(folder)))
		return -EINVAL;
	/* /dev/cciss/c0d0 is cciss!c0d0; a volume /dev/group/sda is no sda. */
	text_print(name, FILE_LINE, "%s", below);
	for (char *slash = name; (slash = strchr(slash, '/'));)
		*slash = '!';
	if (*name && !file_exists(roots->sysfs, "class/block/%s", name))
		return 0;
	ret = -ENOENT;
	if (!strncmp(below, mapper, strlen(mapper)))
		ret = by_mapper_name(roots, below + strlen(mapper), name);
	if (ret && ret != -ENOMEM)
		ret = by_status(roots, below, name);
	return ret;
}

static bool is_elsewhere(const char *name)
{
	for (size_t i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++) {
		size_t length = strlen(elsewhere[i]);

		if (!strncmp(name, elsewhere[i], length) &&
		    isdigit((unsigned char)name[length]))
			return true;
	}
	return false;
}

static int lose(struct trail *trail, const char *name)
{
	if (is_elsewhere(name))
		return 0;
	return unseen_add(trail->facts,
		"which PCI device %s stands on, of which the host uses a %s: sysfs leads to none",
		name, names_get(&use_kind_names, trail->kind));
}

static int arrive(struct trail *trail, const char *path, const char *name)
{
	bool arrived;
	int ret = trail_arrive(trail, path, &arrived);

	return ret || arrived ? ret : lose(trail, name);
}

/* Of the links in a subsystem's folder: controllers, but no namespaces. */
static bool is_controller(const char *name)
{
	return !strncmp(name, "nvme", 4) && name[4] &&
	       !name[4 + strspn(name + 4, "0123456789")];
}

/* A disk of several NVMe controllers stands on all of them. */
static int follow_controllers(struct trail *trail, const char *subsystem,
			      const char *disk)
{
	struct text_list links;
	char path[FILE_PATH];
	size_t found = 0;
	int ret = file_names(&links, subsystem, ".");

	for (size_t i = 0; !ret && i < links.count; i++) {
		if (!is_controller(links.item[i]) ||
		    file_real(path, subsystem, "%s", links.item[i]) ||
		    !trail_enter(trail, links.item[i]))
			continue;
		found++;
		ret = arrive(trail, path, links.item[i]);
		trail_leave(trail);
	}
	text_list_free(&links);
	if (!found && ret != -ENOMEM)
		ret = lose(trail, disk);
	return ret;
}

/*
 * Without native multipath each controller shows a shared namespace as a disk of
 * its own: whoever has one of these controllers writes what the others show.
 */
static int follow_twins(struct trail *trail, const char *folder)
{
	const char *sysfs = trail->roots->sysfs;
	char wanted[FILE_LINE], wwid[FILE_LINE], path[FILE_PATH];
	struct text_list blocks;
	int ret;

	if (strncmp(file_last(folder), "nvme", 4) ||
	    file_line(wanted, folder, "wwid") || !*wanted)
		return 0;
	ret = file_names(&blocks, sysfs, "class/block");
	for (size_t i = 0; !ret && i < blocks.count; i++) {
		const char *name = blocks.item[i];

		if (!strcmp(name, file_last(folder)) ||
		    file_line(wwid, sysfs, "class/block/%s/wwid", name) ||
		    strcmp(wwid, wanted) || !trail_enter(trail, name))
			continue;
		if (!file_real(path, sysfs, "class/block/%s", name))
			ret = arrive(trail, path, name);
		trail_leave(trail);
	}
	text_list_free(&blocks);
	return ret == -ENOMEM ? ret : 0;
}

static int follow_disk(struct trail *trail, const char *folder)
{
	char device[FILE_PATH];
	int ret;

	if (!file_real(device, folder, "device") &&
	    !strncmp(file_last(device), "nvme-subsys", 11))
		return follow_controllers(trail, device, file_last(folder));
	ret = arrive(trail, folder, file_last(folder));
	return ret ? ret : follow_twins(trail, folder);
}

static int follow_slaves(struct trail *trail, const struct text_list *slaves)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < slaves->count; i++)
		ret = block_follow(trail, slaves->item[i]);
	return ret;
}

static int follow_folder(struct trail *trail, char *folder)
{
	struct text_list slaves;
	int ret;

	/* A partition lies in the folder of its disk. */
	if (!file_exists(folder, "partition"))
		sysfs_last(folder);
	ret = file_names(&slaves, folder, "slaves");
	if (ret == -ENOMEM)
		return ret;
	ret = slaves.count ? follow_slaves(trail, &slaves) :
			     follow_disk(trail, folder);
	text_list_free(&slaves);
	return ret;
}

int block_follow(struct trail *trail, const char *name)
{
	char folder[FILE_PATH];
	int ret;

	if (!trail_enter(trail, name))
		return lose(trail, name);
	if (file_real(folder, trail->roots->sysfs, "class/block/%s", name))
		ret = lose(trail, name);
	else
		ret = follow_folder(trail, folder);
	trail_leave(trail);
	return ret;
}
