/* SPDX-License-Identifier: GPL-2.0 */
/* Lines of a file that is too long to be held, or that is read record by record. */
#ifndef HOST_LINES_H
#define HOST_LINES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct lines - a file that is being read
 * @error: why reading stopped before the end, a negative errno; 0 otherwise
 * @lost: the kernel overwrote records before they were read
 */
struct lines {
	int fd, error;
	bool lost;
	size_t start, end;
	char buffer[32768];
};

/** lines_open() - begin; 0 or a negative errno */
int lines_open(struct lines *lines, const char *root, const char *file);

/**
 * lines_next() - the next line, without its end; one that is longer than the
 * buffer comes in pieces
 *
 * Return: text that the next call overwrites; NULL at the end or on an error.
 */
char *lines_next(struct lines *lines);

/** lines_close() - end, after lines_open() succeeded */
void lines_close(struct lines *lines);

#endif
