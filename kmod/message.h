/* SPDX-License-Identifier: GPL-2.0 */
/* One fill function an object; replies, dumps and notifications share it. */
#ifndef IOW_MESSAGE_H
#define IOW_MESSAGE_H

#include "snapshot.h"

struct genl_family;
struct netlink_callback;
struct sk_buff;

/**
 * struct iow_message - where a message goes
 * @skb: what it is put into
 * @family: the family
 * @portid: the receiver, 0 for a notification
 * @seq: of the request, 0 for a notification
 * @flags: NLM_F_...
 * @command: enum of the commands
 * @dump: the dump it belongs to, or NULL
 */
struct iow_message {
	struct sk_buff *skb;
	const struct genl_family *family;
	u32 portid;
	u32 seq;
	int flags;
	u8 command;
	struct netlink_callback *dump;
};

void *iow_message_begin(const struct iow_message *message);
int iow_message_finish(const struct iow_message *message, void *header, int err);
int iow_message_info(const struct iow_message *message, const struct iow_snapshot *snapshot);
int iow_message_device(const struct iow_message *message, const struct iow_device *device,
		       u32 generation);
int iow_message_group(const struct iow_message *message, const struct iow_group *group,
		      u32 generation);
void iow_message_set_load_time(void);

#endif /* IOW_MESSAGE_H */
