/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All functions and groups of the machine, read together, sorted, never changed
 * afterwards. Readers share the newest one.
 */
#ifndef IOW_SNAPSHOT_H
#define IOW_SNAPSHOT_H

#include <linux/kref.h>
#include "device.h"
#include "group.h"

/**
 * struct iow_snapshot - the machine at one moment
 * @refs: references
 * @generation: of the topology it was read at; never 0
 * @expires: jiffies from when it is too old to serve
 * @devices: sorted by iow_device_key()
 * @groups: sorted by number; those with at least one PCI function
 * @device_count: entries of @devices
 * @group_count: entries of @groups
 * @busy: some function could not be read because somebody else was at it
 */
struct iow_snapshot {
	struct kref refs;
	u32 generation;
	unsigned long expires;
	struct iow_device *devices;
	struct iow_group *groups;
	unsigned int device_count;
	unsigned int group_count;
	bool busy;
};

struct iow_snapshot *iow_snapshot_get(bool fresh);
void iow_snapshot_put(struct iow_snapshot *snapshot);
unsigned int iow_snapshot_device_from(const struct iow_snapshot *snapshot, u64 key);
unsigned int iow_snapshot_group_from(const struct iow_snapshot *snapshot, u64 id);
void iow_snapshot_advance(void);
int iow_snapshot_start(void);
void iow_snapshot_stop(void);

#endif /* IOW_SNAPSHOT_H */
