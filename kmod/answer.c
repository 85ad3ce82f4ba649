// SPDX-License-Identifier: GPL-2.0
#include <linux/iowarden.h>
#include <net/genetlink.h>
#include "answer.h"

/**
 * iow_answer_refuse() - refuse a request for an attribute that is in it
 * @attribute: NULL if it is not
 * @extack: where it is said, or NULL
 * @why: a literal
 *
 * Context: process context.
 * Return: 0 without @attribute, else -EINVAL.
 */
int iow_answer_refuse(struct nlattr *attribute, struct netlink_ext_ack *extack, const char *why)
{
	if (!attribute)
		return 0;
	NL_SET_BAD_ATTR(extack, attribute);
	/* As NL_SET_ERR_MSG() does; that takes literals only. */
	if (extack)
		extack->_msg = why;
	return -EINVAL;
}

/**
 * iow_answer_begin() - the message that answers a request
 * @info: the request
 * @skb: what it goes into
 *
 * Context: process context.
 * Return: the message.
 */
struct iow_message iow_answer_begin(struct genl_info *info, struct sk_buff *skb)
{
	return (struct iow_message){
		.skb = skb,
		.family = &iow_family,
		.portid = info->snd_portid,
		.seq = info->snd_seq,
		.command = info->genlhdr->cmd,
	};
}

/**
 * iow_answer_send() - send what was made with iow_answer_begin()
 * @info: the request
 * @skb: sent, or freed
 * @err: 0 if it was filled
 *
 * Context: process context; may sleep.
 * Return: 0 or a negative errno, @err if there was one.
 */
int iow_answer_send(struct genl_info *info, struct sk_buff *skb, int err)
{
	if (err) {
		nlmsg_free(skb);
		return err;
	}
	return genlmsg_reply(skb, info);
}

/**
 * iow_answer_part() - the messages of one part of a dump
 * @cb: the dump
 * @skb: what they go into
 * @command: of each
 *
 * Context: process context.
 * Return: a message, to be used for one object after the other.
 */
struct iow_message iow_answer_part(struct netlink_callback *cb, struct sk_buff *skb, u8 command)
{
	return (struct iow_message){
		.skb = skb,
		.family = &iow_family,
		.portid = NETLINK_CB(cb->skb).portid,
		.seq = cb->nlh->nlmsg_seq,
		.flags = NLM_F_MULTI,
		.command = command,
		.dump = cb,
	};
}

/**
 * iow_answer_part_end() - end one part of a dump
 * @skb: with the messages
 * @err: of the last object: 0, or what kept it from being put
 *
 * An object that fits into no message is an error.
 *
 * Context: process context.
 * Return: what a dump returns.
 */
int iow_answer_part_end(struct sk_buff *skb, int err)
{
	return err && !skb->len ? err : skb->len;
}
