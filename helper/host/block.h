/* SPDX-License-Identifier: GPL-2.0 */
/* Block devices, by the names that the kernel gives them. */
#ifndef HOST_BLOCK_H
#define HOST_BLOCK_H

#include "host/file.h"
#include "host/trail.h"

/** block_by_number() - the name behind "major:minor"; 0 or a negative errno */
int block_by_number(const struct host_roots *roots, const char *number,
		    char name[FILE_LINE]);

/**
 * block_by_node() - the name behind a path in /dev
 * @node: as mounts and swap areas name it: /dev/sda1, /dev/mapper/root
 *
 * Return: 0, -ENOMEM, or another negative errno.
 */
int block_by_node(const struct host_roots *roots, const char *node,
		  char name[FILE_LINE]);

/**
 * block_follow() - down to every disk and the PCI functions behind them
 *
 * A disk that leads to none, though it must be somewhere, goes into unseen.
 *
 * Return: 0, or -ENOMEM.
 */
int block_follow(struct trail *trail, const char *name);

#endif
