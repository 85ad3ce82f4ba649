// SPDX-License-Identifier: GPL-2.0
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include "device.h"
#include "source.h"

static const struct iow_source *const sources[] = {
	&iow_source_vtd,
	&iow_source_trace,
	&iow_source_amdvi,
};

static struct iow_ledger *ledger;

/*
 * Of who finds functions on the bus and notes them, against one that leaves
 * meanwhile: it is off the bus before its departure is told.
 */
static DEFINE_MUTEX(arrival);

static int note_presence(struct device *device, void *present)
{
	iow_ledger_set_present(ledger, iow_device_key(to_pci_dev(device)), present);
	return 0;
}

static int follow(struct notifier_block *block, unsigned long action, void *data)
{
	if (action != BUS_NOTIFY_ADD_DEVICE && action != BUS_NOTIFY_REMOVED_DEVICE)
		return NOTIFY_DONE;
	mutex_lock(&arrival);
	note_presence(data, action == BUS_NOTIFY_ADD_DEVICE ? ledger : NULL);
	mutex_unlock(&arrival);
	return NOTIFY_DONE;
}

/* Ahead of those who use a new function: what it does first counts, too. */
static struct notifier_block follower = {
	.notifier_call = follow,
	.priority = INT_MAX - 1,
};

static int start_all(void)
{
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(sources); i++)
		err = sources[i]->start(ledger);
	return err;
}

/**
 * iow_sources_start() - begin to count faults
 *
 * Context: process context; may sleep.
 * Return: the ledger that they are booked in, or an ERR_PTR().
 */
struct iow_ledger *__init iow_sources_start(void)
{
	int err;

	ledger = iow_ledger_open();
	if (!ledger)
		return ERR_PTR(-ENOMEM);
	err = bus_register_notifier(&pci_bus_type, &follower);
	if (err)
		goto err_ledger;
	mutex_lock(&arrival);
	bus_for_each_dev(&pci_bus_type, NULL, ledger, note_presence);
	mutex_unlock(&arrival);
	err = start_all();
	if (err)
		goto err_sources;
	return ledger;

err_sources:
	iow_sources_stop();
	iow_sources_close();
	return ERR_PTR(err);
err_ledger:
	iow_ledger_close(ledger);
	return ERR_PTR(err);
}

/**
 * iow_sources_stop() - cease to count
 *
 * Context: process context; may sleep. Afterwards nobody calls the ledger's
 *	    @wake.
 */
void iow_sources_stop(void)
{
	unsigned int i;

	bus_unregister_notifier(&pci_bus_type, &follower);
	for (i = 0; i < ARRAY_SIZE(sources); i++)
		sources[i]->stop();
}

/**
 * iow_sources_close() - throw away what was counted
 *
 * Context: process context; may sleep. After iow_sources_stop(); nobody reads
 *	    the ledger any more.
 */
void iow_sources_close(void)
{
	unsigned int i;

	iow_ledger_close(ledger);
	for (i = 0; i < ARRAY_SIZE(sources); i++)
		sources[i]->free();
}
