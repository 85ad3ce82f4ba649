/* SPDX-License-Identifier: GPL-2.0 */
/* Requests about faults. */
#ifndef IOW_FAULT_NETLINK_H
#define IOW_FAULT_NETLINK_H

#include <linux/iowarden.h>
#include <net/netlink.h>

struct genl_info;
struct iow_ledger;

extern const struct nla_policy iow_fault_policy[IOWARDEN_A_FAULT_REQUESTER + 1];

int iow_source_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int iow_fault_doit(struct sk_buff *request, struct genl_info *info);
int iow_fault_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
void iow_fault_netlink_open(struct iow_ledger *ledger);

#endif /* IOW_FAULT_NETLINK_H */
