// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/replacement.h"
#include "model/text.h"

/* Everything has reached the disk before the name points to it. */
static int write_stream(FILE *stream, replacement_writer *write,
			const void *content)
{
	int ret = write(stream, content);

	if (ret)
		return ret;
	errno = 0;
	if (fflush(stream) || ferror(stream) || fsync(fileno(stream)))
		return errno ? -errno : -EIO;
	return 0;
}

static int write_descriptor(int fd, mode_t mode, replacement_writer *write,
			    const void *content)
{
	FILE *stream = fchmod(fd, mode) ? NULL : fdopen(fd, "w");
	int ret;

	if (!stream) {
		ret = -errno;
		close(fd);
		return ret;
	}
	ret = write_stream(stream, write, content);
	if (fclose(stream) && !ret)
		ret = -errno;
	return ret;
}

/* Renaming would put a file in the place of a device, a pipe or a link. */
static int check_target(const char *path)
{
	struct stat status;

	if (lstat(path, &status))
		return errno == ENOENT ? 0 : -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	return S_ISREG(status.st_mode) ? 0 : -EEXIST;
}

static int write_beside(char *temporary, const char *path, mode_t mode,
			replacement_writer *write, const void *content)
{
	int fd = mkostemp(temporary, O_CLOEXEC);
	int ret;

	if (fd < 0)
		return -errno;
	ret = write_descriptor(fd, mode, write, content);
	if (!ret && rename(temporary, path))
		ret = -errno;
	if (ret)
		unlink(temporary);
	return ret;
}

int replacement_make(const char *path, mode_t mode, replacement_writer *write,
		     const void *content)
{
	int ret = check_target(path);
	char *temporary;

	if (ret)
		return ret;
	temporary = text_format("%s.XXXXXX", path);
	if (!temporary)
		return -ENOMEM;
	ret = write_beside(temporary, path, mode, write, content);
	free(temporary);
	return ret;
}

const char *replacement_explain(int error)
{
	return error == -EEXIST ? "is no regular file" : strerror(-error);
}
