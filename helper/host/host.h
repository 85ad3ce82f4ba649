/* SPDX-License-Identifier: GPL-2.0 */
/* The host collector: what the running machine tells beside its PCI devices. */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include "host/call.h"
#include "model/facts.h"

/**
 * struct host_roots - where the kernel's file systems are mounted
 * @sysfs: /sys
 * @procfs: /proc
 * @dev: /dev
 * @calls: beside them
 *
 * Where one is NULL nothing of it can be read, and the facts say so.
 */
struct host_roots {
	const char *sysfs, *procfs, *dev;
	const struct host_calls *calls;
};

/**
 * host_complete() - add what sysfs tells of groups and devices
 * @facts: finished, of this machine
 * @problem: set on error
 *
 * Cheap enough for every command.
 *
 * Return: 0, or -ENOMEM. What cannot be read stays not known, and is named in
 * the facts' unseen where it bears on an answer.
 */
int host_complete(const struct host_roots *roots, struct facts *facts,
		  struct problem *problem);

/**
 * host_collect() - add how the kernel was started, and what the host itself uses
 *
 * Arguments and return value as of host_complete().
 */
int host_collect(const struct host_roots *roots, struct facts *facts,
		 struct problem *problem);

#endif
