// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps all functions again and again: `dumper SECONDS [--may-vanish]`. Each
 * dump must be in order, without doubles and of one generation, or be marked
 * interrupted. Exits with 1 if one was not, or if there was none at all. With
 * --may-vanish the family may come and go, and there are pauses for that: a dump
 * in flight holds the module.
 */
#include <errno.h>
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
 */
struct dump {
	uint64_t last;
	uint32_t generation;
	bool disordered;
	bool mixed;
};

struct tally {
	unsigned long dumps;
	unsigned long interrupted;
	unsigned long wrong;
	unsigned long vanished;
};

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
}

static void dump_once(struct genl *genl, struct tally *tally)
{
	struct dump dump = { 0 };
	struct genl_request request;
	struct genl_answer answer;
	int err;

	genl_start(&request, genl, IOWARDEN_CMD_DEVICE_GET, NLM_F_DUMP);
	err = genl_ask(genl, &request, &answer, check_object, &dump);
	if (!err && (answer.error == ENOENT || answer.error == EOPNOTSUPP)) {
		tally->vanished++;
		return;
	}
	tally->dumps++;
	tally->interrupted += answer.interrupted;
	tally->wrong += err || answer.error || !answer.messages || dump.disordered ||
			(dump.mixed && !answer.interrupted);
}

static void dump_session(struct tally *tally, time_t end, bool may_vanish)
{
	struct genl genl;

	if (genl_open(&genl)) {
		tally->vanished++;
		return;
	}
	do {
		dump_once(&genl, tally);
		if (may_vanish)
			usleep(PAUSE_US);
	} while (time(NULL) < end && !(may_vanish && tally->vanished));
	genl_close(&genl);
}

int main(int argc, char **argv)
{
	const bool may_vanish = argc > 2 && !strcmp(argv[2], "--may-vanish");
	const time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 1);
	struct tally total = { 0 };

	while (time(NULL) < end) {
		struct tally tally = { 0 };

		dump_session(&tally, end, may_vanish);
		total.dumps += tally.dumps;
		total.interrupted += tally.interrupted;
		total.wrong += tally.wrong;
		total.vanished += tally.vanished;
	}
	printf("%lu dumps, %lu interrupted, %lu wrong, %lu times no family\n", total.dumps,
	       total.interrupted, total.wrong, total.vanished);
	return !total.dumps || total.wrong || (total.vanished && !may_vanish);
}
