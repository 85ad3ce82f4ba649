/* SPDX-License-Identifier: GPL-2.0 */
/* Single attributes and links of sysfs, relative to an open directory. */
#ifndef PROVIDER_SYSFS_FILE_H
#define PROVIDER_SYSFS_FILE_H

#include <stddef.h>
#include <stdint.h>

/** SYSFS_TEXT - bytes that the longest text read here needs */
#define SYSFS_TEXT 256

/**
 * sysfs_text() - read an attribute of one line, without its line end
 *
 * Return: 0, or a negative errno; -ENOENT where there is no such attribute.
 */
int sysfs_text(int dir, const char *file, char text[SYSFS_TEXT]);

/**
 * sysfs_number() - read an attribute that is a number, decimal or 0x...
 *
 * Return: 0, -EBADMSG where it is none, or as sysfs_text().
 */
int sysfs_number(int dir, const char *file, uint32_t *number);

/**
 * sysfs_link() - where a link points to
 *
 * Return: 0, or a negative errno; -ENOENT where there is no such link.
 */
int sysfs_link(int dir, const char *link, char target[4096]);

/** sysfs_last() - the last component of a path, cut off and returned */
char *sysfs_last(char *path);

#endif
