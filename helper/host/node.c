// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/file.h"
#include "host/node.h"
#include "host/unseen.h"

/**
 * struct family - device nodes of one kind
 * @prefix: of the path; digits follow
 * @class: of sysfs, where the last component of the path is found
 * @follow: used where there is no class; gets the digits
 */
struct family {
	const char *prefix, *class;
	int (*follow)(struct trail *trail, const char *number);
};

/* /dev/vfio/N holds every function of the group. */
static int follow_group(struct trail *trail, const char *number)
{
	const struct facts *facts = trail->facts;
	unsigned long id = strtoul(number, NULL, 10);
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_has(device, DEVICE_GROUP) && device->group == id &&
		    device_is_endpoint(device))
			ret = trail_use(trail, device->address);
	}
	return ret;
}

/* Lines such as "Device Minor: \t 0" in a file of NVIDIA's driver. */
static bool has_minor(const struct host_roots *roots, const char *gpu,
		      const char *number)
{
	static const char label[] = "Device Minor:";
	const char *found;
	char *text;
	bool has = false;

	if (file_text(&text, roots->procfs, "driver/nvidia/gpus/%s/information",
		      gpu))
		return false;
	found = strstr(text, label);
	if (found)
		has = strtoul(found + strlen(label), NULL, 10) ==
		      strtoul(number, NULL, 10);
	free(text);
	return has;
}

static int follow_nvidia(struct trail *trail, const char *number)
{
	struct text_list gpus;
	bool arrived;
	int ret = file_names(&gpus, trail->roots->procfs, "driver/nvidia/gpus");

	for (size_t i = 0; !ret && i < gpus.count; i++)
		if (has_minor(trail->roots, gpus.item[i], number))
			ret = trail_arrive(trail, gpus.item[i], &arrived);
	text_list_free(&gpus);
	return ret == -ENOMEM ? ret : 0;
}

static const struct family families[] = {
	{ "/dev/dri/card", "drm", NULL },
	{ "/dev/dri/renderD", "drm", NULL },
	{ "/dev/accel/accel", "accel", NULL },
	{ "/dev/fb", "graphics", NULL },
	{ "/dev/vfio/devices/vfio", "vfio-dev", NULL },
	{ "/dev/vfio/noiommu-", NULL, follow_group },
	{ "/dev/vfio/", NULL, follow_group },
	{ "/dev/nvidia", NULL, follow_nvidia },
};

static const struct family *find_family(const char *path)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		size_t length = strlen(families[i].prefix);

		if (!strncmp(path, families[i].prefix, length) &&
		    isdigit((unsigned char)path[length]))
			return &families[i];
	}
	return NULL;
}

bool node_matters(const char *path)
{
	return find_family(path);
}

static int follow_class(struct trail *trail, const char *class,
			const char *name)
{
	char path[FILE_PATH];
	bool arrived;

	if (file_real(path, trail->roots->sysfs, "class/%s/%s/device", class,
		      name))
		return 0;
	return trail_arrive(trail, path, &arrived);
}

/* "/dev/dri/card0 (deleted)" is still held. */
int node_follow(struct trail *trail, const char *path)
{
	const struct family *family = find_family(path);
	char name[FILE_PATH];
	int ret;

	text_print(name, sizeof(name), "%.*s", (int)strcspn(path, " "), path);
	if (!trail_enter(trail, name))
		return 0;
	if (family->class)
		ret = follow_class(trail, family->class, file_last(name));
	else
		ret = family->follow(trail, name + strlen(family->prefix));
	trail_leave(trail);
	if (ret || trail->reached)
		return ret;
	return unseen_add(trail->facts,
		"which PCI device %s belongs to, which a process holds", name);
}
