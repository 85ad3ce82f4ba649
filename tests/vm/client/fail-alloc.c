// SPDX-License-Identifier: GPL-2.0
/*
 * What happens when memory runs out: does one thing again and again, and lets
 * the first allocation in the kernel fail, then the second, and so on, until a
 * time when it needed no more of them. On kernels with CONFIG_FAILSLAB.
 *
 *	fail-alloc load FILE	insert the module, which is not loaded
 *	fail-alloc unload FILE	remove it again
 *	fail-alloc info|groups|devices
 *
 * Each time it must be done whole, or fail and say so, and leave nothing behind.
 * Prints "WHAT: N times, N failed, N done all the same, N wrong", above it what
 * was wrong, and exits with 1 if something was.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/iowarden.h>
#include "genl.h"

#define MODULE "iowarden"
#define TIMES_MAX 5000

/**
 * struct deed - what is done while memory runs out
 * @prepare: before, unharmed
 * @act: 0 or errno
 * @wrong: afterwards, unharmed: what should not be after @error; or NULL
 */
struct deed {
	const char *name;
	void (*prepare)(void);
	int (*act)(void);
	const char *(*wrong)(int error);
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* ---- The allocation that fails: of this thread, counted from now. */

static int fail_nth = -1;

static void arm(unsigned int number)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%u", number);

	if (pwrite(fail_nth, text, length, 0) != length)
		die("/proc/self/fail-nth");
}

/* True if it has come to that allocation. */
static bool disarm(void)
{
	char text[16] = "";

	if (pread(fail_nth, text, sizeof(text) - 1, 0) < 1)
		die("/proc/self/fail-nth");
	arm(0);
	return atoi(text) == 0;
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
 */
struct request {
	const char *name;
	uint8_t command;
	uint16_t flags;
	uint16_t fresh;
};

static struct genl genl;
static struct genl_answer answer;
static unsigned int whole;
static const struct request *request;

static void open_socket(void)
{
	if (genl_open(&genl))
		die("genl_open");
}

static int ask(void)
{
	struct genl_request message;
	int error;

	genl_start(&message, &genl, request->command, request->flags);
	if (request->fresh)
		genl_put(&message, request->fresh, NULL, 0);
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

	while (times < TIMES_MAX && attempt(deed, times, counts))
		times++;
	printf("%s: %u times, %u failed, %u done all the same, %u wrong\n", deed->name, times,
	       counts[0], counts[1], counts[2]);
	return times == TIMES_MAX || counts[2];
}

static const struct request requests[] = {
	{ "info", IOWARDEN_CMD_INFO_GET, 0, 0 },
	{ "groups", IOWARDEN_CMD_GROUP_GET, NLM_F_DUMP, IOWARDEN_A_GROUP_FRESH },
	{ "devices", IOWARDEN_CMD_DEVICE_GET, NLM_F_DUMP, IOWARDEN_A_DEVICE_FRESH },
};

static int run_request(const char *name)
{
	const struct deed deed = { name, open_socket, ask, wrong_answer };

	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
		if (strcmp(requests[i].name, name))
			continue;
		request = &requests[i];
		ask_unharmed();
		return run(&deed);
	}
	fprintf(stderr, "usage: fail-alloc load|unload FILE | info|groups|devices\n");
	return 2;
}

int main(int argc, char **argv)
{
	static const struct deed load = { "load", open_module, insert, wrong_after_load };
	static const struct deed unload = { "unload", insert_unharmed, take_out,
					    wrong_after_unload };
	const char *what = argc > 1 ? argv[1] : "";

	setvbuf(stdout, NULL, _IOLBF, 0);
	module_path = argc > 2 ? argv[2] : "";
	fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	if (fail_nth < 0)
		die("/proc/self/fail-nth");
	if (!strcmp(what, "load"))
		return run(&load);
	if (!strcmp(what, "unload"))
		return run(&unload);
	return run_request(what);
}
