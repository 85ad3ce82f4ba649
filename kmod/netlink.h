/* SPDX-License-Identifier: GPL-2.0 */
/* The generic-netlink family "iowarden". */
#ifndef IOW_NETLINK_H
#define IOW_NETLINK_H

#include "account.h"
#include "snapshot.h"
#include "unit.h"

int iow_netlink_register(void);
void iow_netlink_unregister(void);
void iow_netlink_notify_device(u8 command, const struct iow_device *device, u32 generation);
void iow_netlink_notify_topology(const struct iow_snapshot *snapshot);
bool iow_netlink_hears_faults(void);
void iow_netlink_notify_fault(const struct iow_account *account, u64 sequence);
void iow_netlink_notify_source(const struct iow_unit *unit, u64 sequence);
void iow_netlink_notify_resync(u64 sequence);

#endif /* IOW_NETLINK_H */
