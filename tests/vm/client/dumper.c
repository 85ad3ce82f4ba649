// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps all functions again and again: `dumper SECONDS [--may-vanish]`, until
 * the time is over or SIGTERM. Each dump must be in order, without doubles, of
 * one generation, with a group (or why not) for each function, and as long as
 * the module says the topology of that generation is; or be marked interrupted.
 * Exits with 1 if one was not, or if there was none at all. For machines with an
 * IOMMU. With --may-vanish the family may come and go, and there are pauses for
 * that: a dump in flight holds the module.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <linux/iowarden.h>
#include "genl.h"

#define PAUSE_US 3000

/**
 * struct dump - one dump
 * @last: key of the last function, plus one
 * @generation: of the first function, 0 before it
 * @disordered: out of order, or one twice
 * @mixed: of more than one generation
 * @groupless: a function with neither group nor reason
 */
struct dump {
	uint64_t last;
	uint32_t generation;
	bool disordered;
	bool mixed;
	bool groupless;
};

/**
 * struct size - how long a dump of a generation must be
 * @generation: the generation
 * @devices: functions
 */
struct size {
	uint32_t generation;
	uint32_t devices;
};

/**
 * struct tally - dumps by their kind
 * @dumps: all
 * @interrupted: marked so
 * @counted: held against the number of functions of their generation
 * @wrong: neither whole nor marked
 * @vanished: times that there was no family
 */
struct tally {
	unsigned long dumps;
	unsigned long interrupted;
	unsigned long counted;
	unsigned long wrong;
	unsigned long vanished;
};

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

static void check_object(const struct nlattr *attributes, size_t length, uint8_t command,
			 void *context)
{
	struct dump *dump = context;
	uint64_t key = genl_number(genl_find(attributes, length, IOWARDEN_A_DEVICE_SEGMENT));
	uint32_t generation = genl_number(genl_find(attributes, length,
						    IOWARDEN_A_DEVICE_GENERATION));

	(void)command;
	key = key << 16 | genl_number(genl_find(attributes, length, IOWARDEN_A_DEVICE_BDF));
	dump->disordered |= key < dump->last;
	dump->last = key + 1;
	dump->mixed |= dump->generation && dump->generation != generation;
	dump->generation = generation;
	dump->groupless |= !genl_find(attributes, length, IOWARDEN_A_DEVICE_GROUP) &&
			   !genl_find(attributes, length, IOWARDEN_A_DEVICE_GROUP_UNKNOWN);
}

static void take_size(const struct nlattr *attributes, size_t length, uint8_t command,
		      void *context)
{
	struct size *size = context;

	(void)command;
	size->generation = genl_number(genl_find(attributes, length,
						 IOWARDEN_A_INFO_GENERATION));
	size->devices = genl_number(genl_find(attributes, length,
					      IOWARDEN_A_INFO_DEVICE_COUNT));
}

/* false if the dump is shorter or longer than its generation. */
static bool is_whole(struct genl *genl, const struct dump *dump, unsigned int objects,
		     struct tally *tally)
{
	struct genl_request request;
	struct genl_answer answer;
	struct size size = { 0 };

	genl_start(&request, genl, IOWARDEN_CMD_INFO_GET, 0);
	if (genl_ask(genl, &request, &answer, take_size, &size) || answer.error ||
	    size.generation != dump->generation)
		return true;
	tally->counted++;
	return size.devices == objects;
}

/* No such family any more; or the module that a dump must hold is on its way out. */
static bool is_absence(int error)
{
	return error == ENOENT || error == EOPNOTSUPP || error == EPROTONOSUPPORT;
}

static void dump_once(struct genl *genl, struct tally *tally)
{
	struct dump dump = { 0 };
	struct genl_request request;
	struct genl_answer answer;
	int err;

	genl_start(&request, genl, IOWARDEN_CMD_DEVICE_GET, NLM_F_DUMP);
	err = genl_ask(genl, &request, &answer, check_object, &dump);
	if (!err && is_absence(answer.error)) {
		tally->vanished++;
		return;
	}
	tally->dumps++;
	tally->interrupted += answer.interrupted;
	if (err || answer.error || !answer.messages || dump.disordered || dump.groupless ||
	    (!answer.interrupted && (dump.mixed ||
	     !is_whole(genl, &dump, answer.messages, tally)))) {
		tally->wrong++;
		printf("wrong: socket %d, error %d, %u objects%s%s%s\n", err, answer.error,
		       answer.messages, dump.disordered ? ", disordered" : "",
		       dump.groupless ? ", without group" : "", dump.mixed ? ", mixed" : "");
	}
}

static void dump_session(struct tally *tally, time_t end, bool may_vanish)
{
	struct genl genl;

	if (genl_open(&genl)) {
		tally->vanished++;
		return;
	}
	/* A member of the group, too: it must not be in the way of anything. */
	genl_join(&genl, genl.topology);
	do {
		dump_once(&genl, tally);
		if (may_vanish)
			usleep(PAUSE_US);
	} while (!stopped && time(NULL) < end && !(may_vanish && tally->vanished));
	genl_close(&genl);
}

int main(int argc, char **argv)
{
	const bool may_vanish = argc > 2 && !strcmp(argv[2], "--may-vanish");
	const time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 1);
	struct tally total = { 0 };

	signal(SIGTERM, stop);
	while (!stopped && time(NULL) < end) {
		struct tally tally = { 0 };

		dump_session(&tally, end, may_vanish);
		total.dumps += tally.dumps;
		total.interrupted += tally.interrupted;
		total.counted += tally.counted;
		total.wrong += tally.wrong;
		total.vanished += tally.vanished;
	}
	printf("%lu dumps, %lu interrupted, %lu counted, %lu wrong, %lu times no family\n",
	       total.dumps, total.interrupted, total.counted, total.wrong, total.vanished);
	return !total.dumps || !total.counted || total.wrong || (total.vanished && !may_vanish);
}
