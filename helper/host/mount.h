/* SPDX-License-Identifier: GPL-2.0 */
/* Mounts by what they stand on. */
#ifndef HOST_MOUNT_H
#define HOST_MOUNT_H

#include "host/mount_table.h"

/** enum ground - what a mount stands on */
enum ground {
	GROUND_NONE,	/* memory, or another mount */
	GROUND_BLOCK,	/* the block device of its number */
	GROUND_SOURCE,	/* those block devices that its source names */
	GROUND_POOL,	/* disks that the file system does not name */
	GROUND_NETWORK,	/* a server, or something else that is not followed */
};

/** mount_ground() - what a mount stands on, by its type and number */
enum ground mount_ground(const struct mount *mount);

#endif
