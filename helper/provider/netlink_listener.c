// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/iowarden.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include "provider/netlink.h"
#include "provider/netlink_fault.h"
#include "provider/netlink_listener.h"

static int explain(int error, struct problem *problem)
{
	if (error == -EPERM)
		return problem_set(problem, error,
			"--follow needs CAP_NET_ADMIN in the initial user namespace: run it as root");
	if (error == -ENOENT)
		return problem_set(problem, error,
			"the module tells nobody of faults as they come: it is older than that, or this kernel cannot keep it from those without rights");
	return error;
}

int listener_open(struct listener *listener, struct problem *problem)
{
	int ret = channel_open(&listener->requests, problem);

	if (ret)
		return ret;
	ret = netlink_family(listener->requests, &listener->family, problem);
	if (!ret)
		ret = channel_open(&listener->events, problem);
	if (ret)
		goto err_close_requests;
	ret = channel_join(listener->events, IOWARDEN_FAMILY_NAME,
			   IOWARDEN_MCGRP_FAULTS, problem);
	if (!ret)
		return 0;
	ret = explain(ret, problem);
	channel_close(listener->events);
err_close_requests:
	channel_close(listener->requests);
	return ret;
}

void listener_close(struct listener *listener)
{
	channel_close(listener->events);
	channel_close(listener->requests);
}

int listener_read(struct listener *listener, struct faults *faults,
		  struct problem *problem)
{
	return netlink_read_faults(listener->requests, faults, problem);
}

int listener_check(struct listener *listener, struct problem *problem)
{
	uint16_t family = 0;
	int ret = netlink_family(listener->requests, &family, problem);

	if (!ret && family == listener->family)
		return 0;
	if (ret && ret != -ENOPKG)
		return ret;
	return problem_set(problem, -ENOPKG,
		"the module was unloaded: what was counted is gone, and nobody counts now");
}

/* By command; those without a decoder are others' or of a later module. */
static const struct {
	enum news_kind kind;
	reply_object *decode;
} messages[] = {
	[IOWARDEN_CMD_FAULT_NTF] = { NEWS_FAULTS, decode_fault_event },
	[IOWARDEN_CMD_SOURCE_NTF] = { NEWS_SOURCE, decode_source_event },
	[IOWARDEN_CMD_FAULT_RESYNC_NTF] = { NEWS_RESYNC, decode_resync },
};

static int take(const struct listener *listener, const struct nlmsghdr *header,
		struct news *news, struct problem *problem)
{
	const struct genlmsghdr *genl = nlmsg_data(header);
	struct fault_event event = { 0 };
	int length = nlmsg_datalen(header) - (int)GENL_HDRLEN;
	int ret;

	if (header->nlmsg_type != listener->family || length < 0 ||
	    genl->cmd >= sizeof(messages) / sizeof(*messages) ||
	    !messages[genl->cmd].decode)
		return 0;
	ret = messages[genl->cmd].decode(genlmsg_attrdata(genl, 0), length,
					 &event, problem);
	if (ret)
		return ret;
	*news = (struct news){
		.kind = messages[genl->cmd].kind, .sequence = event.sequence,
		.requester = event.requester, .source = event.source,
	};
	return 0;
}

/* A notification is a datagram of its own. */
static int read_datagram(const struct listener *listener,
			 const struct datagram *datagram, struct news *news,
			 struct problem *problem)
{
	const struct nlmsghdr *header = datagram->data;

	if (datagram->from.nl_family != AF_NETLINK || datagram->from.nl_pid)
		return 0;
	if (!nlmsg_ok(header, (int)datagram->length))
		return problem_set(problem, -EBADMSG,
				   "a message about faults is malformed");
	return take(listener, header, news, problem);
}

int listener_next(struct listener *listener, struct news *news, int timeout,
		  struct problem *problem)
{
	struct datagram datagram = { 0 };
	int ret = listener->events->receive(listener->events, &datagram,
					    timeout);

	*news = (struct news){ .kind = NEWS_NONE };
	if (ret == -ETIMEDOUT)
		return 0;
	if (ret == -ENOBUFS) {
		news->kind = NEWS_OVERFLOW;
		return 0;
	}
	if (ret)
		return problem_set(problem, ret,
				   "messages about faults cannot be received: %s",
				   strerror(-ret));
	ret = read_datagram(listener, &datagram, news, problem);
	free(datagram.data);
	return ret;
}

void news_free(struct news *news)
{
	source_free(&news->source);
}
