// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/file.h"
#include "host/nvidia.h"

/* From here on there are nodes of no single GPU: modeset, control. */
#define MINOR_SHARED 250

/* A line "195 nvidia" or "195 nvidia-frontend"; nvidia-uvm has another number. */
static bool is_line_of_gpus(char *line, unsigned int major)
{
	char *name;

	if (strtoul(line, &name, 10) != major || name == line)
		return false;
	name += strspn(name, " ");
	return !strcmp(name, "nvidia") || !strcmp(name, "nvidia-frontend");
}

bool nvidia_is_gpu(const struct host_roots *roots, const struct node *node)
{
	char *text, *rest;
	bool is = false;

	if (node->minor >= MINOR_SHARED ||
	    file_text(&text, roots->procfs, "devices"))
		return false;
	rest = text;
	for (char *line; !is && (line = strsep(&rest, "\n"));)
		is = is_line_of_gpus(line, node->major);
	free(text);
	return is;
}

/* Lines such as "Device Minor: \t 0" in a file of the driver. */
static bool has_minor(const struct host_roots *roots, const char *gpu,
		      unsigned int minor)
{
	static const char label[] = "Device Minor:";
	const char *found;
	char *text;
	bool has;

	if (file_text(&text, roots->procfs, "driver/nvidia/gpus/%s/information",
		      gpu))
		return false;
	found = strstr(text, label);
	has = found && strtoul(found + strlen(label), NULL, 10) == minor;
	free(text);
	return has;
}

int nvidia_follow(struct trail *trail, unsigned int minor)
{
	struct text_list gpus;
	bool arrived;
	int ret = file_names(&gpus, trail->roots->procfs, "driver/nvidia/gpus");

	for (size_t i = 0; !ret && i < gpus.count; i++)
		if (has_minor(trail->roots, gpus.item[i], minor))
			ret = trail_arrive(trail, gpus.item[i], &arrived);
	text_list_free(&gpus);
	return ret == -ENOMEM ? ret : 0;
}
