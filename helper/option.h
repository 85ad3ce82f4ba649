/* SPDX-License-Identifier: GPL-2.0 */
/* The command line: one table of options, from which everything else follows. */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>

#include "model/problem.h"

enum option_key {
	OPTION_JSON,
	OPTION_PROVIDER,
	OPTION_FROM,
	OPTION_COLOR,
	OPTION_FRESH,
	OPTION_QUIET,
	OPTION_ONELINE,
	OPTION_OUTPUT,
	OPTION_ALL,
	OPTION_INTERVAL,
	OPTION_FOLLOW,
	OPTION_HELP,
	OPTION_VERSION,
	OPTIONS
};

/** OPTION_BIT() - an option in a set of options */
#define OPTION_BIT(key) (1u << (key))

/**
 * struct option_row - one option
 * @name: without the leading dashes
 * @letter: its short form, 0 for none
 * @argument: what its argument is called, NULL where it takes none
 * @choices: values it takes, separated by blanks; NULL for no or any argument
 * @help: what it does, one line
 */
struct option_row {
	const char *name;
	char letter;
	const char *argument;
	const char *choices;
	const char *help;
};

extern const struct option_row option_rows[OPTIONS];

/**
 * struct options - a command line that was read
 * @given: OPTION_BIT() of each option that was given
 * @argument: of each option that takes one, or NULL
 * @words: what is no option: the command and its arguments, NULL at the end
 * @word_count: how many
 */
struct options {
	unsigned int given;
	const char *argument[OPTIONS];
	char **words;
	int word_count;
};

/** option_given() - whether an option was given */
static inline bool option_given(const struct options *options,
				enum option_key key)
{
	return options->given & OPTION_BIT(key);
}

/**
 * option_parse() - read a command line
 * @argv: reordered: options first; @options points into it
 *
 * Options may stand before and after the command. Of an option that is given
 * twice the last counts.
 *
 * Return: 0, or -EINVAL with @problem set.
 */
int option_parse(int argc, char **argv, struct options *options,
		 struct problem *problem);

#endif
