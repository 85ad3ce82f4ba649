/* SPDX-License-Identifier: GPL-2.0 */
/* Processes of a stage, and the devices that they have open. */
#ifndef STAGE_PROCESS_H
#define STAGE_PROCESS_H

#include "stage.h"

/** stage_process_open() - as part of stage_open(): no nodes yet */
void stage_process_open(struct stage *stage);

/**
 * stage_node() - what descriptors lead to whose path is @path
 * @class: of sysfs; NULL for a block device, which stage_block() makes
 * @folder: of the device in sysfs, in which the node is called by the last
 *	component of its path; NULL where sysfs does not have it
 */
void stage_node(const struct stage *stage, const char *path,
		unsigned int major, unsigned int minor, const char *class,
		const char *folder);

/** stage_process() - one with no descriptors */
void stage_process(const struct stage *stage, int pid, const char *name);

/** stage_hold() - give a process a descriptor */
void stage_hold(const struct stage *stage, int pid, int fd, const char *path);

#endif
