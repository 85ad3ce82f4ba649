// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/block.h"
#include "host/file.h"
#include "host/node.h"
#include "host/nvidia.h"
#include "host/unseen.h"

/* /dev/vfio/N or /dev/vfio/noiommu-N holds every function of the group. */
static int follow_group(struct trail *trail, const char *path)
{
	const struct facts *facts = trail->facts;
	const char *name = file_last(path);
	unsigned long id = strtoul(name + strcspn(name, "0123456789"), NULL, 10);
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_has(device, DEVICE_GROUP) && device->group == id &&
		    device_is_endpoint(device))
			ret = trail_use(trail, device->address);
	}
	return ret;
}

static int follow_device(struct trail *trail, const char *path)
{
	bool arrived;

	return trail_arrive(trail, path, &arrived);
}

/**
 * struct family - device nodes of one class of sysfs
 * @folder: they are in, below /dev
 * @follow: gets the path of the node in sysfs
 * @partly: only some of them belong to a device
 */
static const struct family {
	const char *class, *folder;
	int (*follow)(struct trail *trail, const char *path);
	bool partly;
} families[] = {
	{ "drm", "dri/", follow_device, false },
	{ "accel", "accel/", follow_device, false },
	{ "graphics", "", follow_device, false },
	{ "sound", "snd/", follow_device, true },
	{ "vfio-dev", "vfio/devices/", follow_device, false },
	{ "vfio", "vfio/", follow_group, false },
};

static const struct family *find_family(const char *path)
{
	char class[FILE_PATH];

	if (file_real(class, path, "subsystem"))
		return NULL;
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (!strcmp(file_last(class), families[i].class))
			return &families[i];
	return NULL;
}

static int say_lost(const struct trail *trail, const char *name)
{
	return unseen_add(trail->facts,
		"which PCI device %s belongs to, which a process holds", name);
}

static int follow_character(struct trail *trail, const char *path)
{
	const struct family *family = find_family(path);
	char name[FILE_PATH];
	int ret;

	if (!family)
		return 0;
	text_print(name, sizeof(name), "/dev/%s%s", family->folder,
		   file_last(path));
	if (!trail_enter(trail, name))
		return 0;
	ret = family->follow(trail, path);
	trail_leave(trail);
	if (ret || trail->reached || family->partly)
		return ret;
	return say_lost(trail, name);
}

/* NVIDIA's driver numbers its nodes itself and puts none into sysfs. */
static int follow_nvidia(struct trail *trail, const struct node *node)
{
	char name[FILE_LINE];
	int ret;

	if (!nvidia_is_gpu(trail->roots, node))
		return 0;
	text_print(name, sizeof(name), "/dev/nvidia%u", node->minor);
	if (!trail_enter(trail, name))
		return 0;
	ret = nvidia_follow(trail, node->minor);
	trail_leave(trail);
	return ret || trail->reached ? ret : say_lost(trail, name);
}

int node_follow(struct trail *trail, const struct node *node)
{
	const char *sysfs = trail->roots->sysfs;
	char path[FILE_PATH];

	if (node->type == NODE_OTHER ||
	    file_real(path, sysfs, "dev/%s/%u:%u",
		      node->type == NODE_BLOCK ? "block" : "char", node->major,
		      node->minor))
		return node->type == NODE_CHARACTER ?
			follow_nvidia(trail, node) : 0;
	if (node->type == NODE_BLOCK)
		return block_follow(trail, file_last(path));
	return follow_character(trail, path);
}
