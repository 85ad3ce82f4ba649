/* SPDX-License-Identifier: GPL-2.0 */
/* What all requests have in common: how they are refused, answered, dumped. */
#ifndef IOW_ANSWER_H
#define IOW_ANSWER_H

#include "message.h"

struct genl_info;
struct netlink_ext_ack;
struct nlattr;

extern struct genl_family iow_family;

int iow_answer_refuse(struct nlattr *attribute, struct netlink_ext_ack *extack, const char *why);
struct iow_message iow_answer_begin(struct genl_info *info, struct sk_buff *skb);
int iow_answer_send(struct genl_info *info, struct sk_buff *skb, int err);
struct iow_message iow_answer_part(struct netlink_callback *cb, struct sk_buff *skb, u8 command);
int iow_answer_part_end(struct sk_buff *skb, int err);

#endif /* IOW_ANSWER_H */
