// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "host/file.h"
#include "host/interface.h"

static const char lower[] = "lower_";

static int follow_lower(struct trail *trail, const char *name)
{
	struct text_list links;
	int ret = file_names(&links, trail->roots->sysfs, "class/net/%s", name);

	if (ret)
		return ret == -ENOMEM ? ret : 0;
	for (size_t i = 0; !ret && i < links.count; i++)
		if (!strncmp(links.item[i], lower, strlen(lower)))
			ret = interface_follow(trail,
				links.item[i] + strlen(lower));
	text_list_free(&links);
	return ret;
}

int interface_follow(struct trail *trail, const char *name)
{
	char path[FILE_PATH];
	bool arrived = false;
	int ret = 0;

	if (!trail_enter(trail, name))
		return 0;
	if (!file_real(path, trail->roots->sysfs, "class/net/%s/device", name))
		ret = trail_arrive(trail, path, &arrived);
	/* The port of a switch chip has a device too, but no PCI function. */
	if (!ret && !arrived)
		ret = follow_lower(trail, name);
	trail_leave(trail);
	return ret;
}
