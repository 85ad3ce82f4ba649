// SPDX-License-Identifier: GPL-2.0
/*
 * iowarden: IOMMU groups, PCI topology, ACS registers and DMA faults over generic
 * netlink.
 * It reports facts and changes nothing on the machine; see
 * Documentation/design.md for what belongs here and what does not.
 */
#include <linux/module.h>
#include "fault_event.h"
#include "fault_netlink.h"
#include "hotplug.h"
#include "message.h"
#include "netlink.h"
#include "snapshot.h"
#include "source.h"

static int __init iowarden_init(void)
{
	struct iow_ledger *ledger;
	int err;

	iow_message_set_load_time();
	err = iow_snapshot_start();
	if (err)
		return err;
	err = iow_hotplug_start();
	if (err)
		goto err_snapshot;
	ledger = iow_sources_start();
	if (IS_ERR(ledger)) {
		err = PTR_ERR(ledger);
		goto err_hotplug;
	}
	iow_fault_netlink_open(ledger);
	/* Last of what can fail: with it requests come in, and those hold the module. */
	err = iow_netlink_register();
	if (err)
		goto err_sources;
	iow_hotplug_open();
	iow_fault_event_start(ledger);
	pr_info("version %s\n", IOWARDEN_VERSION);
	return 0;

err_sources:
	iow_sources_stop();
	iow_sources_close();
err_hotplug:
	iow_hotplug_stop();
err_snapshot:
	iow_snapshot_stop();
	return err;
}

static void __exit iowarden_exit(void)
{
	iow_hotplug_stop();
	iow_fault_event_stop();
	iow_sources_stop();
	iow_fault_event_end();
	iow_netlink_unregister();
	iow_sources_close();
	iow_snapshot_stop();
}

module_init(iowarden_init);
module_exit(iowarden_exit);

MODULE_DESCRIPTION("IOMMU groups, PCI topology, ACS registers and DMA faults over generic netlink");
MODULE_AUTHOR("The iowarden developers");
MODULE_VERSION(IOWARDEN_VERSION);
/* No alias for the family: asking for a family must not load this module. */
MODULE_LICENSE("GPL");
