/* SPDX-License-Identifier: GPL-2.0 */
/* Attributes are put and walked as the kernel does: what does not fit is not put. */
#ifndef HOST_NET_NETLINK_H
#define HOST_NET_NETLINK_H

#include <endian.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/skbuff.h>
#include <string.h>

#define NLMSG_DEFAULT_SIZE 3776
#define cpu_to_le32(value) htole32(value)

static inline int nla_put(struct sk_buff *skb, int type, int length, const void *data)
{
	const unsigned int total = NLA_ALIGN(NLA_HDRLEN + length);
	struct nlattr *attribute;

	if (skb_tailroom(skb) < total)
		return -EMSGSIZE;
	attribute = memset(skb_put(skb, total), 0, total);
	attribute->nla_type = type;
	attribute->nla_len = NLA_HDRLEN + length;
	if (length)
		memcpy((u8 *)attribute + NLA_HDRLEN, data, length);
	return 0;
}

#define HOST_NLA_NUMBER(bits)							\
static inline int nla_put_u##bits(struct sk_buff *skb, int type, u##bits value)	\
{										\
	return nla_put(skb, type, sizeof(value), &value);			\
}										\
static inline u##bits nla_get_u##bits(const struct nlattr *attribute)		\
{										\
	u##bits value;								\
										\
	memcpy(&value, (const u8 *)attribute + NLA_HDRLEN, sizeof(value));	\
	return value;								\
}

HOST_NLA_NUMBER(8)
HOST_NLA_NUMBER(16)
HOST_NLA_NUMBER(32)
HOST_NLA_NUMBER(64)

#define nla_put_u64_64bit(skb, type, value, pad) nla_put_u64(skb, type, value)
#define nla_put_flag(skb, type) nla_put(skb, type, 0, NULL)
#define nla_put_string(skb, type, text) nla_put(skb, type, strlen(text) + 1, text)

static inline int nla_len(const struct nlattr *attribute)
{
	return attribute->nla_len - NLA_HDRLEN;
}

static inline int nla_type(const struct nlattr *attribute)
{
	return attribute->nla_type & NLA_TYPE_MASK;
}

static inline void *nla_data(const struct nlattr *attribute)
{
	return (u8 *)attribute + NLA_HDRLEN;
}

static inline bool nla_ok(const struct nlattr *attribute, int rest)
{
	return rest >= (int)NLA_HDRLEN && attribute->nla_len >= NLA_HDRLEN &&
	       attribute->nla_len <= rest;
}

#define nla_for_each_attr(attribute, first, length, rest)			\
	for (attribute = first, rest = length; nla_ok(attribute, rest);		\
	     rest -= NLA_ALIGN(attribute->nla_len),				\
	     attribute = (void *)((u8 *)attribute + NLA_ALIGN(attribute->nla_len)))

static inline struct nlattr *nla_nest_start(struct sk_buff *skb, int type)
{
	struct nlattr *nest = (void *)(skb->data + skb->len);

	return nla_put(skb, type | NLA_F_NESTED, 0, NULL) ? NULL : nest;
}

static inline void nla_nest_end(struct sk_buff *skb, struct nlattr *nest)
{
	nest->nla_len = skb->data + skb->len - (u8 *)nest;
}

static inline void nla_nest_cancel(struct sk_buff *skb, struct nlattr *nest)
{
	skb->len = (u8 *)nest - skb->data;
}

static inline void *nlmsg_data(const struct nlmsghdr *header)
{
	return (u8 *)header + NLMSG_HDRLEN;
}

static inline struct nlattr *nlmsg_attrdata(const struct nlmsghdr *header, int family)
{
	return (void *)((u8 *)nlmsg_data(header) + NLMSG_ALIGN(family));
}

static inline int nlmsg_attrlen(const struct nlmsghdr *header, int family)
{
	return header->nlmsg_len - NLMSG_HDRLEN - NLMSG_ALIGN(family);
}

#endif /* HOST_NET_NETLINK_H */
