/* SPDX-License-Identifier: GPL-2.0 */
/* The commands: one table, and how they are run. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdio.h>

#include "option.h"

struct host_calls;

enum status {
	STATUS_DONE = 0,	/* and: safe */
	STATUS_WARNING = 1,
	STATUS_UNSAFE = 2,
	STATUS_FAILED = 3,	/* could not tell, or wrong usage */
};

/**
 * struct surroundings - what a command runs in
 * @out: answers
 * @err: errors and notes, one line each
 * @sysfs: where sysfs is mounted
 * @procfs: /proc; NULL where nothing is to be read of it
 * @dev: /dev; likewise
 * @calls: asks the running kernel; likewise
 */
struct surroundings {
	FILE *out;
	FILE *err;
	const char *sysfs, *procfs, *dev;
	const struct host_calls *calls;
};

/**
 * struct invocation - a command that was asked for
 * @arguments: without the command's own name; NULL at the end
 * @count: how many
 */
struct invocation {
	const struct surroundings *around;
	const struct options *options;
	char **arguments;
	int count;
};

/**
 * struct command - one command
 * @arguments: what it takes, for people; "" for nothing
 * @least: how many arguments it needs
 * @most: how many it takes; -1 for any number
 * @options: OPTION_BIT() of each option that it takes, beside help
 * @run: does it and returns an exit status
 */
struct command {
	const char *name;
	const char *arguments;
	int least, most;
	unsigned int options;
	const char *help;
	int (*run)(const struct invocation *invocation);
};

extern const struct command commands[];
extern const size_t command_count;

/**
 * command_run() - run what a command line asks for
 *
 * Everything it wrote has reached the file behind @around->out, or the status
 * is STATUS_FAILED.
 *
 * Return: exit status, enum status.
 */
int command_run(int argc, char **argv, const struct surroundings *around);

/** command_fail() - write one line on stderr; returns STATUS_FAILED */
__attribute__((format(printf, 2, 3)))
int command_fail(const struct surroundings *around, const char *format, ...);

/** command_output() - the file of --output; NULL for standard output */
const char *command_output(const struct invocation *invocation);

int command_list(const struct invocation *invocation);
int command_show(const struct invocation *invocation);
int command_check(const struct invocation *invocation);
int command_audit(const struct invocation *invocation);
int command_explain(const struct invocation *invocation);
int command_decode(const struct invocation *invocation);
int command_faults(const struct invocation *invocation);
int command_metrics(const struct invocation *invocation);
int command_snapshot(const struct invocation *invocation);
int command_help(const struct invocation *invocation);

#endif
