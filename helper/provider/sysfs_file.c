// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/sysfs_file.h"

int sysfs_text(int dir, const char *file, char text[SYSFS_TEXT])
{
	int fd = openat(dir, file, O_RDONLY | O_CLOEXEC);
	ssize_t length;
	int ret = 0;

	if (fd < 0)
		return -errno;
	length = read(fd, text, SYSFS_TEXT - 1);
	if (length < 0)
		ret = -errno;
	close(fd);
	if (ret)
		return ret;
	text[length] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return 0;
}

int sysfs_number(int dir, const char *file, uint32_t *number)
{
	char text[SYSFS_TEXT], *end;
	unsigned long value;
	int ret;

	ret = sysfs_text(dir, file, text);
	if (ret)
		return ret;
	errno = 0;
	value = strtoul(text, &end, 0);
	if (errno || end == text || *end || value > UINT32_MAX)
		return -EBADMSG;
	*number = (uint32_t)value;
	return 0;
}

int sysfs_link(int dir, const char *link, char target[4096])
{
	ssize_t length = readlinkat(dir, link, target, 4095);

	if (length < 0)
		return -errno;
	target[length] = '\0';
	return 0;
}

char *sysfs_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (!slash)
		return path;
	*slash = '\0';
	return slash + 1;
}
