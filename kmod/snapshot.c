// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/jiffies.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/iowarden.h>
#include "roster.h"
#include "snapshot.h"

/* A snapshot is served for a second, or for this many times what it took. */
#define LIFE_FACTOR	20
/* How often a reading is tried again because the topology moved meanwhile. */
#define TRIES		3

/* Guards newest, and is held while the machine is read. */
static DEFINE_MUTEX(reading);
static struct iow_snapshot *newest;
/* The generation is this plus one, and never 0. */
static atomic_t moves = ATOMIC_INIT(0);

static u32 generation(void)
{
	return (u32)atomic_read(&moves) + 1 ?: 1;
}

static void release(struct kref *refs)
{
	struct iow_snapshot *snapshot = container_of(refs, struct iow_snapshot, refs);

	kvfree(snapshot->devices);
	kvfree(snapshot->groups);
	kfree(snapshot);
}

static struct iow_snapshot *allocate(unsigned int devices)
{
	struct iow_snapshot *snapshot = kzalloc(sizeof(*snapshot), GFP_KERNEL);

	if (!snapshot)
		return NULL;
	kref_init(&snapshot->refs);
	snapshot->devices = kvcalloc(max(devices, 1U), sizeof(*snapshot->devices), GFP_KERNEL);
	/* At most one group a function. */
	snapshot->groups = kvcalloc(max(devices, 1U), sizeof(*snapshot->groups), GFP_KERNEL);
	if (snapshot->devices && snapshot->groups)
		return snapshot;
	iow_snapshot_put(snapshot);
	return NULL;
}

static const struct iow_device *find_device(const struct iow_snapshot *snapshot, u64 key)
{
	unsigned int i = snapshot ? iow_snapshot_device_from(snapshot, key) : 0;
	const struct iow_device *device;

	if (!snapshot || i == snapshot->device_count)
		return NULL;
	device = &snapshot->devices[i];
	return IOW_KEY(device->segment, device->bdf) == key ? device : NULL;
}

static const struct iow_group *find_group(const struct iow_snapshot *snapshot, u32 id)
{
	unsigned int i = snapshot ? iow_snapshot_group_from(snapshot, id) : 0;

	if (!snapshot || i == snapshot->group_count || snapshot->groups[i].id != id)
		return NULL;
	return &snapshot->groups[i];
}

/* A function somebody is busy with stays in the group it was last seen in. */
static void remember_group(const struct iow_snapshot *last, struct iow_device *device)
{
	const struct iow_device *before =
		find_device(last, IOW_KEY(device->segment, device->bdf));

	if (!device->group_unknown || !before || before->identity != device->identity ||
	    before->group_unknown)
		return;
	device->group_unknown = 0;
	device->has_group = before->has_group;
	device->group = before->group;
}

/* The place of a group in @snapshot, which is made and filled with what was last known. */
static struct iow_group *group_place(struct iow_snapshot *snapshot,
				     const struct iow_snapshot *last, u32 id)
{
	unsigned int i = iow_snapshot_group_from(snapshot, id);
	struct iow_group *place = &snapshot->groups[i];
	const struct iow_group *before = find_group(last, id);

	if (i < snapshot->group_count && place->id == id)
		return place;
	memmove(place + 1, place, (snapshot->group_count - i) * sizeof(*place));
	snapshot->group_count++;
	if (before)
		*place = *before;
	else
		memset(place, 0, sizeof(*place));
	place->id = id;
	place->pci_devices = 0;
	place->is_read = false;
	return place;
}

/* @group is NULL where its function was busy; then another member may have it. */
static void add_group(struct iow_group *place, struct iommu_group *group)
{
	place->pci_devices++;
	if (group && !place->is_read)
		iow_group_read(group, place);
}

static void read_function(struct iow_snapshot *snapshot, const struct iow_snapshot *last,
			  const struct iow_roster *roster, struct pci_dev *pdev)
{
	struct iow_device *device = &snapshot->devices[snapshot->device_count++];
	const struct iow_relatives relatives = iow_roster_relatives(roster, pdev);
	struct iommu_group *group = iow_device_read(pdev, &relatives, device);

	remember_group(last, device);
	if (device->has_group)
		add_group(group_place(snapshot, last, device->group), group);
	if (device->driver_unknown)
		snapshot->busy = true;
	iommu_group_put(group);
}

static struct iow_snapshot *take(const struct iow_snapshot *last)
{
	struct iow_snapshot *snapshot;
	struct iow_roster roster;
	unsigned long start = jiffies;
	/* Before the roster: what comes later must make this snapshot stale. */
	u32 number = generation();
	unsigned int i;
	int err;

	err = iow_roster_take(&roster);
	if (err)
		return ERR_PTR(err);
	snapshot = allocate(roster.count);
	if (!snapshot) {
		err = -ENOMEM;
		goto drop_roster;
	}
	snapshot->generation = number;
	for (i = 0; i < roster.count; i++)
		read_function(snapshot, last, &roster, roster.functions[i]);
	snapshot->expires = jiffies + max_t(unsigned long, HZ, LIFE_FACTOR * (jiffies - start));
drop_roster:
	iow_roster_drop(&roster);
	return err ? ERR_PTR(err) : snapshot;
}

/*
 * The removal of a device waits for the reader, see settle(), and it may be a
 * disk: so the reader must not wait for memory that is written to disk first.
 */
static struct iow_snapshot *take_settled(const struct iow_snapshot *last)
{
	unsigned int noio = memalloc_noio_save();
	struct iow_snapshot *snapshot = take(last);
	int tries = TRIES;

	while (!IS_ERR(snapshot) && snapshot->generation != generation() && --tries) {
		iow_snapshot_put(snapshot);
		snapshot = take(last);
	}
	memalloc_noio_restore(noio);
	return snapshot;
}

static bool is_stale(const struct iow_snapshot *snapshot)
{
	return snapshot->generation != generation() ||
	       time_after_eq(jiffies, snapshot->expires);
}

/**
 * iow_snapshot_get() - the machine as it is now
 * @fresh: read the registers anew; otherwise what was read within the last
 *	   second will do, unless the topology moved since
 *
 * Context: process context; may sleep, but waits for no device lock, reset or
 *	    power change.
 * Return: a snapshot with a reference for iow_snapshot_put(), or ERR_PTR().
 */
struct iow_snapshot *iow_snapshot_get(bool fresh)
{
	struct iow_snapshot *snapshot;

	mutex_lock(&reading);
	if (fresh || !newest || is_stale(newest)) {
		snapshot = take_settled(newest);
		if (IS_ERR(snapshot))
			goto unlock;
		if (newest)
			iow_snapshot_put(newest);
		newest = snapshot;
	}
	snapshot = newest;
	kref_get(&snapshot->refs);
unlock:
	mutex_unlock(&reading);
	return snapshot;
}

/**
 * iow_snapshot_put() - give a reference back
 * @snapshot: the snapshot
 *
 * Context: process context.
 */
void iow_snapshot_put(struct iow_snapshot *snapshot)
{
	kref_put(&snapshot->refs, release);
}

/**
 * iow_snapshot_device_from() - first function at or after a position
 * @snapshot: the snapshot
 * @key: the position, see IOW_KEY()
 *
 * Context: any.
 * Return: index into @snapshot->devices; @snapshot->device_count if none.
 */
unsigned int iow_snapshot_device_from(const struct iow_snapshot *snapshot, u64 key)
{
	unsigned int low = 0, high = snapshot->device_count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		const struct iow_device *device = &snapshot->devices[middle];

		if (IOW_KEY(device->segment, device->bdf) < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/**
 * iow_snapshot_group_from() - first group with at least this number
 * @snapshot: the snapshot
 * @id: the number; wider than one, so that one past the last can be asked for
 *
 * Context: any.
 * Return: index into @snapshot->groups; @snapshot->group_count if none.
 */
unsigned int iow_snapshot_group_from(const struct iow_snapshot *snapshot, u64 id)
{
	unsigned int low = 0, high = snapshot->group_count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (snapshot->groups[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/**
 * iow_snapshot_advance() - the topology moved: no snapshot so far is current
 *
 * Context: any.
 */
void iow_snapshot_advance(void)
{
	atomic_inc(&moves);
}

/*
 * A function leaves its IOMMU group when the IOMMU core hears that it was
 * removed. By then it is off its bus (device_del()), so no new reader finds it,
 * and this, called ahead of the IOMMU core, waits for those that did.
 */
static int settle(struct notifier_block *block, unsigned long action, void *data)
{
	if (action == BUS_NOTIFY_REMOVED_DEVICE) {
		mutex_lock(&reading);
		mutex_unlock(&reading);
	}
	return NOTIFY_DONE;
}

static struct notifier_block barrier = {
	.notifier_call = settle,
	.priority = INT_MAX,
};

/**
 * iow_snapshot_start() - make it safe to read the machine
 *
 * Context: process context; may sleep.
 * Return: 0 or a negative errno.
 */
int __init iow_snapshot_start(void)
{
	return bus_register_notifier(&pci_bus_type, &barrier);
}

/**
 * iow_snapshot_stop() - undo iow_snapshot_start(); nobody may read any more
 *
 * Context: process context; may sleep.
 */
void iow_snapshot_stop(void)
{
	bus_unregister_notifier(&pci_bus_type, &barrier);
	if (newest)
		iow_snapshot_put(newest);
}
