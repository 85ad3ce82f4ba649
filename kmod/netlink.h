/* SPDX-License-Identifier: GPL-2.0 */
/* The generic-netlink family "iowarden". */
#ifndef IOW_NETLINK_H
#define IOW_NETLINK_H

#include "snapshot.h"

int iow_netlink_register(void);
void iow_netlink_unregister(void);
void iow_netlink_notify_device(u8 command, const struct iow_device *device, u32 generation);
void iow_netlink_notify_topology(const struct iow_snapshot *snapshot);

#endif /* IOW_NETLINK_H */
