/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files, folders and links below the root of a file system. A root of NULL is a
 * file system that is not mounted: -ENOENT.
 */
#ifndef HOST_FILE_H
#define HOST_FILE_H

#include "model/text.h"
#include "provider/sysfs_file.h"

/** FILE_PATH - bytes that the longest path needs */
#define FILE_PATH 4096

/** FILE_LINE - bytes that the longest attribute of one line needs */
#define FILE_LINE SYSFS_TEXT

/** file_exists() - 0, or why it cannot be seen, as a negative errno */
__attribute__((format(printf, 2, 3)))
int file_exists(const char *root, const char *format, ...);

/** file_line() - read the first line, without its end; 0 or a negative errno */
__attribute__((format(printf, 3, 4)))
int file_line(char line[FILE_LINE], const char *root, const char *format, ...);

/** file_bytes() - read @length bytes from @at; 0 if all are there, or errno */
__attribute__((format(printf, 5, 6)))
int file_bytes(void *bytes, size_t length, unsigned int at, const char *root,
	       const char *format, ...);

/**
 * file_text() - read everything
 * @text: set to a text that the caller frees; NULL on error
 *
 * Return: 0, or a negative errno.
 */
__attribute__((format(printf, 3, 4)))
int file_text(char **text, const char *root, const char *format, ...);

/** file_real() - the path without links; 0 or a negative errno */
__attribute__((format(printf, 3, 4)))
int file_real(char path[FILE_PATH], const char *root, const char *format, ...);

/**
 * file_names() - what a folder holds, in the order of strcmp
 * @names: freed by text_list_free(); empty on error
 *
 * Return: 0, or a negative errno.
 */
__attribute__((format(printf, 3, 4)))
int file_names(struct text_list *names, const char *root, const char *format,
	       ...);

/** file_last() - the last component of a path */
const char *file_last(const char *path);

#endif
