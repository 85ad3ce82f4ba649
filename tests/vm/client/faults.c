// SPDX-License-Identifier: GPL-2.0
/*
 * What the module counted of DMA faults, a line an object, NAME=VALUE by
 * NAME=VALUE:
 *
 *	faults				all sources and requesters, as far as we may
 *	faults --requester BDF		one requester
 *	faults --dump SECONDS		all of it again and again, until then or SIGTERM
 *	faults --join			tries to join group "faults"
 *	faults --deaf			joins it, and never reads
 *	faults --listen SECONDS		notifications as they come, until then or SIGTERM
 *
 * Exits with 1 if something was not answered, and says what.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>
#include "genl.h"

static struct genl genl;
static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

static int complain(const char *what, int error, const char *words)
{
	printf("refused what=%s error=%d words=\"%s\"\n", what, error, words);
	return 1;
}

static double now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

/**
 * struct word - an attribute as it is printed
 * @type: of the attribute
 * @name: what it is called
 */
struct word {
	uint16_t type;
	const char *name;
};

static const struct word source_words[] = {
	{ IOWARDEN_A_SOURCE_STATE, "state" },
	{ IOWARDEN_A_SOURCE_SEGMENT, "segment" },
	{ IOWARDEN_A_SOURCE_ADDRESS, "address" },
	{ IOWARDEN_A_SOURCE_RECORDS, "records" },
	{ IOWARDEN_A_SOURCE_UNATTRIBUTED, "unattributed" },
	{ IOWARDEN_A_SOURCE_OVERFLOWS, "overflows" },
	{ IOWARDEN_A_SOURCE_MISSED, "missed" },
	{ IOWARDEN_A_SOURCE_FAULTS_AT_LEAST, "at_least" },
	{ IOWARDEN_A_SOURCE_SEQUENCE, "sequence" },
	{ }
};

static const struct word fault_words[] = {
	{ IOWARDEN_A_FAULT_TOTAL, "total" },
	{ IOWARDEN_A_FAULT_BEFORE, "before" },
	{ IOWARDEN_A_FAULT_READS, "reads" },
	{ IOWARDEN_A_FAULT_WRITES, "writes" },
	{ IOWARDEN_A_FAULT_OTHERS, "others" },
	{ IOWARDEN_A_FAULT_OTHER_REASONS, "other_reasons" },
	{ IOWARDEN_A_FAULT_WHOLE_BUS, "whole_bus" },
	{ IOWARDEN_A_FAULT_PRESENT, "present" },
	{ IOWARDEN_A_FAULT_GONE, "gone" },
	{ IOWARDEN_A_FAULT_FIRST_SEEN, "first_seen" },
	{ IOWARDEN_A_FAULT_LAST_SEEN, "last_seen" },
	{ IOWARDEN_A_FAULT_LAST_SOURCE, "last_source" },
	{ IOWARDEN_A_FAULT_LAST_ACCESS, "last_access" },
	{ IOWARDEN_A_FAULT_LAST_ADDRESS, "last_address" },
	{ IOWARDEN_A_FAULT_LAST_PASID, "last_pasid" },
	{ IOWARDEN_A_FAULT_SEQUENCE, "sequence" },
	{ }
};

/* A flag is 1. */
static void print_words(const struct word *word, const struct nlattr *attributes, size_t length)
{
	const struct nlattr *attribute;

	for (; word->name; word++) {
		attribute = genl_find(attributes, length, word->type);
		if (attribute)
			printf(" %s=%" PRIu64, word->name, attribute->nla_len == NLA_HDRLEN ?
			       1 : genl_number(attribute));
	}
}

static void print_source(const struct nlattr *attributes, size_t length, uint8_t command,
			 void *context)
{
	const struct nlattr *why = genl_find(attributes, length, IOWARDEN_A_SOURCE_WHY);

	(void)command;
	(void)context;
	printf("source index=%" PRIu64 " name=%s",
	       genl_number(genl_find(attributes, length, IOWARDEN_A_SOURCE_INDEX)),
	       genl_text(genl_find(attributes, length, IOWARDEN_A_SOURCE_NAME)));
	print_words(source_words, attributes, length);
	if (why)
		printf(" why=\"%s\"", genl_text(why));
	putchar('\n');
}

static void print_reasons(const struct nlattr *attributes, size_t length)
{
	const struct nlattr *at = attributes;

	for (; at; at = genl_next(at, &length)) {
		const struct nlattr *inner = (const void *)((const char *)at + NLA_HDRLEN);
		size_t size = at->nla_len - NLA_HDRLEN;

		if ((at->nla_type & NLA_TYPE_MASK) != IOWARDEN_A_FAULT_REASON)
			continue;
		printf(" reason_%02" PRIx64 "=%" PRIu64,
		       genl_number(genl_find(inner, size, IOWARDEN_A_FAULT_REASON_CODE)),
		       genl_number(genl_find(inner, size, IOWARDEN_A_FAULT_REASON_COUNT)));
	}
}

static void print_requester(const struct nlattr *attributes, size_t length, uint8_t command,
			    void *context)
{
	const unsigned int id = genl_number(genl_find(attributes, length,
						      IOWARDEN_A_FAULT_REQUESTER));

	(void)command;
	(void)context;
	printf("requester bdf=%04x:%02x:%02x.%x",
	       (unsigned int)genl_number(genl_find(attributes, length,
						   IOWARDEN_A_FAULT_SEGMENT)),
	       id >> 8, id >> 3 & 31, id & 7);
	print_words(fault_words, attributes, length);
	print_reasons(attributes, length);
	putchar('\n');
}

static int dump(uint8_t command, const char *what, genl_object *each)
{
	struct genl_request request;
	struct genl_answer answer;
	int err;

	genl_start(&request, &genl, command, NLM_F_DUMP);
	err = -genl_ask(&genl, &request, &answer, each, NULL);
	if (err || answer.error)
		return complain(what, err ? err : answer.error, answer.text);
	return 0;
}

static int print_all(void)
{
	return dump(IOWARDEN_CMD_SOURCE_GET, "sources", print_source) |
	       dump(IOWARDEN_CMD_FAULT_GET, "requesters", print_requester);
}

static int print_one(const char *bdf)
{
	unsigned int segment, bus, device, function;
	struct genl_request request;
	struct genl_answer answer;
	int err;

	if (sscanf(bdf, "%x:%x:%x.%x", &segment, &bus, &device, &function) != 4)
		return 2;
	genl_start(&request, &genl, IOWARDEN_CMD_FAULT_GET, 0);
	genl_put_u32(&request, IOWARDEN_A_FAULT_SEGMENT, segment);
	genl_put_u16(&request, IOWARDEN_A_FAULT_REQUESTER, bus << 8 | device << 3 | function);
	err = -genl_ask(&genl, &request, &answer, print_requester, NULL);
	if (err || answer.error)
		return complain(bdf, err ? err : answer.error, answer.text);
	return 0;
}

static int dump_until(double end)
{
	unsigned long dumps = 0;
	int err = 0;

	while (!stopped && now() < end && !err) {
		err = dump(IOWARDEN_CMD_SOURCE_GET, "sources", NULL) |
		      dump(IOWARDEN_CMD_FAULT_GET, "requesters", NULL);
		dumps++;
	}
	printf("dumps=%lu\n", dumps);
	return err;
}

static int join(void)
{
	int err;

	if (!genl.faults)
		return complain("join", ENOENT, "no such group");
	err = -genl_join(&genl, genl.faults);
	return err ? complain("join", err, strerror(err)) : 0;
}

static void print_event(const struct nlmsghdr *header, double start)
{
	const struct genlmsghdr *generic = NLMSG_DATA(header);
	const struct nlattr *attributes = (const void *)((const char *)generic + GENL_HDRLEN);
	const size_t length = header->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN);

	printf("event at=%.3f ", now() - start);
	if (generic->cmd == IOWARDEN_CMD_FAULT_NTF)
		print_requester(attributes, length, generic->cmd, NULL);
	else if (generic->cmd == IOWARDEN_CMD_SOURCE_NTF)
		print_source(attributes, length, generic->cmd, NULL);
	else
		printf("resync sequence=%" PRIu64 "\n",
		       genl_number(genl_find(attributes, length, IOWARDEN_A_FAULT_SEQUENCE)));
}

static int listen_until(double end)
{
	static _Alignas(NLMSG_ALIGNTO) unsigned char buffer[GENL_BUFFER];
	const struct timeval patience = { .tv_usec = 100000 };
	const double start = now();

	if (join())
		return 1;
	setsockopt(genl.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	puts("listening");
	while (!stopped && now() < end) {
		ssize_t got = recv(genl.fd, buffer, sizeof(buffer), 0);
		struct nlmsghdr *header = (void *)buffer;

		if (got < 0 && errno == ENOBUFS)
			puts("lost");
		for (; got > 0 && NLMSG_OK(header, (size_t)got); header = NLMSG_NEXT(header, got))
			print_event(header, start);
	}
	puts("end");
	return 0;
}

static int act(const char *what, const char *argument)
{
	if (!*what)
		return print_all();
	if (!strcmp(what, "--requester"))
		return print_one(argument);
	if (!strcmp(what, "--dump"))
		return dump_until(now() + atof(argument));
	if (!strcmp(what, "--listen"))
		return listen_until(now() + atof(argument));
	if (!strcmp(what, "--join") || !strcmp(what, "--deaf")) {
		int err = join();

		printf("joined=%d\n", !err);
		while (!err && !stopped && !strcmp(what, "--deaf"))
			pause();
		return err;
	}
	return 2;
}

int main(int argc, char **argv)
{
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGTERM, stop);
	err = genl_open(&genl);
	if (err)
		return complain("family", -err, strerror(-err));
	return act(argc > 1 ? argv[1] : "", argc > 2 ? argv[2] : "0");
}
