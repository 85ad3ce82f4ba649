// SPDX-License-Identifier: GPL-2.0
#include <linux/capability.h>
#include <linux/iowarden.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include "answer.h"
#include "fault_message.h"
#include "fault_netlink.h"
#include "message.h"
#include "netlink.h"

enum { TOPOLOGY, FAULTS };

static const struct nla_policy device_policy[IOWARDEN_A_DEVICE_FRESH + 1] = {
	[IOWARDEN_A_DEVICE_SEGMENT] = { .type = NLA_U32 },
	[IOWARDEN_A_DEVICE_BDF]     = { .type = NLA_U16 },
	[IOWARDEN_A_DEVICE_GROUP]   = { .type = NLA_U32 },
	[IOWARDEN_A_DEVICE_FRESH]   = { .type = NLA_FLAG },
};

static const struct nla_policy group_policy[IOWARDEN_A_GROUP_FRESH + 1] = {
	[IOWARDEN_A_GROUP_ID]    = { .type = NLA_U32 },
	[IOWARDEN_A_GROUP_FRESH] = { .type = NLA_FLAG },
};

/**
 * struct dump - state of a dump between two messages
 * @next: key of the next object
 * @started: the request was looked at
 *
 * A place in the order of objects, not a pointer: each part is served from the
 * snapshot of its own time, so a reader that stalls holds nothing.
 */
struct dump {
	u64 next;
	bool started;
};

static struct dump *dump_state(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct dump) > sizeof(cb->ctx));
	return (struct dump *)cb->ctx;
}

/* Anybody could make the host read its registers in a loop otherwise. */
static int may_be_fresh(struct sk_buff *request, struct nlattr *fresh,
			struct netlink_ext_ack *extack)
{
	if (!fresh || netlink_capable(request, CAP_NET_ADMIN))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, fresh, "reading registers anew needs CAP_NET_ADMIN");
	return -EPERM;
}

static int info_doit(struct sk_buff *request, struct genl_info *info)
{
	struct sk_buff *skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	struct iow_snapshot *snapshot;
	struct iow_message message;
	int err;

	if (!skb)
		return -ENOMEM;
	snapshot = iow_snapshot_get(false);
	if (IS_ERR(snapshot)) {
		err = PTR_ERR(snapshot);
		goto send;
	}
	message = iow_answer_begin(info, skb);
	err = iow_message_info(&message, snapshot);
	iow_snapshot_put(snapshot);
send:
	return iow_answer_send(info, skb, err);
}

static int answer_device(struct genl_info *info, struct sk_buff *skb,
			 const struct iow_snapshot *snapshot, u64 key)
{
	unsigned int i = iow_snapshot_device_from(snapshot, key);
	const struct iow_device *device = &snapshot->devices[i];
	struct iow_message message = iow_answer_begin(info, skb);

	if (i < snapshot->device_count && IOW_KEY(device->segment, device->bdf) == key)
		return iow_message_device(&message, device, snapshot->generation);
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[IOWARDEN_A_DEVICE_BDF],
			    "no such PCI function");
	return -ENODEV;
}

static int check_device_request(struct sk_buff *request, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	if (GENL_REQ_ATTR_CHECK(info, IOWARDEN_A_DEVICE_SEGMENT) ||
	    GENL_REQ_ATTR_CHECK(info, IOWARDEN_A_DEVICE_BDF)) {
		NL_SET_ERR_MSG(info->extack, "segment and bdf name the function");
		return -EINVAL;
	}
	return iow_answer_refuse(attrs[IOWARDEN_A_DEVICE_GROUP], info->extack,
				 "group selects what a dump returns; it does not go with bdf") ?:
	       may_be_fresh(request, attrs[IOWARDEN_A_DEVICE_FRESH], info->extack);
}

static int device_doit(struct sk_buff *request, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct iow_snapshot *snapshot;
	struct sk_buff *skb;
	int err;

	err = check_device_request(request, info);
	if (err)
		return err;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	snapshot = iow_snapshot_get(attrs[IOWARDEN_A_DEVICE_FRESH]);
	if (IS_ERR(snapshot)) {
		err = PTR_ERR(snapshot);
		goto send;
	}
	err = answer_device(info, skb, snapshot,
			    IOW_KEY(nla_get_u32(attrs[IOWARDEN_A_DEVICE_SEGMENT]),
				    nla_get_u16(attrs[IOWARDEN_A_DEVICE_BDF])));
	iow_snapshot_put(snapshot);
send:
	return iow_answer_send(info, skb, err);
}

static int dump_devices(struct sk_buff *skb, struct netlink_callback *cb,
			const struct iow_snapshot *snapshot, struct nlattr *group)
{
	struct iow_message message = iow_answer_part(cb, skb, IOWARDEN_CMD_DEVICE_GET);
	struct dump *dump = dump_state(cb);
	unsigned int i = iow_snapshot_device_from(snapshot, dump->next);
	int err = 0;

	for (; i < snapshot->device_count; i++) {
		const struct iow_device *device = &snapshot->devices[i];

		if (group && (!device->has_group || device->group != nla_get_u32(group)))
			continue;
		err = iow_message_device(&message, device, snapshot->generation);
		if (err)
			break;
		dump->next = IOW_KEY(device->segment, device->bdf) + 1;
	}
	return iow_answer_part_end(skb, err);
}

static const struct iow_group *find_group(const struct iow_snapshot *snapshot, struct nlattr *id,
					  struct netlink_ext_ack *extack)
{
	unsigned int i = iow_snapshot_group_from(snapshot, nla_get_u32(id));

	if (i < snapshot->group_count && snapshot->groups[i].id == nla_get_u32(id))
		return &snapshot->groups[i];
	NL_SET_ERR_MSG_ATTR(extack, id, "no IOMMU group of that number holds a PCI function");
	return NULL;
}

/*
 * Checked with the first part rather than in ->start(), which has no extack in
 * Linux 6.1.
 */
static int check_device_dump(struct netlink_callback *cb, struct nlattr **attrs)
{
	return iow_answer_refuse(attrs[IOWARDEN_A_DEVICE_SEGMENT], cb->extack,
				 "a dump returns all functions; segment names a single one") ?:
	       iow_answer_refuse(attrs[IOWARDEN_A_DEVICE_BDF], cb->extack,
				 "a dump returns all functions; bdf names a single one") ?:
	       may_be_fresh(cb->skb, attrs[IOWARDEN_A_DEVICE_FRESH], cb->extack);
}

static int device_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct nlattr *group = attrs[IOWARDEN_A_DEVICE_GROUP];
	struct dump *dump = dump_state(cb);
	const bool first = !dump->started;
	struct iow_snapshot *snapshot;
	int err = 0;

	if (first)
		err = check_device_dump(cb, attrs);
	if (err)
		return err;
	snapshot = iow_snapshot_get(first && attrs[IOWARDEN_A_DEVICE_FRESH]);
	if (IS_ERR(snapshot))
		return PTR_ERR(snapshot);
	if (first && group && !find_group(snapshot, group, cb->extack))
		err = -ENOENT;
	dump->started = true;
	cb->seq = snapshot->generation;
	if (!err)
		err = dump_devices(skb, cb, snapshot, group);
	iow_snapshot_put(snapshot);
	return err;
}

static int answer_group(struct genl_info *info, struct sk_buff *skb,
			const struct iow_snapshot *snapshot)
{
	struct iow_message message = iow_answer_begin(info, skb);
	const struct iow_group *group;

	group = find_group(snapshot, info->attrs[IOWARDEN_A_GROUP_ID], info->extack);
	return group ? iow_message_group(&message, group, snapshot->generation) : -ENOENT;
}

static int group_doit(struct sk_buff *request, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct iow_snapshot *snapshot;
	struct sk_buff *skb;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, IOWARDEN_A_GROUP_ID)) {
		NL_SET_ERR_MSG(info->extack, "id names the group");
		return -EINVAL;
	}
	err = may_be_fresh(request, attrs[IOWARDEN_A_GROUP_FRESH], info->extack);
	if (err)
		return err;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	snapshot = iow_snapshot_get(attrs[IOWARDEN_A_GROUP_FRESH]);
	if (IS_ERR(snapshot)) {
		err = PTR_ERR(snapshot);
		goto send;
	}
	err = answer_group(info, skb, snapshot);
	iow_snapshot_put(snapshot);
send:
	return iow_answer_send(info, skb, err);
}

static int dump_groups(struct sk_buff *skb, struct netlink_callback *cb,
		       const struct iow_snapshot *snapshot)
{
	struct iow_message message = iow_answer_part(cb, skb, IOWARDEN_CMD_GROUP_GET);
	struct dump *dump = dump_state(cb);
	unsigned int i = iow_snapshot_group_from(snapshot, dump->next);
	int err = 0;

	for (; i < snapshot->group_count; i++) {
		err = iow_message_group(&message, &snapshot->groups[i], snapshot->generation);
		if (err)
			break;
		dump->next = (u64)snapshot->groups[i].id + 1;
	}
	return iow_answer_part_end(skb, err);
}

static int group_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct dump *dump = dump_state(cb);
	const bool first = !dump->started;
	struct iow_snapshot *snapshot;
	int err = 0;

	if (first)
		err = iow_answer_refuse(attrs[IOWARDEN_A_GROUP_ID], cb->extack,
					"a dump returns all groups; id names a single one") ?:
		      may_be_fresh(cb->skb, attrs[IOWARDEN_A_GROUP_FRESH], cb->extack);
	if (err)
		return err;
	snapshot = iow_snapshot_get(first && attrs[IOWARDEN_A_GROUP_FRESH]);
	if (IS_ERR(snapshot))
		return PTR_ERR(snapshot);
	dump->started = true;
	cb->seq = snapshot->generation;
	err = dump_groups(skb, cb, snapshot);
	iow_snapshot_put(snapshot);
	return err;
}

static const struct genl_ops operations[] = {
	{
		.cmd = IOWARDEN_CMD_INFO_GET,
		.doit = info_doit,
	},
	{
		.cmd = IOWARDEN_CMD_DEVICE_GET,
		.doit = device_doit,
		.dumpit = device_dumpit,
		.policy = device_policy,
		.maxattr = ARRAY_SIZE(device_policy) - 1,
	},
	{
		.cmd = IOWARDEN_CMD_GROUP_GET,
		.doit = group_doit,
		.dumpit = group_dumpit,
		.policy = group_policy,
		.maxattr = ARRAY_SIZE(group_policy) - 1,
	},
	{
		.cmd = IOWARDEN_CMD_SOURCE_GET,
		.dumpit = iow_source_dumpit,
	},
	{
		.cmd = IOWARDEN_CMD_FAULT_GET,
		.doit = iow_fault_doit,
		.dumpit = iow_fault_dumpit,
		.policy = iow_fault_policy,
		.maxattr = IOWARDEN_A_FAULT_REQUESTER,
	},
};

static const struct genl_multicast_group groups[] = {
	[TOPOLOGY] = { .name = IOWARDEN_MCGRP_TOPOLOGY },
#if IOW_CAN_GUARD_GROUPS
	[FAULTS]   = { .name = IOWARDEN_MCGRP_FAULTS, .flags = GENL_MCAST_CAP_NET_ADMIN },
#endif
};

/*
 * Only the initial network namespace: the topology is the host's, and group
 * permissions are asked of the user namespace that owns the network namespace.
 * resv_start_op stays 0, so that every command is validated strictly.
 */
struct genl_family iow_family __ro_after_init = {
	.name = IOWARDEN_FAMILY_NAME,
	.version = IOWARDEN_FAMILY_VERSION,
	.netnsok = false,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = operations,
	.n_ops = ARRAY_SIZE(operations),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};

/**
 * iow_netlink_register() - open the family to the world
 *
 * Context: process context; may sleep.
 * Return: 0 or a negative errno.
 */
int __init iow_netlink_register(void)
{
	return genl_register_family(&iow_family);
}

/**
 * iow_netlink_unregister() - close it; nobody is inside when this returns
 *
 * Context: process context; may sleep.
 */
void iow_netlink_unregister(void)
{
	genl_unregister_family(&iow_family);
}

static struct iow_message notification(u8 command)
{
	return (struct iow_message){
		.skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL),
		.family = &iow_family,
		.command = command,
	};
}

/*
 * That nobody listens is no error. A message that could not be made is lost to
 * listeners as one that found no room is: they learn it as ENOBUFS.
 */
static void multicast(struct sk_buff *skb, unsigned int group, int err)
{
	if (!err) {
		genlmsg_multicast_netns(&iow_family, &init_net, skb, 0, group, GFP_KERNEL);
		return;
	}
	nlmsg_free(skb);
	genl_set_err(&iow_family, &init_net, 0, group, -ENOBUFS);
}

/**
 * iow_netlink_notify_device() - tell listeners about one function
 * @command: IOWARDEN_CMD_DEVICE_..._NTF
 * @device: the function
 * @generation: of the snapshot it is from
 *
 * Context: process context; may sleep. The family is registered.
 */
void iow_netlink_notify_device(u8 command, const struct iow_device *device, u32 generation)
{
	struct iow_message message;

	if (!genl_has_listeners(&iow_family, &init_net, TOPOLOGY))
		return;
	message = notification(command);
	multicast(message.skb, TOPOLOGY,
		  message.skb ? iow_message_device(&message, device, generation) : -ENOMEM);
}

/**
 * iow_netlink_notify_topology() - tell listeners that the generation moved
 * @snapshot: the machine now
 *
 * Context: process context; may sleep. The family is registered.
 */
void iow_netlink_notify_topology(const struct iow_snapshot *snapshot)
{
	struct iow_message message;

	if (!genl_has_listeners(&iow_family, &init_net, TOPOLOGY))
		return;
	message = notification(IOWARDEN_CMD_TOPOLOGY_NTF);
	multicast(message.skb, TOPOLOGY,
		  message.skb ? iow_message_info(&message, snapshot) : -ENOMEM);
}

/**
 * iow_netlink_hears_faults() - whether anybody listens to the group "faults"
 *
 * Context: process context. The family is registered.
 * Return: whether it is worth telling.
 */
bool iow_netlink_hears_faults(void)
{
	return IOW_CAN_GUARD_GROUPS && genl_has_listeners(&iow_family, &init_net, FAULTS);
}

/**
 * iow_netlink_notify_fault() - tell listeners what was counted of a requester
 * @account: of the requester
 * @sequence: number of the notification
 *
 * Context: process context; may sleep. The family is registered.
 */
void iow_netlink_notify_fault(const struct iow_account *account, u64 sequence)
{
	const struct iow_fault_view view = { .detail = true, .sequence = sequence };
	struct iow_message message = notification(IOWARDEN_CMD_FAULT_NTF);

	multicast(message.skb, FAULTS,
		  message.skb ? iow_message_fault(&message, account, view) : -ENOMEM);
}

/**
 * iow_netlink_notify_source() - tell listeners what was counted of a unit
 * @unit: the unit
 * @sequence: number of the notification
 *
 * Context: process context; may sleep. The family is registered.
 */
void iow_netlink_notify_source(const struct iow_unit *unit, u64 sequence)
{
	struct iow_message message = notification(IOWARDEN_CMD_SOURCE_NTF);

	multicast(message.skb, FAULTS,
		  message.skb ? iow_message_source(&message, unit, sequence) : -ENOMEM);
}

/**
 * iow_netlink_notify_resync() - tell listeners that they are not told of all
 * @sequence: number of the notification
 *
 * Context: process context; may sleep. The family is registered.
 */
void iow_netlink_notify_resync(u64 sequence)
{
	struct iow_message message = notification(IOWARDEN_CMD_FAULT_RESYNC_NTF);

	multicast(message.skb, FAULTS,
		  message.skb ? iow_message_resync(&message, sequence) : -ENOMEM);
}
