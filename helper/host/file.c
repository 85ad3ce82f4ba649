// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/file.h"

#define CHUNK 4096

static int make_path(char path[FILE_PATH], const char *root,
		     const char *format, va_list args)
{
	size_t length;

	if (!root)
		return -ENOENT;
	text_print(path, FILE_PATH, "%s/", root);
	length = strlen(path);
	text_vprint(path + length, FILE_PATH - length, format, args);
	return strlen(path) < FILE_PATH - 1 ? 0 : -ENAMETOOLONG;
}

/* The path that the arguments of the calling function name. */
#define MAKE_PATH(path, root, format) ({				\
	va_list args_;							\
	int ret_;							\
									\
	va_start(args_, format);					\
	ret_ = make_path(path, root, format, args_);			\
	va_end(args_);							\
	ret_; })

int file_exists(const char *root, const char *format, ...)
{
	char path[FILE_PATH];
	int ret = MAKE_PATH(path, root, format);

	if (ret)
		return ret;
	return faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) ? -errno : 0;
}

int file_line(char line[FILE_LINE], const char *root, const char *format, ...)
{
	char path[FILE_PATH];
	int ret = MAKE_PATH(path, root, format);

	return ret ? ret : sysfs_text(AT_FDCWD, path, line);
}

int file_bytes(void *bytes, size_t length, unsigned int at, const char *root,
	       const char *format, ...)
{
	char path[FILE_PATH];
	int fd, ret = MAKE_PATH(path, root, format);
	ssize_t got;

	if (ret)
		return ret;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	got = pread(fd, bytes, length, at);
	if (got < 0)
		ret = -errno;
	else if ((size_t)got < length)
		ret = -ENODATA;
	close(fd);
	return ret;
}

static int read_all(int fd, char **text)
{
	size_t size = 0, length = 0;
	ssize_t got = 1;

	for (*text = NULL; got > 0; length += got > 0 ? (size_t)got : 0) {
		char *more = *text;

		if (size - length <= CHUNK) {
			size = size * 2 + CHUNK + 1;
			more = realloc(*text, size);
		}
		if (!more)
			return -ENOMEM;
		*text = more;
		got = read(fd, more + length, CHUNK);
	}
	(*text)[length] = '\0';
	return got < 0 ? -errno : 0;
}

int file_text(char **text, const char *root, const char *format, ...)
{
	char path[FILE_PATH];
	int fd, ret = MAKE_PATH(path, root, format);

	*text = NULL;
	if (ret)
		return ret;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = read_all(fd, text);
	close(fd);
	if (ret) {
		free(*text);
		*text = NULL;
	}
	return ret;
}

int file_real(char path[FILE_PATH], const char *root, const char *format, ...)
{
	char given[FILE_PATH];
	int ret = MAKE_PATH(given, root, format);

	if (ret)
		return ret;
	return realpath(given, path) ? 0 : -errno;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list_names(DIR *directory, struct text_list *names)
{
	struct dirent *entry;

	while ((entry = readdir(directory)))
		if (entry->d_name[0] != '.' &&
		    text_list_add(names, "%s", entry->d_name))
			return -ENOMEM;
	if (names->count)
		qsort(names->item, names->count, sizeof(*names->item), by_name);
	return 0;
}

int file_names(struct text_list *names, const char *root, const char *format,
	       ...)
{
	char path[FILE_PATH];
	int ret = MAKE_PATH(path, root, format);
	DIR *directory;

	*names = (struct text_list){ 0 };
	if (ret)
		return ret;
	directory = opendir(path);
	if (!directory)
		return -errno;
	ret = list_names(directory, names);
	closedir(directory);
	if (ret)
		text_list_free(names);
	return ret;
}

const char *file_last(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
