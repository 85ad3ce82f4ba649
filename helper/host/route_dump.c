// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "host/route_dump.h"

/* Routes change while they are told; a table that never rests is given up. */
#define ATTEMPTS 4

/** struct dump - one that is under way; @error: -ENOMEM, or 0 */
struct dump {
	struct default_routes *found;
	int error;
};

int default_routes_add(struct default_routes *found, const char *interface)
{
	if (!strcmp(interface, "lo") ||
	    text_list_has(&found->interfaces, interface))
		return 0;
	return text_list_add(&found->interfaces, "%s", interface);
}

/* An interface that went just now takes no packet any more. */
static void add_interface(struct dump *dump, unsigned int index)
{
	char name[IF_NAMESIZE];

	if (!dump->error && if_indextoname(index, name))
		dump->error = default_routes_add(dump->found, name);
}

static void add_hops(struct dump *dump, struct nlattr *attribute)
{
	struct rtnexthop *hop = nla_data(attribute);
	int left = nla_len(attribute);

	for (; RTNH_OK(hop, left); left -= RTNH_ALIGN(hop->rtnh_len),
	     hop = RTNH_NEXT(hop))
		if (!(hop->rtnh_flags & RTNH_F_DEAD))
			add_interface(dump, (unsigned int)hop->rtnh_ifindex);
}

/* Two routes to half of all addresses each are a default route, too. */
static bool is_default(const struct rtmsg *route)
{
	return route->rtm_type == RTN_UNICAST && route->rtm_dst_len <= 1 &&
	       !(route->rtm_flags & (RTM_F_CLONED | RTNH_F_DEAD));
}

static int read_route(struct nl_msg *message, void *argument)
{
	struct nlmsghdr *header = nlmsg_hdr(message);
	struct nlattr *attribute[RTA_MAX + 1];
	struct dump *dump = argument;

	if (nlmsg_get_src(message)->nl_pid ||
	    header->nlmsg_type != RTM_NEWROUTE ||
	    nlmsg_parse(header, sizeof(struct rtmsg), attribute, RTA_MAX, NULL) ||
	    !is_default(nlmsg_data(header)))
		return NL_SKIP;
	if (attribute[RTA_MULTIPATH])
		add_hops(dump, attribute[RTA_MULTIPATH]);
	else if (attribute[RTA_OIF])
		add_interface(dump, nla_get_u32(attribute[RTA_OIF]));
	else
		dump->found->unnamed = true;
	return NL_OK;
}

static int ask_once(struct nl_sock *socket, unsigned char family)
{
	struct rtmsg request = { .rtm_family = family };
	int ret = nl_send_simple(socket, RTM_GETROUTE, NLM_F_DUMP, &request,
				 sizeof(request));

	return ret < 0 ? ret : nl_recvmsgs_default(socket);
}

static int ask(struct nl_sock *socket, unsigned char family)
{
	int ret = -NLE_DUMP_INTR;

	for (int i = 0; ret == -NLE_DUMP_INTR && i < ATTEMPTS; i++)
		ret = ask_once(socket, family);
	if (ret == -NLE_NOMEM)
		return -ENOMEM;
	return ret < 0 ? -EIO : 0;
}

static int ask_all(struct nl_sock *socket, struct dump *dump)
{
	int ret;

	if (nl_connect(socket, NETLINK_ROUTE))
		return -EIO;
	ret = nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_CUSTOM, read_route,
				  dump);
	if (ret)
		return -EIO;
	ret = ask(socket, AF_INET);
	if (!ret)
		ret = ask(socket, AF_INET6);
	return dump->error ? dump->error : ret;
}

int route_dump(struct default_routes *found)
{
	struct dump dump = { .found = found };
	struct nl_sock *socket = nl_socket_alloc();
	int ret;

	if (!socket)
		return -ENOMEM;
	ret = ask_all(socket, &dump);
	nl_socket_free(socket);
	return ret;
}
