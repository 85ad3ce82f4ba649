// SPDX-License-Identifier: GPL-2.0
/*
 * What listeners and dumpers see when functions come, go, bind and unbind:
 * `hotplug-cases ENDPOINT PORT`, two BDFs of segment 0; the endpoint is removed
 * and found again, the port is taken from pcieport and given back. TAP.
 */
#include <errno.h>
#include <fcntl.h>
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

#define PLAN		10
#define PATIENCE_MS	5000

static struct genl asking;
static struct genl listening;
static int number;
static int failures;

/**
 * struct event - one notification
 * @command: which
 * @bdf: of the function, 0xffffffff if it names none
 * @generation: of the topology
 * @group: of the function, 0xffffffff if it has none
 * @driver: of the function, or empty
 */
struct event {
	uint8_t command;
	uint32_t bdf;
	uint32_t generation;
	uint32_t group;
	char driver[64];
};

static void report(bool good, const char *name)
{
	failures += !good;
	printf("%s %d - %s\n", good ? "ok" : "not ok", ++number, name);
}

static uint16_t parse_bdf(const char *text)
{
	unsigned int bus, device, function;

	if (sscanf(text, "0000:%x:%x.%x", &bus, &device, &function) != 3)
		abort();
	return bus << 8 | device << 3 | function;
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		printf("# %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

static void remove_function(const char *bdf)
{
	char path[100];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/remove", bdf);
	write_file(path, "1");
}

static void rescan(void)
{
	write_file("/sys/bus/pci/rescan", "1");
}

static uint32_t number_or(const struct nlattr *attributes, size_t length, uint16_t type)
{
	const struct nlattr *attribute = genl_find(attributes, length, type);

	return attribute ? genl_number(attribute) : ~0u;
}

static void read_event(const struct nlmsghdr *header, struct event *event)
{
	const struct genlmsghdr *generic = NLMSG_DATA(header);
	const struct nlattr *attributes = (const void *)((const char *)generic + GENL_HDRLEN);
	size_t length = header->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN);
	const struct nlattr *driver;

	memset(event, 0, sizeof(*event));
	event->command = generic->cmd;
	event->bdf = ~0u;
	if (generic->cmd == IOWARDEN_CMD_TOPOLOGY_NTF) {
		event->generation = number_or(attributes, length, IOWARDEN_A_INFO_GENERATION);
		return;
	}
	event->bdf = number_or(attributes, length, IOWARDEN_A_DEVICE_BDF);
	event->generation = number_or(attributes, length, IOWARDEN_A_DEVICE_GENERATION);
	event->group = number_or(attributes, length, IOWARDEN_A_DEVICE_GROUP);
	driver = genl_find(attributes, length, IOWARDEN_A_DEVICE_DRIVER);
	if (driver)
		snprintf(event->driver, sizeof(event->driver), "%s",
			 (const char *)driver + NLA_HDRLEN);
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Wait for an event of that kind about that function; others are passed over. */
static bool wait_for(uint8_t command, uint32_t bdf, struct event *event)
{
	_Alignas(NLMSG_ALIGNTO) unsigned char buffer[8192];
	struct timeval patience = { .tv_usec = 200000 };
	long end = now_ms() + PATIENCE_MS;

	setsockopt(listening.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	while (now_ms() < end) {
		if (recv(listening.fd, buffer, sizeof(buffer), 0) <= 0)
			continue;
		read_event((void *)buffer, event);
		if (event->command == command && event->bdf == bdf)
			return true;
	}
	return false;
}

static void take_generation(const struct nlattr *attributes, size_t length, uint8_t command,
			    void *context)
{
	(void)command;
	*(uint32_t *)context = number_or(attributes, length, IOWARDEN_A_INFO_GENERATION);
}

static uint32_t generation(void)
{
	struct genl_request request;
	struct genl_answer answer;
	uint32_t value = 0;

	genl_start(&request, &asking, IOWARDEN_CMD_INFO_GET, 0);
	genl_ask(&asking, &request, &answer, take_generation, &value);
	return value;
}

/* What is left of earlier moves is passed over. */
static bool wait_for_move(uint32_t before)
{
	struct event event;

	while (wait_for(IOWARDEN_CMD_TOPOLOGY_NTF, ~0u, &event))
		if (event.generation != before)
			return true;
	return false;
}

static int get_error(uint16_t bdf)
{
	struct genl_request request;
	struct genl_answer answer;

	genl_start(&request, &asking, IOWARDEN_CMD_DEVICE_GET, 0);
	genl_put_u32(&request, IOWARDEN_A_DEVICE_SEGMENT, 0);
	genl_put_u16(&request, IOWARDEN_A_DEVICE_BDF, bdf);
	return genl_ask(&asking, &request, &answer, NULL, NULL) ?: answer.error;
}

/* The kernel writes each part of a dump when the one before it is taken. */
static void dump_across_removal(const char *endpoint)
{
	struct nlmsghdr *header;
	struct genl_request request;
	_Alignas(NLMSG_ALIGNTO) unsigned char buffer[GENL_BUFFER];
	bool interrupted = false, done = false;

	genl_start(&request, &asking, IOWARDEN_CMD_DEVICE_GET, NLM_F_DUMP);
	header = (struct nlmsghdr *)request.bytes;
	header->nlmsg_len = request.length;
	header->nlmsg_seq = ++asking.seq;
	send(asking.fd, request.bytes, request.length, 0);
	remove_function(endpoint);
	while (!done) {
		ssize_t got = recv(asking.fd, buffer, sizeof(buffer), 0);

		if (got <= 0)
			break;
		for (header = (void *)buffer; NLMSG_OK(header, (size_t)got);
		     header = NLMSG_NEXT(header, got)) {
			interrupted |= !!(header->nlmsg_flags & NLM_F_DUMP_INTR);
			done |= header->nlmsg_type == NLMSG_DONE;
		}
	}
	report(done && interrupted, "a dump read across a removal is marked interrupted");
}

static void removal_and_return(const char *endpoint, uint16_t bdf)
{
	uint32_t before = generation();
	struct event event;
	uint32_t group;

	dump_across_removal(endpoint);
	report(wait_for(IOWARDEN_CMD_DEVICE_DEL_NTF, bdf, &event), "a removal is told");
	group = event.group;
	report(wait_for_move(before), "then that the generation moved");
	report(get_error(bdf) == ENODEV, "a removed function is not there");
	rescan();
	report(wait_for(IOWARDEN_CMD_DEVICE_ADD_NTF, bdf, &event) && event.group == group &&
	       group != ~0u, "its return is told, with its group");
	report(get_error(bdf) == 0, "a function that returned is there");
}

static void unbind_and_bind(const char *port, uint16_t bdf)
{
	struct event event;

	write_file("/sys/bus/pci/drivers/pcieport/unbind", port);
	report(wait_for(IOWARDEN_CMD_DEVICE_CHANGE_NTF, bdf, &event) && !event.driver[0],
	       "that a driver unbound is told");
	write_file("/sys/bus/pci/drivers/pcieport/bind", port);
	report(wait_for(IOWARDEN_CMD_DEVICE_CHANGE_NTF, bdf, &event) &&
	       !strcmp(event.driver, "pcieport"), "that a driver bound is told");
}

/* Removed and found again at once: nothing differs, but it is another device. */
static void replacement(const char *endpoint, uint16_t bdf)
{
	uint32_t before = generation();
	struct event event;

	remove_function(endpoint);
	rescan();
	report(wait_for(IOWARDEN_CMD_DEVICE_DEL_NTF, bdf, &event) &&
	       wait_for(IOWARDEN_CMD_DEVICE_ADD_NTF, bdf, &event),
	       "a replacement by an equal device is told as one gone and one come");
	report(wait_for_move(before), "and moves the generation");
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%d\n", PLAN);
	if (genl_open(&asking) || genl_open(&listening) || genl_join(&listening, listening.topology)) {
		printf("Bail out! no family\n");
		return 1;
	}
	removal_and_return(argv[1], parse_bdf(argv[1]));
	unbind_and_bind(argv[2], parse_bdf(argv[2]));
	replacement(argv[1], parse_bdf(argv[1]));
	return failures || number != PLAN;
}
