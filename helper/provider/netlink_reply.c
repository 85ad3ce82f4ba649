// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "provider/netlink_reply.h"

static int malformed(const struct reply *reply, const char *how,
		     struct problem *problem)
{
	return problem_set(problem, -EBADMSG,
		"%s: the kernel's answer is malformed (%s)", reply->what, how);
}

/* Text among the attributes that follow an error, if it is a proper text. */
static const char *find_text(const char *data, int length)
{
	const struct nlattr *attribute = (const struct nlattr *)data;

	for (; nla_ok(attribute, length);
	     attribute = nla_next(attribute, &length)) {
		const char *text = nla_data(attribute);

		if (nla_type(attribute) == NLMSGERR_ATTR_MSG &&
		    memchr(text, '\0', (size_t)nla_len(attribute)))
			return text;
	}
	return NULL;
}

static int refuse(const struct reply *reply, const struct nlmsghdr *header,
		  size_t tail, int error, struct problem *problem)
{
	const char *payload = nlmsg_data(header);
	int length = nlmsg_datalen(header);
	const char *text = NULL;

	if (header->nlmsg_flags & NLM_F_ACK_TLVS && tail <= (size_t)length)
		text = find_text(payload + tail, length - (int)tail);
	if (text)
		return problem_set(problem, error, "%s: %s: %s", reply->what,
				   strerror(-error), text);
	return problem_set(problem, error, "%s: %s", reply->what,
			   strerror(-error));
}

static bool is_error(int error)
{
	return error < 0 && error >= -4095;
}

static int read_done(struct reply *reply, const struct nlmsghdr *header,
		     struct problem *problem)
{
	int error;

	if (!reply->dump)
		return malformed(reply, "end of a dump nobody asked for",
				 problem);
	if (nlmsg_datalen(header) < (int)sizeof(error))
		return malformed(reply, "short end of dump", problem);
	memcpy(&error, nlmsg_data(header), sizeof(error));
	if (error && !is_error(error))
		return malformed(reply, "odd end of dump", problem);
	reply->done = true;
	if (!error)
		return 0;
	return refuse(reply, header, NLMSG_ALIGN(sizeof(error)), error,
		      problem);
}

/* Where attributes begin after an error: behind the request, if it is there. */
static size_t error_tail(const struct nlmsghdr *header,
			 const struct nlmsgerr *error)
{
	size_t tail = sizeof(*error);

	if (!(header->nlmsg_flags & NLM_F_CAPPED))
		tail += NLMSG_ALIGN(error->msg.nlmsg_len) -
			sizeof(struct nlmsghdr);
	return tail;
}

static int read_error(struct reply *reply, const struct nlmsghdr *header,
		      struct problem *problem)
{
	struct nlmsgerr error;

	if (nlmsg_datalen(header) < (int)sizeof(error))
		return malformed(reply, "short acknowledgement", problem);
	memcpy(&error, nlmsg_data(header), sizeof(error));
	if (error.error && !is_error(error.error))
		return malformed(reply, "odd acknowledgement", problem);
	if (error.error)
		return refuse(reply, header, error_tail(header, &error),
			      error.error, problem);
	if (reply->dump || reply->objects != 1)
		return malformed(reply, "acknowledged without an answer",
				 problem);
	reply->done = true;
	return 0;
}

static int read_object(struct reply *reply, const struct nlmsghdr *header,
		       struct problem *problem)
{
	const struct genlmsghdr *genl = nlmsg_data(header);

	if (header->nlmsg_type != reply->family)
		return malformed(reply, "of another family", problem);
	if (nlmsg_datalen(header) < (int)GENL_HDRLEN)
		return malformed(reply, "short object", problem);
	if (genl->cmd != reply->command)
		return malformed(reply, "of another command", problem);
	if (!reply->dump && reply->objects)
		return malformed(reply, "more than one object", problem);
	reply->objects++;
	return reply->object(genlmsg_attrdata(genl, 0),
			     nlmsg_datalen(header) - (int)GENL_HDRLEN,
			     reply->context, problem);
}

static int read_message(struct reply *reply, const struct nlmsghdr *header,
			struct problem *problem)
{
	/* What is left of an earlier request that failed half-way. */
	if (header->nlmsg_seq != reply->sequence)
		return 0;
	if (reply->done)
		return malformed(reply, "goes on after its end", problem);
	if (header->nlmsg_flags & NLM_F_DUMP_INTR)
		reply->interrupted = true;
	switch (header->nlmsg_type) {
	case NLMSG_NOOP:
		return 0;
	case NLMSG_ERROR:
		return read_error(reply, header, problem);
	case NLMSG_DONE:
		return read_done(reply, header, problem);
	case NLMSG_OVERRUN:
		return malformed(reply, "data lost", problem);
	default:
		return read_object(reply, header, problem);
	}
}

int reply_feed(struct reply *reply, const struct sockaddr_nl *from,
	       const void *data, size_t length, struct problem *problem)
{
	const struct nlmsghdr *header = data;
	int left = (int)length;
	int ret = 0;

	if (from->nl_family != AF_NETLINK || from->nl_pid != 0) {
		reply->foreign++;
		return 0;
	}
	if (!nlmsg_ok(header, left))
		return malformed(reply, "no message", problem);
	while (!ret && nlmsg_ok(header, left)) {
		ret = read_message(reply, header, problem);
		header = nlmsg_next((struct nlmsghdr *)header, &left);
	}
	if (!ret && left > 0)
		return malformed(reply, "cut off", problem);
	return ret;
}
