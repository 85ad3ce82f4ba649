/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HOST_NET_GENETLINK_H
#define HOST_NET_GENETLINK_H

#include <linux/genetlink.h>
#include <net/netlink.h>

struct genl_family {
	int id;
	unsigned int version;
	char name[GENL_NAMSIZ];
};

struct netlink_callback {
	unsigned int prev_seq, seq;
};

static inline struct nlmsghdr *host_message(void *genl)
{
	return (void *)((u8 *)genl - GENL_HDRLEN - NLMSG_HDRLEN);
}

static inline void *genlmsg_put(struct sk_buff *skb, u32 port, u32 sequence,
				const struct genl_family *family, int flags, u8 command)
{
	const unsigned int total = NLMSG_HDRLEN + GENL_HDRLEN;
	struct nlmsghdr *header = (void *)(skb->data + skb->len);
	struct genlmsghdr *genl = (void *)((u8 *)header + NLMSG_HDRLEN);

	if (skb_tailroom(skb) < total)
		return NULL;
	skb_put(skb, total);
	*header = (struct nlmsghdr){
		.nlmsg_len = total, .nlmsg_type = family->id, .nlmsg_flags = flags,
		.nlmsg_seq = sequence, .nlmsg_pid = port,
	};
	*genl = (struct genlmsghdr){ .cmd = command, .version = family->version };
	return (u8 *)genl + GENL_HDRLEN;
}

static inline void genlmsg_end(struct sk_buff *skb, void *genl)
{
	host_message(genl)->nlmsg_len = skb->data + skb->len - (u8 *)host_message(genl);
}

static inline void genlmsg_cancel(struct sk_buff *skb, void *genl)
{
	skb->len = (u8 *)host_message(genl) - skb->data;
}

static inline void genl_dump_check_consistent(struct netlink_callback *dump, void *genl)
{
	if (dump->prev_seq && dump->seq != dump->prev_seq)
		host_message(genl)->nlmsg_flags |= NLM_F_DUMP_INTR;
	dump->prev_seq = dump->seq;
}

#endif /* HOST_NET_GENETLINK_H */
