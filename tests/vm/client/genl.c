// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>
#include "genl.h"

#define PATIENCE_S 20

const struct nlattr *genl_find(const struct nlattr *attributes, size_t length, uint16_t type)
{
	const unsigned char *at = (const unsigned char *)attributes;

	while (length >= NLA_HDRLEN) {
		const struct nlattr *attribute = (const void *)at;
		size_t whole = NLA_ALIGN(attribute->nla_len);

		if (attribute->nla_len < NLA_HDRLEN || attribute->nla_len > length)
			return NULL;
		if ((attribute->nla_type & NLA_TYPE_MASK) == type)
			return attribute;
		if (whole >= length)
			return NULL;
		at += whole;
		length -= whole;
	}
	return NULL;
}

uint64_t genl_number(const struct nlattr *attribute)
{
	const void *value = (const char *)attribute + NLA_HDRLEN;
	uint64_t wide;

	switch (attribute->nla_len - NLA_HDRLEN) {
	case 1:
		return *(const uint8_t *)value;
	case 2:
		return *(const uint16_t *)value;
	case 4:
		return *(const uint32_t *)value;
	case 8:
		/* Attributes are aligned to four bytes only. */
		memcpy(&wide, value, sizeof(wide));
		return wide;
	}
	return ~0u;
}

const char *genl_text(const struct nlattr *attribute)
{
	return attribute ? (const char *)attribute + NLA_HDRLEN : "";
}

const struct nlattr *genl_next(const struct nlattr *attribute, size_t *length)
{
	size_t whole = NLA_ALIGN(attribute->nla_len);

	if (attribute->nla_len < NLA_HDRLEN || whole >= *length)
		return NULL;
	*length -= whole;
	return (const void *)((const char *)attribute + whole);
}

void genl_start(struct genl_request *request, const struct genl *genl, uint8_t command,
		uint16_t flags)
{
	struct nlmsghdr *header = (struct nlmsghdr *)request->bytes;
	struct genlmsghdr *generic = NLMSG_DATA(header);

	memset(request, 0, sizeof(*request));
	request->length = NLMSG_LENGTH(GENL_HDRLEN);
	header->nlmsg_type = genl->family;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	generic->cmd = command;
	generic->version = IOWARDEN_FAMILY_VERSION;
}

void genl_put(struct genl_request *request, uint16_t type, const void *value, size_t size)
{
	struct nlattr *attribute = (void *)(request->bytes + request->length);

	attribute->nla_type = type;
	attribute->nla_len = NLA_HDRLEN + size;
	if (size)
		memcpy((char *)attribute + NLA_HDRLEN, value, size);
	request->length += NLA_ALIGN(attribute->nla_len);
}

void genl_put_u32(struct genl_request *request, uint16_t type, uint32_t value)
{
	genl_put(request, type, &value, sizeof(value));
}

void genl_put_u16(struct genl_request *request, uint16_t type, uint16_t value)
{
	genl_put(request, type, &value, sizeof(value));
}

static void read_extack(const unsigned char *at, size_t length, struct genl_answer *answer)
{
	const struct nlattr *attributes = (const void *)at;
	const struct nlattr *text = genl_find(attributes, length, NLMSGERR_ATTR_MSG);
	const struct nlattr *offset = genl_find(attributes, length, NLMSGERR_ATTR_OFFS);
	const struct nlattr *missing = genl_find(attributes, length, NLMSGERR_ATTR_MISS_TYPE);

	if (text)
		snprintf(answer->text, sizeof(answer->text), "%.*s",
			 (int)(text->nla_len - NLA_HDRLEN), (const char *)text + NLA_HDRLEN);
	if (offset)
		answer->bad_offset = genl_number(offset);
	if (missing)
		answer->missing = genl_number(missing);
}

/* NLMSG_ERROR: the error, the header of the request (its payload is capped), extack. */
static void read_error(const struct nlmsghdr *header, struct genl_answer *answer)
{
	const unsigned char *payload = NLMSG_DATA(header);
	size_t fixed = sizeof(struct nlmsgerr);

	answer->error = -*(const int *)payload;
	if (header->nlmsg_flags & NLM_F_ACK_TLVS)
		read_extack(payload + fixed, header->nlmsg_len - NLMSG_HDRLEN - fixed, answer);
}

static void read_done(const struct nlmsghdr *header, struct genl_answer *answer)
{
	const unsigned char *payload = NLMSG_DATA(header);
	size_t fixed = NLMSG_ALIGN(sizeof(int));

	answer->error = -*(const int *)payload;
	if (header->nlmsg_flags & NLM_F_ACK_TLVS)
		read_extack(payload + fixed, header->nlmsg_len - NLMSG_HDRLEN - fixed, answer);
}

/* true when the request has come to its end */
static bool take(const struct nlmsghdr *header, struct genl_answer *answer, genl_object *each,
		 void *context)
{
	const struct genlmsghdr *generic = NLMSG_DATA(header);

	if (header->nlmsg_flags & NLM_F_DUMP_INTR)
		answer->interrupted = true;
	if (header->nlmsg_type == NLMSG_ERROR)
		read_error(header, answer);
	if (header->nlmsg_type == NLMSG_DONE)
		read_done(header, answer);
	if (header->nlmsg_type < NLMSG_MIN_TYPE)
		return header->nlmsg_type == NLMSG_ERROR || header->nlmsg_type == NLMSG_DONE;
	answer->messages++;
	if (each)
		each((const void *)((const char *)generic + GENL_HDRLEN),
		     header->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN), generic->cmd, context);
	return false;
}

static int receive(struct genl *genl, struct genl_answer *answer, genl_object *each,
		   void *context)
{
	static _Alignas(NLMSG_ALIGNTO) unsigned char buffer[GENL_BUFFER];

	for (;;) {
		ssize_t got = recv(genl->fd, buffer, sizeof(buffer), 0);
		struct nlmsghdr *header = (void *)buffer;

		if (got < 0)
			return -errno;
		for (; NLMSG_OK(header, (size_t)got); header = NLMSG_NEXT(header, got))
			if (header->nlmsg_seq == genl->seq && take(header, answer, each, context))
				return 0;
	}
}

int genl_ask(struct genl *genl, struct genl_request *request, struct genl_answer *answer,
	     genl_object *each, void *context)
{
	struct nlmsghdr *header = (struct nlmsghdr *)request->bytes;

	memset(answer, 0, sizeof(*answer));
	header->nlmsg_len = request->length;
	header->nlmsg_seq = ++genl->seq;
	if (send(genl->fd, request->bytes, request->length, 0) < 0)
		return -errno;
	return receive(genl, answer, each, context);
}

/* An entry of the list of groups: a nest of name and number. */
static void read_group(const struct nlattr *entry, struct genl *genl)
{
	const struct nlattr *inner = (const void *)((const char *)entry + NLA_HDRLEN);
	size_t length = entry->nla_len - NLA_HDRLEN;
	const struct nlattr *name = genl_find(inner, length, CTRL_ATTR_MCAST_GRP_NAME);
	const struct nlattr *id = genl_find(inner, length, CTRL_ATTR_MCAST_GRP_ID);

	if (!name || !id)
		return;
	if (!strcmp(genl_text(name), IOWARDEN_MCGRP_TOPOLOGY))
		genl->topology = genl_number(id);
	if (!strcmp(genl_text(name), IOWARDEN_MCGRP_FAULTS))
		genl->faults = genl_number(id);
}

static void read_family(const struct nlattr *attributes, size_t length, uint8_t command,
			void *context)
{
	const struct nlattr *id = genl_find(attributes, length, CTRL_ATTR_FAMILY_ID);
	const struct nlattr *groups = genl_find(attributes, length, CTRL_ATTR_MCAST_GROUPS);
	struct genl *genl = context;
	const struct nlattr *entry;

	(void)command;
	if (id)
		genl->family = genl_number(id);
	if (!groups)
		return;
	length = groups->nla_len - NLA_HDRLEN;
	entry = (const void *)((const char *)groups + NLA_HDRLEN);
	for (; entry; entry = genl_next(entry, &length))
		read_group(entry, genl);
}

static int resolve(struct genl *genl)
{
	struct genl controller = { .fd = genl->fd, .family = GENL_ID_CTRL };
	struct genl_request request;
	struct genl_answer answer;
	int err;

	genl_start(&request, &controller, CTRL_CMD_GETFAMILY, 0);
	genl_put(&request, CTRL_ATTR_FAMILY_NAME, IOWARDEN_FAMILY_NAME,
		 sizeof(IOWARDEN_FAMILY_NAME));
	err = genl_ask(&controller, &request, &answer, read_family, genl);
	genl->seq = controller.seq;
	return err ?: -answer.error;
}

int genl_open(struct genl *genl)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int on = 1;
	int err;

	memset(genl, 0, sizeof(*genl));
	genl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (genl->fd < 0)
		return -errno;
	setsockopt(genl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(genl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	setsockopt(genl->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (bind(genl->fd, (struct sockaddr *)&address, sizeof(address)))
		err = -errno;
	else
		err = resolve(genl);
	if (err)
		genl_close(genl);
	return err;
}

void genl_close(struct genl *genl)
{
	close(genl->fd);
	genl->fd = -1;
}

int genl_join(struct genl *genl, uint32_t group)
{
	if (setsockopt(genl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		return -errno;
	return 0;
}
