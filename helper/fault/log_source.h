/* SPDX-License-Identifier: GPL-2.0 */
/* Lines of a log of any length, in memory of a fixed size. */
#ifndef FAULT_LOG_SOURCE_H
#define FAULT_LOG_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct log_source - a log that is being read
 * @name: what it is called in words for people
 * @error: why reading stopped before the end, a negative errno; 0 otherwise
 * @lost: it is /dev/kmsg, and records were overwritten before they were read
 */
struct log_source {
	const char *name;
	int fd, error;
	bool lost, skipping;
	size_t start, end;
	char buffer[32768];
};

/**
 * log_source_open() - begin
 * @path: NULL or "-" for standard input; must live as long as the source
 *
 * Return: 0 or a negative errno; @source->name is set in either case.
 */
int log_source_open(struct log_source *source, const char *path);

/**
 * log_source_next() - the next line that is not empty, without its end
 *
 * Of a line that is longer than the buffer there is the beginning. Bytes that
 * are 0, which a crash leaves in log files, end a line.
 *
 * Return: text that the next call overwrites; NULL at the end or on an error.
 */
char *log_source_next(struct log_source *source);

/** log_source_close() - end, after log_source_open() succeeded */
void log_source_close(struct log_source *source);

#endif
