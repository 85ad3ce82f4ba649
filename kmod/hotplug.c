// SPDX-License-Identifier: GPL-2.0
/*
 * The bus tells of each change while it holds locks, some before the IOMMU core
 * has heard of it. So nothing is read there: the generation moves, and a worker
 * reads the machine a little later, compares it with what listeners were last
 * told, and tells them the difference. Many changes at once become one reading.
 */
#include <linux/pci.h>
#include <linux/workqueue.h>
#include <linux/iowarden.h>
#include "hotplug.h"
#include "netlink.h"
#include "snapshot.h"

/* Long enough for the caller of the notifier to come to its end. */
#define SETTLE_MS	20
/* As long as something is not settled it is looked at again, for 2 s. */
#define BUSY_MS		50
#define BUSY_TRIES	40

static void tell(struct work_struct *work);

static DECLARE_DELAYED_WORK(teller, tell);
/* What listeners know; once there are any, only the worker touches these two. */
static struct iow_snapshot *told;
static unsigned int busy_tries;
/* There is a family to tell with. */
static bool is_open;

static u64 key_at(const struct iow_snapshot *snapshot, unsigned int i)
{
	if (i == snapshot->device_count)
		return U64_MAX;
	return IOW_KEY(snapshot->devices[i].segment, snapshot->devices[i].bdf);
}

/* What stood at one position and what stands there now; one of them may be NULL. */
static void tell_position(const struct iow_device *old, u32 old_generation,
			  const struct iow_device *new, u32 new_generation)
{
	const bool same = old && new && old->identity == new->identity;

	if (old && !same)
		iow_netlink_notify_device(IOWARDEN_CMD_DEVICE_DEL_NTF, old,
					  old_generation);
	if (new && !same)
		iow_netlink_notify_device(IOWARDEN_CMD_DEVICE_ADD_NTF, new,
					  new_generation);
	if (same && iow_device_differs(old, new))
		iow_netlink_notify_device(IOWARDEN_CMD_DEVICE_CHANGE_NTF, new,
					  new_generation);
}

/* Both lists are sorted: one walk along the two finds what is on one only. */
static void tell_difference(const struct iow_snapshot *old, const struct iow_snapshot *new)
{
	unsigned int i = 0, j = 0;

	while (i < old->device_count || j < new->device_count) {
		const u64 before = key_at(old, i), after = key_at(new, j);

		tell_position(before <= after ? &old->devices[i] : NULL, old->generation,
			      after <= before ? &new->devices[j] : NULL, new->generation);
		i += before <= after;
		j += after <= before;
	}
}

static void tell(struct work_struct *work)
{
	struct iow_snapshot *snapshot = iow_snapshot_get(false);

	if (IS_ERR(snapshot)) {
		schedule_delayed_work(&teller, HZ);
		return;
	}
	if (snapshot->busy && busy_tries++ < BUSY_TRIES) {
		iow_snapshot_put(snapshot);
		schedule_delayed_work(&teller, msecs_to_jiffies(BUSY_MS));
		return;
	}
	busy_tries = 0;
	tell_difference(told, snapshot);
	if (told->generation != snapshot->generation)
		iow_netlink_notify_topology(snapshot);
	iow_snapshot_put(told);
	told = snapshot;
}

/* A worker on its way is not put off: changes without end are told nevertheless. */
static void moved(void)
{
	iow_snapshot_advance();
	if (READ_ONCE(is_open))
		schedule_delayed_work(&teller, msecs_to_jiffies(SETTLE_MS));
}

static int follow(struct notifier_block *block, unsigned long action, void *data)
{
	switch (action) {
	case BUS_NOTIFY_ADD_DEVICE:
	case BUS_NOTIFY_REMOVED_DEVICE:
	case BUS_NOTIFY_BOUND_DRIVER:
	case BUS_NOTIFY_UNBOUND_DRIVER:
	case BUS_NOTIFY_DRIVER_NOT_BOUND:
		moved();
	}
	return NOTIFY_DONE;
}

/* After the IOMMU core, which puts a new function into its group first. */
static struct notifier_block follower = {
	.notifier_call = follow,
	.priority = INT_MIN,
};

/**
 * iow_hotplug_start() - follow what happens on the PCI bus; tell nobody yet
 *
 * Context: process context; may sleep.
 * Return: 0 or a negative errno.
 */
int __init iow_hotplug_start(void)
{
	int err;

	told = iow_snapshot_get(false);
	if (IS_ERR(told))
		return PTR_ERR(told);
	err = bus_register_notifier(&pci_bus_type, &follower);
	if (err)
		iow_snapshot_put(told);
	return err;
}

/**
 * iow_hotplug_open() - from now on tell; the family is registered
 *
 * Context: process context.
 */
void __init iow_hotplug_open(void)
{
	WRITE_ONCE(is_open, true);
	/* Something may have happened since the first reading. */
	moved();
}

/**
 * iow_hotplug_stop() - undo iow_hotplug_start() and iow_hotplug_open()
 *
 * Context: process context; may sleep. The family, if there was one, is still
 *	    registered.
 */
void iow_hotplug_stop(void)
{
	bus_unregister_notifier(&pci_bus_type, &follower);
	cancel_delayed_work_sync(&teller);
	iow_snapshot_put(told);
}
