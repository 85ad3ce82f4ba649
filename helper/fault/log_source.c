// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault/log_source.h"

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

int log_source_open(struct log_source *source, const char *path)
{
	int ret;

	source->error = 0;
	source->lost = source->skipping = false;
	source->start = source->end = 0;
	source->name = path;
	if (!path || !strcmp(path, "-")) {
		source->name = "standard input";
		source->fd = STDIN_FILENO;
		return 0;
	}
	source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (source->fd < 0)
		return -errno;
	ret = wait_for_nothing(source->fd);
	if (ret)
		log_source_close(source);
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
static bool fill(struct log_source *source)
{
	ssize_t got;

	memmove(source->buffer, source->buffer + source->start,
		source->end - source->start);
	source->end -= source->start;
	source->start = 0;
	do {
		got = read(source->fd, source->buffer + source->end,
			   sizeof(source->buffer) - 1 - source->end);
		/* Of the kernel log: what was next is gone, go on after it. */
		source->lost |= got < 0 && errno == EPIPE;
	} while (got < 0 && (errno == EPIPE || errno == EINTR));
	if (got < 0 && errno != EAGAIN)
		source->error = -errno;
	if (got <= 0)
		return false;
	end_lines(source->buffer + source->end, (size_t)got);
	source->end += (size_t)got;
	return true;
}

static bool is_full(const struct log_source *source)
{
	return source->end - source->start == sizeof(source->buffer) - 1;
}

/* A piece up to a line end, of a whole buffer, or what is left at the end. */
static char *next_piece(struct log_source *source, bool *ended)
{
	char *line, *end;

	do {
		line = source->buffer + source->start;
		end = memchr(line, '\n', source->end - source->start);
	} while (!end && !is_full(source) && fill(source));
	line = source->buffer + source->start;
	if (source->error || source->start == source->end)
		return NULL;
	*ended = end;
	if (!end)
		end = source->buffer + source->end;
	*end = '\0';
	source->start = (size_t)(end - source->buffer);
	source->start += *ended;
	return line;
}

char *log_source_next(struct log_source *source)
{
	bool ended, rest;
	char *line;

	do {
		line = next_piece(source, &ended);
		rest = source->skipping;
		source->skipping = line && !ended;
	} while (line && (rest || !*line));
	if (line && line[strlen(line) - 1] == '\r')
		line[strlen(line) - 1] = '\0';
	return line;
}

void log_source_close(struct log_source *source)
{
	if (source->fd != STDIN_FILENO)
		close(source->fd);
}
