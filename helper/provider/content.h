/* SPDX-License-Identifier: GPL-2.0 */
/* The bytes of a file that facts are read from. */
#ifndef PROVIDER_CONTENT_H
#define PROVIDER_CONTENT_H

#include <stddef.h>

#include "model/problem.h"

/** CONTENT_BYTES - the longest file that is read */
#define CONTENT_BYTES ((size_t)64 << 20)

/**
 * struct content - a file, read whole
 * @name: what it is called in words for people
 */
struct content {
	const char *name;
	char *text;
	size_t length;
};

/**
 * content_read() - read a file
 * @path: "-" reads standard input; must live as long as the content
 * @content: freed by content_free(), also after an error
 * @problem: set on error
 *
 * Return: 0; -EFBIG beyond CONTENT_BYTES, -ENOMEM, or why it could not be read.
 */
int content_read(const char *path, struct content *content,
		 struct problem *problem);

/** content_free() - free the bytes */
void content_free(struct content *content);

#endif
