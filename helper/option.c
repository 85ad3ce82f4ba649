// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "option.h"

/* getopt_long() returns the key of an option plus this, beyond all letters. */
#define KEY_BASE 256

const struct option_row option_rows[OPTIONS] = {
	[OPTION_JSON] = { "json", 0, NULL, NULL,
		"write JSON (Documentation/output.md) instead of text" },
	[OPTION_PROVIDER] = { "provider", 0, "NAME", "netlink sysfs snapshot lspci",
		"take facts from this source and no other" },
	[OPTION_FROM] = { "from", 0, "FILE", NULL,
		"read a snapshot or text of lspci instead; - is stdin" },
	[OPTION_COLOR] = { "color", 0, "WHEN", "auto always never",
		"colour text output; auto: on a terminal" },
	[OPTION_FRESH] = { "fresh", 0, NULL, NULL,
		"read registers now (CAP_NET_ADMIN with the module)" },
	[OPTION_QUIET] = { "quiet", 'q', NULL, NULL,
		"answer by the exit status alone" },
	[OPTION_ONELINE] = { "oneline", 0, NULL, NULL,
		"answer in one line, as a monitoring plugin" },
	[OPTION_OUTPUT] = { "output", 0, "FILE", NULL,
		"write to this file, whole or not at all; - is stdout" },
	[OPTION_ALL] = { "all", 0, NULL, NULL,
		"also what made no faults" },
	[OPTION_INTERVAL] = { "interval", 0, "SECONDS", NULL,
		"read twice, so long apart, and tell faults a second" },
	[OPTION_FOLLOW] = { "follow", 0, NULL, NULL,
		"tell of faults as they come (CAP_NET_ADMIN)" },
	[OPTION_HELP] = { "help", 'h', NULL, NULL,
		"show this help" },
	[OPTION_VERSION] = { "version", 'V', NULL, NULL,
		"show the version of this program" },
};

static void make_long(struct option options[OPTIONS + 1])
{
	memset(options, 0, (OPTIONS + 1) * sizeof(*options));
	for (int i = 0; i < OPTIONS; i++) {
		options[i].name = option_rows[i].name;
		options[i].has_arg = option_rows[i].argument ?
				     required_argument : no_argument;
		options[i].val = KEY_BASE + i;
	}
}

/* The leading colon makes getopt tell a missing argument from the rest. */
static void make_short(char letters[2 * OPTIONS + 2])
{
	*letters++ = ':';
	for (int i = 0; i < OPTIONS; i++) {
		if (!option_rows[i].letter)
			continue;
		*letters++ = option_rows[i].letter;
		if (option_rows[i].argument)
			*letters++ = ':';
	}
	*letters = '\0';
}

static int find_key(int value)
{
	if (value >= KEY_BASE)
		return value - KEY_BASE;
	for (int i = 0; i < OPTIONS; i++)
		if (option_rows[i].letter && option_rows[i].letter == value)
			return i;
	return -1;
}

static bool is_choice(const char *choices, const char *word)
{
	size_t length = strlen(word);

	while (*choices) {
		size_t next = strcspn(choices, " ");

		if (next == length && !strncmp(choices, word, length))
			return true;
		choices += next;
		choices += strspn(choices, " ");
	}
	return false;
}

static int take(struct options *options, int key, const char *argument,
		struct problem *problem)
{
	const struct option_row *row = &option_rows[key];

	if (row->choices && !is_choice(row->choices, argument))
		return problem_set(problem, -EINVAL,
			"--%s: \"%s\" is none of: %s", row->name, argument,
			row->choices);
	if (row->argument && !*argument)
		return problem_set(problem, -EINVAL,
			"--%s: %s is empty; see iowarden --help", row->name,
			row->argument);
	options->given |= OPTION_BIT(key);
	options->argument[key] = argument;
	return 0;
}

/* getopt tells a bad letter in optopt; a bad long option is the last word. */
static int refuse(int value, char **argv, struct problem *problem)
{
	if (value == ':')
		return problem_set(problem, -EINVAL,
			"%s: needs an argument; see iowarden --help",
			argv[optind - 1]);
	if (optopt && optopt < KEY_BASE)
		return problem_set(problem, -EINVAL,
			"-%c: no such option; see iowarden --help", optopt);
	if (optopt)
		return problem_set(problem, -EINVAL,
			"%s: takes no argument; see iowarden --help",
			argv[optind - 1]);
	return problem_set(problem, -EINVAL,
		"%s: no such option; see iowarden --help", argv[optind - 1]);
}

int option_parse(int argc, char **argv, struct options *options,
		 struct problem *problem)
{
	struct option long_options[OPTIONS + 1];
	char letters[2 * OPTIONS + 2];
	int value, key, ret;

	*options = (struct options){ 0 };
	make_long(long_options);
	make_short(letters);
	opterr = 0;
	optind = 0;	/* glibc: begin anew, whoever used getopt before */
	while ((value = getopt_long(argc, argv, letters, long_options,
				    NULL)) >= 0) {
		key = find_key(value);
		if (key < 0)
			return refuse(value, argv, problem);
		ret = take(options, key, optarg, problem);
		if (ret)
			return ret;
	}
	options->words = argv + optind;
	options->word_count = argc - optind;
	return 0;
}
