// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/call.h"
#include "host/route_dump.h"

/* What is known without asking is enough: a dead server must not stop us. */
static int find_node(const char *path, struct node *node)
{
	struct statx status;

	if (statx(AT_FDCWD, path, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT,
		  STATX_TYPE, &status))
		return -errno;
	*node = (struct node){
		.major = status.stx_rdev_major, .minor = status.stx_rdev_minor,
	};
	if (S_ISCHR(status.stx_mode))
		node->type = NODE_CHARACTER;
	if (S_ISBLK(status.stx_mode))
		node->type = NODE_BLOCK;
	return 0;
}

static int find_screen(const char *path, unsigned int terminal,
		       unsigned int *framebuffer)
{
	struct fb_con2fbmap map = { .console = terminal };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return -errno;
	ret = ioctl(fd, FBIOGET_CON2FBMAP, &map) ? -errno : 0;
	close(fd);
	*framebuffer = map.framebuffer;
	return ret;
}

const struct host_calls host_calls = {
	.node = find_node, .routes = route_dump, .screen = find_screen,
};
