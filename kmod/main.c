// SPDX-License-Identifier: GPL-2.0
/*
 * iowarden: IOMMU groups, PCI topology and ACS registers over generic netlink.
 * It reports facts and changes nothing on the machine; see
 * Documentation/design.md for what belongs here and what does not.
 */
#include <linux/module.h>
#include "hotplug.h"
#include "message.h"
#include "netlink.h"
#include "snapshot.h"

static int __init iowarden_init(void)
{
	int err;

	iow_message_set_load_time();
	err = iow_snapshot_start();
	if (err)
		return err;
	err = iow_hotplug_start();
	if (err)
		goto err_snapshot;
	/* Last of what can fail: with it requests come in, and those hold the module. */
	err = iow_netlink_register();
	if (err)
		goto err_hotplug;
	iow_hotplug_open();
	pr_info("version %s\n", IOWARDEN_VERSION);
	return 0;

err_hotplug:
	iow_hotplug_stop();
err_snapshot:
	iow_snapshot_stop();
	return err;
}

static void __exit iowarden_exit(void)
{
	iow_hotplug_stop();
	iow_netlink_unregister();
	iow_snapshot_stop();
}

module_init(iowarden_init);
module_exit(iowarden_exit);

MODULE_DESCRIPTION("IOMMU groups, PCI topology and ACS registers over generic netlink");
MODULE_AUTHOR("The iowarden developers");
MODULE_VERSION(IOWARDEN_VERSION);
/* No alias for the family: asking for a family must not load this module. */
MODULE_LICENSE("GPL");
