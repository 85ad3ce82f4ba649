/* SPDX-License-Identifier: GPL-2.0 */
/* Lines of any length, of a file of any length, in memory of a fixed size. */
#ifndef HOST_LINES_H
#define HOST_LINES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct lines - a file that is being read
 * @name: what it is called in words for people; of whoever opened it
 * @error: why reading stopped before the end, a negative errno; 0 otherwise
 * @lost: it is /dev/kmsg, and records were overwritten before they were read
 */
struct lines {
	const char *name;
	int fd, error;
	bool lost, skipping;
	size_t start, end;
	char buffer[32768];
};

/**
 * lines_open() - begin
 * @path: NULL or "-" for standard input; must live as long as @lines
 *
 * Return: 0 or a negative errno; @lines->name is set in either case.
 */
int lines_open(struct lines *lines, const char *path);

/** lines_open_below() - begin with a file below a folder, which may be NULL; likewise */
int lines_open_below(struct lines *lines, const char *root, const char *file);

/**
 * lines_next() - the next line that is not empty, without its end
 *
 * Of a line that is longer than the buffer there is the beginning. Bytes that
 * are 0, which a crash leaves in log files, end a line.
 *
 * Return: text that the next call overwrites; NULL at the end or on an error.
 */
char *lines_next(struct lines *lines);

/** lines_close() - end, after lines_open() succeeded */
void lines_close(struct lines *lines);

#endif
