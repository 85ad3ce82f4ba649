/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The way from something the host uses down to PCI functions: through device
 * mapper, md, partitions, bridges, bonds. It may branch, and it may be a ring.
 */
#ifndef HOST_TRAIL_H
#define HOST_TRAIL_H

#include "host/host.h"

/* The kernel's own limits on stacking are lower. */
#define TRAIL_STEPS 16

/**
 * struct trail - one use that is being followed
 * @kind, @what: as of struct use
 * @step: names passed on the way to here
 * @hidden: how many of them are part of @what rather than below it
 * @reached: whether a PCI function was found
 */
struct trail {
	const struct host_roots *roots;
	struct facts *facts;
	enum use_kind kind;
	const char *what;
	const char *step[TRAIL_STEPS];
	unsigned int depth, hidden;
	bool reached;
};

/**
 * trail_enter() - go one step further
 * @name: must live until trail_leave()
 *
 * Return: whether that is possible; not in a ring, and not too deep.
 */
bool trail_enter(struct trail *trail, const char *name);

/** trail_leave() - go back one step */
void trail_leave(struct trail *trail);

/**
 * trail_arrive() - the trail has come to a device of sysfs
 * @path: without links; the PCI function nearest to its end is the one used
 * @arrived: set to whether there is one
 *
 * Return: 0, or -ENOMEM.
 */
int trail_arrive(struct trail *trail, const char *path, bool *arrived);

/** trail_has_passed() - whether some use found so far goes through a name */
bool trail_has_passed(const struct facts *facts, const char *name);

/** trail_use() - the trail has come to a PCI function; 0 or -ENOMEM */
int trail_use(struct trail *trail, struct bdf device);

#endif
