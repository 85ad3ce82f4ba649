// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "host/file.h"
#include "host/lines.h"

int lines_open(struct lines *lines, const char *root, const char *file)
{
	char path[FILE_PATH];

	if (!root)
		return -ENOENT;
	text_print(path, sizeof(path), "%s/%s", root, file);
	lines->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	lines->start = lines->end = 0;
	lines->error = 0;
	lines->lost = false;
	return lines->fd < 0 ? -errno : 0;
}

/* One byte stays free for the end of a last line that has no line end. */
static bool fill(struct lines *lines)
{
	ssize_t got;

	memmove(lines->buffer, lines->buffer + lines->start,
		lines->end - lines->start);
	lines->end -= lines->start;
	lines->start = 0;
	do {
		got = read(lines->fd, lines->buffer + lines->end,
			   sizeof(lines->buffer) - 1 - lines->end);
		/* Of the kernel log: what was next is gone, go on after it. */
		lines->lost |= got < 0 && errno == EPIPE;
	} while (got < 0 && (errno == EPIPE || errno == EINTR));
	if (got < 0 && errno != EAGAIN)
		lines->error = -errno;
	if (got > 0)
		lines->end += (size_t)got;
	return got > 0;
}

char *lines_next(struct lines *lines)
{
	char *line, *end;

	do {
		line = lines->buffer + lines->start;
		end = memchr(line, '\n', lines->end - lines->start);
	} while (!end && lines->end - lines->start < sizeof(lines->buffer) - 1 &&
		 fill(lines));
	line = lines->buffer + lines->start;
	if (lines->error || lines->start == lines->end)
		return NULL;
	if (!end)
		end = lines->buffer + lines->end;
	*end = '\0';
	lines->start = (size_t)(end - lines->buffer);
	lines->start += lines->start < lines->end;
	return line;
}

void lines_close(struct lines *lines)
{
	close(lines->fd);
}
