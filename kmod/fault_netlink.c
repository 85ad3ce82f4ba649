// SPDX-License-Identifier: GPL-2.0
#include <linux/capability.h>
#include <net/genetlink.h>
#include "answer.h"
#include "device.h"
#include "fault_message.h"
#include "fault_netlink.h"
#include "ledger.h"

const struct nla_policy iow_fault_policy[IOWARDEN_A_FAULT_REQUESTER + 1] = {
	[IOWARDEN_A_FAULT_SEGMENT]   = { .type = NLA_U32 },
	[IOWARDEN_A_FAULT_REQUESTER] = { .type = NLA_U16 },
};

static struct iow_ledger *ledger;

/**
 * iow_fault_netlink_open() - say what is asked for
 * @of: the ledger; lasts longer than the family
 *
 * Context: process context, before the family is registered.
 */
void iow_fault_netlink_open(struct iow_ledger *of)
{
	ledger = of;
}

/* Where a dump goes on; see struct dump of netlink.c for what it is not. */
static u64 *place_of(struct netlink_callback *cb)
{
	return (u64 *)cb->ctx;
}

/**
 * iow_source_dumpit() - all units, a part at a time
 * @skb: the part
 * @cb: the dump
 *
 * Context: process context; may sleep.
 * Return: bytes put, 0 at the end, or a negative errno.
 */
int iow_source_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct iow_message message = iow_answer_part(cb, skb, IOWARDEN_CMD_SOURCE_GET);
	const struct iow_unit *unit;
	int err = 0;

	list_for_each_entry(unit, &ledger->units, siblings) {
		if (unit->index < *place_of(cb))
			continue;
		err = iow_message_source(&message, unit, 0);
		if (err)
			break;
		*place_of(cb) = unit->index + 1;
	}
	return iow_answer_part_end(skb, err);
}

/* Requester IDs that are no function tell of what guests do. */
static bool is_for_everybody(const struct iow_account *account)
{
	return READ_ONCE(account->was_present);
}

static int answer_fault(struct genl_info *info, struct sk_buff *skb, u64 key, bool detail)
{
	const struct iow_account *account = iow_ledger_find(ledger, key);
	struct nlattr *requester = info->attrs[IOWARDEN_A_FAULT_REQUESTER];
	struct iow_message message = iow_answer_begin(info, skb);

	if (!detail && !(account && is_for_everybody(account))) {
		NL_SET_ERR_MSG_ATTR(info->extack, requester,
				    "no such PCI function; other requesters need CAP_NET_ADMIN");
		return -EPERM;
	}
	if (!account) {
		NL_SET_ERR_MSG_ATTR(info->extack, requester,
				    "no such PCI function, and no fault is booked on that requester ID");
		return -ENOENT;
	}
	return iow_message_fault(&message, account, (struct iow_fault_view){ .detail = detail });
}

/**
 * iow_fault_doit() - one requester
 * @request: the request
 * @info: what is in it
 *
 * Context: process context; may sleep.
 * Return: 0 or a negative errno.
 */
int iow_fault_doit(struct sk_buff *request, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct sk_buff *skb;
	u64 key;

	if (GENL_REQ_ATTR_CHECK(info, IOWARDEN_A_FAULT_SEGMENT) ||
	    GENL_REQ_ATTR_CHECK(info, IOWARDEN_A_FAULT_REQUESTER)) {
		NL_SET_ERR_MSG(info->extack,
			       "segment and requester name whose faults are asked for");
		return -EINVAL;
	}
	key = IOW_KEY(nla_get_u32(attrs[IOWARDEN_A_FAULT_SEGMENT]),
		      nla_get_u16(attrs[IOWARDEN_A_FAULT_REQUESTER]));
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	return iow_answer_send(info, skb,
			       answer_fault(info, skb, key,
					    netlink_capable(request, CAP_NET_ADMIN)));
}

static int check_fault_dump(struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;

	return iow_answer_refuse(attrs[IOWARDEN_A_FAULT_SEGMENT], cb->extack,
				 "a dump returns all requesters; segment names a single one") ?:
	       iow_answer_refuse(attrs[IOWARDEN_A_FAULT_REQUESTER], cb->extack,
				 "a dump returns all requesters; requester names a single one");
}

/**
 * iow_fault_dumpit() - all requesters, a part at a time
 * @skb: the part
 * @cb: the dump
 *
 * Context: process context; may sleep.
 * Return: bytes put, 0 at the end, or a negative errno.
 */
int iow_fault_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct iow_message message = iow_answer_part(cb, skb, IOWARDEN_CMD_FAULT_GET);
	const bool detail = netlink_capable(cb->skb, CAP_NET_ADMIN);
	u64 next = *place_of(cb);
	const struct iow_account *account;
	int err = next ? 0 : check_fault_dump(cb);

	if (err)
		return err;
	cb->seq = iow_ledger_generation(ledger);
	/* A bucket is never for everybody. */
	while ((account = iow_ledger_next(ledger, &next, detail))) {
		if (detail || is_for_everybody(account))
			err = iow_message_fault(&message, account,
						(struct iow_fault_view){ .detail = detail });
		if (err)
			break;
		*place_of(cb) = next;
	}
	return iow_answer_part_end(skb, err);
}
