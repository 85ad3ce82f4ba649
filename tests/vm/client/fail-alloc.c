// SPDX-License-Identifier: GPL-2.0
/*
 * What happens when memory runs out: does one thing again and again, and lets
 * the first allocation in the kernel fail, then the second, and so on, until a
 * time when it needed no more of them. On kernels with CONFIG_FAILSLAB.
 *
 *	fail-alloc load FILE	insert the module, which is not loaded
 *	fail-alloc unload FILE	remove it again
 *	fail-alloc info|groups|devices|sources|faults
 *	fail-alloc requester BDF	what was counted of one
 *	fail-alloc join			become a listener of the group "faults"
 *	fail-alloc told BDF	be told of a fault that this edu device makes
 *
 * Each time it must be done whole, or fail and say so, and leave nothing behind.
 * Prints "WHAT: N times, N failed, N done all the same, N wrong", above it what
 * was wrong, and exits with 1 if something was.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>
#include "genl.h"

#define MODULE "iowarden"
#define TIMES_MAX 5000

/**
 * struct deed - what is done while memory runs out
 * @prepare: before, unharmed
 * @act: 0 or errno
 * @wrong: afterwards, unharmed: what should not be after @error; or NULL
 * @least: so many times at least, where a thread that is no victim may do it
 */
struct deed {
	const char *name;
	void (*prepare)(void);
	int (*act)(void);
	const char *(*wrong)(int error);
	unsigned int least;
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* ---- The allocation that fails: of each of these threads, counted from now. */

static int victims[512];
static size_t victim_count;

static void add_victim(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd >= 0 && victim_count < sizeof(victims) / sizeof(*victims))
		victims[victim_count++] = fd;
}

/* Threads of the kernel come and go. */
static void set_victim(int fd, unsigned int number)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%u", number);

	if (pwrite(fd, text, length, 0) != length && errno != ESRCH)
		die("fail-nth");
}

static void arm(unsigned int number)
{
	for (size_t i = 0; i < victim_count; i++)
		set_victim(victims[i], number);
}

/* True if one of them has come to that allocation. */
static bool disarm(void)
{
	bool harmed = false;

	for (size_t i = 0; i < victim_count; i++) {
		char text[16] = "";

		harmed |= pread(victims[i], text, sizeof(text) - 1, 0) > 0 && atoi(text) == 0;
		set_victim(victims[i], 0);
	}
	return harmed;
}

/* ---- The module comes and goes. */

static const char *module_path;
static int module_file = -1;

static void open_module(void)
{
	module_file = open(module_path, O_RDONLY | O_CLOEXEC);
	if (module_file < 0)
		die(module_path);
}

static int insert(void)
{
	return syscall(SYS_finit_module, module_file, "", 0) ? errno : 0;
}

static int take_out(void)
{
	return syscall(SYS_delete_module, MODULE, O_NONBLOCK) ? errno : 0;
}

static void insert_unharmed(void)
{
	open_module();
	if (insert())
		die("finit_module");
}

static bool has_family(void)
{
	struct genl genl;

	if (genl_open(&genl))
		return false;
	genl_close(&genl);
	return true;
}

/* The module and its family: both are there, or neither is. */
static const char *wrong_presence(bool expected)
{
	bool loaded = access("/sys/module/" MODULE, F_OK) == 0;

	close(module_file);
	if (loaded != has_family())
		return "the module is there without its family, or the other way round";
	if (loaded != expected)
		return loaded ? "the module is there" : "the module is gone";
	if (loaded && take_out())
		return "the module does not go";
	return NULL;
}

static const char *wrong_after_load(int error)
{
	return wrong_presence(!error);
}

static const char *wrong_after_unload(int error)
{
	return wrong_presence(error);
}

/* ---- Requests. */

/**
 * struct request - what is asked
 * @fresh: the attribute that makes the module read anew, which takes memory;
 *	0 where there is none
 * @single: it names a requester
 */
struct request {
	const char *name;
	uint8_t command;
	uint16_t flags;
	uint16_t fresh;
	bool single;
};

static const struct request requests[] = {
	{ "info", IOWARDEN_CMD_INFO_GET, 0, 0, false },
	{ "groups", IOWARDEN_CMD_GROUP_GET, NLM_F_DUMP, IOWARDEN_A_GROUP_FRESH, false },
	{ "devices", IOWARDEN_CMD_DEVICE_GET, NLM_F_DUMP, IOWARDEN_A_DEVICE_FRESH, false },
	{ "sources", IOWARDEN_CMD_SOURCE_GET, NLM_F_DUMP, 0, false },
	{ "faults", IOWARDEN_CMD_FAULT_GET, NLM_F_DUMP, 0, false },
};

static const struct request single = { "requester", IOWARDEN_CMD_FAULT_GET, 0, 0, true };
static unsigned int requester;
static struct genl genl;
static struct genl_answer answer;
static unsigned int whole;
static const struct request *request;

static void open_socket(void)
{
	if (genl_open(&genl))
		die("genl_open");
}

static void start(struct genl_request *message, const struct genl *by, const struct request *what)
{
	genl_start(message, by, what->command, what->flags);
	if (what->fresh)
		genl_put(message, what->fresh, NULL, 0);
	if (what->single) {
		genl_put_u32(message, IOWARDEN_A_FAULT_SEGMENT, 0);
		genl_put_u16(message, IOWARDEN_A_FAULT_REQUESTER, requester);
	}
}

static int ask(void)
{
	struct genl_request message;
	int error;

	start(&message, &genl, request);
	error = genl_ask(&genl, &message, &answer, NULL, NULL);
	return error ? -error : answer.error;
}

static const char *wrong_answer(int error)
{
	genl_close(&genl);
	if (!error && (answer.messages != whole || answer.interrupted))
		return "an answer that is not whole and does not say so";
	return NULL;
}

static void ask_unharmed(void)
{
	open_socket();
	if (ask())
		die("unharmed request");
	genl_close(&genl);
	whole = answer.messages;
}

/* ---- Listening. */

static int join(void)
{
	return -genl_join(&genl, genl.faults);
}

static bool is_member(uint32_t group)
{
	uint32_t groups[32] = { 0 };
	socklen_t size = sizeof(groups);

	if (getsockopt(genl.fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, groups, &size))
		die("NETLINK_LIST_MEMBERSHIPS");
	return groups[(group - 1) / 32] >> (group - 1) % 32 & 1;
}

static const char *wrong_membership(int error)
{
	bool member = is_member(genl.faults);

	genl_close(&genl);
	if (member == !error)
		return NULL;
	return member ? "a listener, in spite of the error" : "no listener, and no error";
}

static const char *faulting;
static uint64_t expected;

static void read_total(const struct nlattr *attributes, size_t length, uint8_t command,
		       void *context)
{
	(void)command;
	*(uint64_t *)context = genl_number(genl_find(attributes, length, IOWARDEN_A_FAULT_TOTAL));
}

static uint64_t total(void)
{
	struct genl_request message;
	struct genl reader;
	uint64_t total = 0;

	if (genl_open(&reader))
		die("genl_open");
	start(&message, &reader, &single);
	if (genl_ask(&reader, &message, &answer, read_total, &total) || answer.error)
		die("unharmed request");
	genl_close(&reader);
	return total;
}

/* It is a worker of the kernel that tells, and nobody knows beforehand which. */
static void add_workers(void)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;

	while (processes && (entry = readdir(processes))) {
		char path[300], name[8] = "";
		FILE *comm;

		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		comm = fopen(path, "re");
		if (!comm)
			continue;
		if (fgets(name, sizeof(name), comm) && !strcmp(name, "kworker")) {
			snprintf(path, sizeof(path), "/proc/%s/fail-nth", entry->d_name);
			add_victim(path);
		}
		fclose(comm);
	}
	closedir(processes);
}

static void listen_to_workers(void)
{
	/* On a kernel whose memory is checked a worker takes its time. */
	const struct timeval patience = { .tv_sec = 1 };

	open_socket();
	if (join())
		die("unharmed join");
	setsockopt(genl.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	expected = total() + 1;
	add_workers();
}

static void make_fault(void)
{
	pid_t child = fork();
	int status;

	if (!child) {
		execlp("edu-dma", "edu-dma", faulting, "0x10000", NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0 || status)
		die("edu-dma");
}

static bool tells(const struct nlmsghdr *header)
{
	const struct genlmsghdr *generic = NLMSG_DATA(header);
	const struct nlattr *attributes = (const void *)((const char *)generic + GENL_HDRLEN);
	uint64_t total = 0;

	if (generic->cmd == IOWARDEN_CMD_FAULT_NTF)
		read_total(attributes, header->nlmsg_len - NLMSG_LENGTH(GENL_HDRLEN),
			   generic->cmd, &total);
	return total == expected;
}

/* Told of it, or told that something is lost, which is the error; silence is wrong. */
static int hear(void)
{
	static _Alignas(NLMSG_ALIGNTO) unsigned char buffer[GENL_BUFFER];
	bool told = false;
	int lost = 0;

	make_fault();
	for (;;) {
		ssize_t got = recv(genl.fd, buffer, sizeof(buffer), 0);
		struct nlmsghdr *header = (void *)buffer;

		if (got < 0 && errno == ENOBUFS)
			lost = ENOBUFS;
		else if (got < 0)
			return told || lost ? lost : ENOMSG;
		for (; got > 0 && NLMSG_OK(header, (size_t)got); header = NLMSG_NEXT(header, got))
			told |= tells(header);
	}
}

static const char *wrong_account(int error)
{
	(void)error;
	genl_close(&genl);
	while (victim_count)
		close(victims[--victim_count]);
	return total() == expected ? NULL : "a fault is not counted";
}

/* ---- All of it. */

/* Lets allocation @number fail; false if it does not come so far. */
static bool attempt(const struct deed *deed, unsigned int number, unsigned int counts[3])
{
	const char *wrong;
	bool harmed;
	int error;

	deed->prepare();
	arm(number);
	error = deed->act();
	harmed = disarm();
	wrong = deed->wrong(error);
	/* What the kernel says where it has no memory; a socket that lost an answer. */
	if (!wrong && error && (!harmed || (error != ENOMEM && error != ENOBUFS)))
		wrong = strerror(error);
	if (wrong)
		printf("%s: allocation %u%s, error %d: %s\n", deed->name, number,
		       harmed ? "" : " (not reached)", error, wrong);
	counts[wrong ? 2 : !error]++;
	return harmed;
}

static int run(const struct deed *deed)
{
	unsigned int counts[3] = { 0 };
	unsigned int times = 1;

	while (times < TIMES_MAX && (attempt(deed, times, counts) || times < deed->least))
		times++;
	printf("%s: %u times, %u failed, %u done all the same, %u wrong\n", deed->name, times,
	       counts[0], counts[1], counts[2]);
	return times == TIMES_MAX || counts[2];
}

static int run_request(const char *name)
{
	const struct deed deed = { name, open_socket, ask, wrong_answer, 0 };

	request = strcmp(name, single.name) ? NULL : &single;
	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++)
		if (!strcmp(requests[i].name, name))
			request = &requests[i];
	if (request) {
		ask_unharmed();
		return run(&deed);
	}
	fprintf(stderr, "usage: fail-alloc load|unload FILE | info|groups|devices|sources|faults|join |"
		" requester|told BDF\n");
	return 2;
}

static void read_requester(const char *bdf)
{
	unsigned int bus, device, function;

	if (sscanf(bdf, "%x:%x.%x", &bus, &device, &function) != 3)
		return;
	faulting = bdf;
	requester = bus << 8 | device << 3 | function;
}

static const struct deed deeds[] = {
	{ "load", open_module, insert, wrong_after_load, 0 },
	{ "unload", insert_unharmed, take_out, wrong_after_unload, 0 },
	{ "join", open_socket, join, wrong_membership, 0 },
	{ "told", listen_to_workers, hear, wrong_account, 8 },
};

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	setvbuf(stdout, NULL, _IOLBF, 0);
	module_path = argc > 2 ? argv[2] : "";
	read_requester(module_path);
	/* Otherwise it is this thread. */
	if (strcmp(what, "told")) {
		add_victim("/proc/self/fail-nth");
		if (!victim_count)
			die("/proc/self/fail-nth");
	}
	for (size_t i = 0; i < sizeof(deeds) / sizeof(*deeds); i++)
		if (!strcmp(deeds[i].name, what))
			return run(&deeds[i]);
	return run_request(what);
}
