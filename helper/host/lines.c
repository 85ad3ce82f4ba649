// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/file.h"
#include "host/lines.h"

/* The end of /dev/kmsg is where a reader would wait for more. */
static int wait_for_nothing(int fd)
{
	struct stat status;

	if (fstat(fd, &status))
		return -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	if (S_ISCHR(status.st_mode) &&
	    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

int lines_open(struct lines *lines, const char *path)
{
	int ret;

	lines->error = 0;
	lines->lost = lines->skipping = false;
	lines->start = lines->end = 0;
	lines->name = path;
	if (!path || !strcmp(path, "-")) {
		lines->name = "standard input";
		lines->fd = STDIN_FILENO;
		return 0;
	}
	lines->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (lines->fd < 0)
		return -errno;
	ret = wait_for_nothing(lines->fd);
	if (ret)
		lines_close(lines);
	return ret;
}

int lines_open_below(struct lines *lines, const char *root, const char *file)
{
	char path[FILE_PATH];
	int ret;

	if (!root)
		return -ENOENT;
	text_print(path, sizeof(path), "%s/%s", root, file);
	ret = lines_open(lines, path);
	lines->name = file;
	return ret;
}

/* A crash leaves blocks of zeros where lines were. What they part is no line. */
static void end_lines(char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!text[i])
			text[i] = '\n';
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
	if (got <= 0)
		return false;
	end_lines(lines->buffer + lines->end, (size_t)got);
	lines->end += (size_t)got;
	return true;
}

static bool is_full(const struct lines *lines)
{
	return lines->end - lines->start == sizeof(lines->buffer) - 1;
}

/* A piece up to a line end, of a whole buffer, or what is left at the end. */
static char *next_piece(struct lines *lines, bool *ended)
{
	char *line, *end;

	do {
		line = lines->buffer + lines->start;
		end = memchr(line, '\n', lines->end - lines->start);
	} while (!end && !is_full(lines) && fill(lines));
	line = lines->buffer + lines->start;
	if (lines->error || lines->start == lines->end)
		return NULL;
	*ended = end;
	if (!end)
		end = lines->buffer + lines->end;
	*end = '\0';
	lines->start = (size_t)(end - lines->buffer);
	lines->start += *ended;
	return line;
}

char *lines_next(struct lines *lines)
{
	bool ended, rest;
	char *line;

	do {
		line = next_piece(lines, &ended);
		rest = lines->skipping;
		lines->skipping = line && !ended;
	} while (line && (rest || !*line));
	if (line && line[strlen(line) - 1] == '\r')
		line[strlen(line) - 1] = '\0';
	return line;
}

void lines_close(struct lines *lines)
{
	if (lines->fd != STDIN_FILENO)
		close(lines->fd);
}
