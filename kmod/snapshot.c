// SPDX-License-Identifier: GPL-2.0
#include <linux/iommu.h>
#include <linux/jiffies.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/iowarden.h>
#include "bindings.h"
#include "roster.h"
#include "snapshot.h"

/* A snapshot is served for a second, or for this many times what it took. */
#define LIFE_FACTOR	20
/* One in which something was not settled is served for so long. */
#define BUSY_LIFE_MS	50
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
	snapshot->device_count = devices;
	snapshot->devices = kvcalloc(max(devices, 1U), sizeof(*snapshot->devices), GFP_KERNEL);
	/* At most one group a function. */
	snapshot->groups = kvcalloc(max(devices, 1U), sizeof(*snapshot->groups), GFP_KERNEL);
	if (snapshot->devices && snapshot->groups)
		return snapshot;
	iow_snapshot_put(snapshot);
	return NULL;
}

static struct iow_group *find_group(const struct iow_snapshot *snapshot, u32 id)
{
	unsigned int i = iow_snapshot_group_from(snapshot, id);

	if (i == snapshot->group_count || snapshot->groups[i].id != id)
		return NULL;
	return &snapshot->groups[i];
}

static void add_group(struct iow_snapshot *snapshot, struct iommu_group *group)
{
	unsigned int i = iow_snapshot_group_from(snapshot, iommu_group_id(group));
	struct iow_group *place = &snapshot->groups[i];

	memmove(place + 1, place, (snapshot->group_count - i) * sizeof(*place));
	snapshot->group_count++;
	iow_group_read(group, place);
}

/* @groups gets a reference for each function that has a group. */
static void read_functions(struct iow_snapshot *snapshot, const struct iow_roster *roster,
			   struct iommu_group **groups)
{
	unsigned int i;

	for (i = 0; i < roster->count; i++) {
		struct pci_dev *pdev = roster->functions[i];
		const struct iow_relatives relatives = iow_roster_relatives(roster, pdev);

		groups[i] = iow_device_read(pdev, &relatives, &snapshot->devices[i]);
		if (groups[i] && !find_group(snapshot, snapshot->devices[i].group))
			add_group(snapshot, groups[i]);
		cond_resched();
	}
}

/* The groups were asked whether they are claimed before the drivers are looked at. */
static void read_owners(struct iow_snapshot *snapshot, const struct iow_roster *roster,
			struct iommu_group **groups)
{
	unsigned int i;

	iow_bindings_read(roster, snapshot->devices);
	for (i = 0; i < roster->count; i++) {
		struct iow_device *device = &snapshot->devices[i];

		if (groups[i])
			iow_group_count(find_group(snapshot, device->group), device);
		snapshot->busy |= device->driver_unknown || device->group_unknown;
	}
	for (i = 0; i < roster->count; i++) {
		struct iow_group *group;

		if (!groups[i])
			continue;
		group = find_group(snapshot, snapshot->devices[i].group);
		/* Once for each group. */
		if (!group->user_owned && !group->user_owned_unknown)
			iow_group_judge_owner(groups[i], group);
		iommu_group_put(groups[i]);
	}
}

static struct iow_snapshot *take_of(const struct iow_roster *roster)
{
	struct iow_snapshot *snapshot = allocate(roster->count);
	struct iommu_group **groups;

	if (!snapshot)
		return ERR_PTR(-ENOMEM);
	groups = kvcalloc(max(roster->count, 1U), sizeof(*groups), GFP_KERNEL);
	if (!groups) {
		iow_snapshot_put(snapshot);
		return ERR_PTR(-ENOMEM);
	}
	read_functions(snapshot, roster, groups);
	read_owners(snapshot, roster, groups);
	kvfree(groups);
	return snapshot;
}

static unsigned long life(const struct iow_snapshot *snapshot, unsigned long cost)
{
	const unsigned long least = snapshot->busy ? msecs_to_jiffies(BUSY_LIFE_MS) : HZ;

	return max(least, LIFE_FACTOR * cost);
}

static struct iow_snapshot *take(void)
{
	struct iow_snapshot *snapshot;
	struct iow_roster roster;
	unsigned long start = jiffies;
	/* Before the roster: what comes later must make this snapshot stale. */
	u32 number = generation();
	int err;

	err = iow_roster_take(&roster);
	if (err)
		return ERR_PTR(err);
	snapshot = take_of(&roster);
	iow_roster_drop(&roster);
	if (IS_ERR(snapshot))
		return snapshot;
	snapshot->generation = number;
	snapshot->expires = jiffies + life(snapshot, jiffies - start);
	return snapshot;
}

/*
 * The removal of a device waits for the reader, see settle(), and it may be a
 * disk: so the reader must not wait for memory that is written to disk first.
 */
static struct iow_snapshot *take_settled(void)
{
	unsigned int noio = memalloc_noio_save();
	struct iow_snapshot *snapshot = take();
	int tries = TRIES;

	while (!IS_ERR(snapshot) && snapshot->generation != generation() && --tries) {
		iow_snapshot_put(snapshot);
		snapshot = take();
	}
	memalloc_noio_restore(noio);
	return snapshot;
}

static bool same_functions(const struct iow_snapshot *a, const struct iow_snapshot *b)
{
	unsigned int i;

	if (a->device_count != b->device_count)
		return false;
	for (i = 0; i < a->device_count; i++)
		if (a->devices[i].identity != b->devices[i].identity)
			return false;
	return true;
}

/*
 * A function is on its bus a moment before it is announced, and off it a moment
 * before. One generation stands for one set of functions all the same: where
 * the set is another than @last had, the generation moves.
 */
static struct iow_snapshot *take_after(const struct iow_snapshot *last)
{
	struct iow_snapshot *snapshot = take_settled();

	if (IS_ERR(snapshot) || !last || last->generation != snapshot->generation ||
	    same_functions(last, snapshot))
		return snapshot;
	iow_snapshot_put(snapshot);
	iow_snapshot_advance();
	return take_settled();
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
 * Context: process context; may sleep. Waits for other readers and for the lock
 *	    of each group, but for no device lock, reset or power change.
 * Return: a snapshot with a reference for iow_snapshot_put(), or ERR_PTR().
 */
struct iow_snapshot *iow_snapshot_get(bool fresh)
{
	struct iow_snapshot *snapshot;

	mutex_lock(&reading);
	if (fresh || !newest || is_stale(newest)) {
		snapshot = take_after(newest);
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
