// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"
#include "cmd/usage.h"
#include "model/text.h"
#include "render/escape.h"

#define READING (OPTION_BIT(OPTION_JSON) | OPTION_BIT(OPTION_PROVIDER) | \
		 OPTION_BIT(OPTION_COLOR) | OPTION_BIT(OPTION_FRESH) | \
		 OPTION_BIT(OPTION_FROM))

#define JUDGING (READING | OPTION_BIT(OPTION_QUIET) | \
		 OPTION_BIT(OPTION_ONELINE))

/* The first is run where no command is named. */
const struct command commands[] = {
	{ "list", "", 0, 0, READING,
	  "all PCI functions, by IOMMU group", command_list },
	{ "show", "BDF", 1, 1, READING,
	  "everything known of one function", command_show },
	{ "check", "BDF...", 1, -1, JUDGING,
	  "whether functions can be handed to a guest, together",
	  command_check },
	{ "audit", "", 0, 0, JUDGING,
	  "whether all that is bound to vfio-pci is safe there", command_audit },
	{ "explain", "BDF BDF", 2, 2, READING | OPTION_BIT(OPTION_QUIET),
	  "whether two functions reach each other, and over what",
	  command_explain },
	{ "decode", "[FILE]", 0, 1, READING,
	  "what the DMA faults in a kernel log mean (stdin without FILE)",
	  command_decode },
	{ "faults", "[BDF...]", 0, -1, READING | OPTION_BIT(OPTION_ALL) |
	  OPTION_BIT(OPTION_INTERVAL) | OPTION_BIT(OPTION_FOLLOW),
	  "DMA faults by requester ID, and who counts them", command_faults },
	{ "metrics", "", 0, 0, OPTION_BIT(OPTION_PROVIDER) |
	  OPTION_BIT(OPTION_FRESH) | OPTION_BIT(OPTION_FROM) |
	  OPTION_BIT(OPTION_OUTPUT),
	  "faults and verdicts as text for Prometheus", command_metrics },
	{ "snapshot", "", 0, 0, READING | OPTION_BIT(OPTION_OUTPUT),
	  "the facts as JSON, to be judged later or elsewhere (--from)",
	  command_snapshot },
	{ "help", "[COMMAND]", 0, 1, 0,
	  "this help, or that of a command", command_help },
};

const size_t command_count = sizeof(commands) / sizeof(commands[0]);

int command_fail(const struct surroundings *around, const char *format, ...)
{
	struct problem problem;
	va_list args;
	char *line;

	va_start(args, format);
	text_vprint(problem.text, sizeof(problem.text), format, args);
	va_end(args);
	line = escape_terminal(problem.text);
	fprintf(around->err, "iowarden: %s\n", line ? line : "out of memory");
	free(line);
	return STATUS_FAILED;
}

const char *command_output(const struct invocation *invocation)
{
	const char *path = invocation->options->argument[OPTION_OUTPUT];

	return path && strcmp(path, "-") ? path : NULL;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int refuse_option(const struct surroundings *around,
			 const struct command *command, unsigned int options)
{
	int key = 0;

	while (!(options >> key & 1))
		key++;
	return command_fail(around,
		"--%s: %s does not take it; see iowarden %s --help",
		option_rows[key].name, command->name, command->name);
}

static int refuse_count(const struct invocation *invocation,
			const struct command *command)
{
	if (invocation->count < command->least)
		return command_fail(invocation->around,
			"%s: needs %s; see iowarden %s --help", command->name,
			command->arguments, command->name);
	return command_fail(invocation->around,
		"%s: one argument too many for %s; see iowarden %s --help",
		invocation->arguments[command->most], command->name,
		command->name);
}

/* Two forms of one answer cannot both be written. */
static bool has_two_forms(const struct options *options)
{
	return option_given(options, OPTION_JSON) &&
	       option_given(options, OPTION_ONELINE);
}

static int run(const struct command *command,
	       const struct invocation *invocation)
{
	const struct surroundings *around = invocation->around;
	unsigned int surplus = invocation->options->given & ~command->options;

	if (option_given(invocation->options, OPTION_HELP))
		return usage_command(around->out, command);
	if (surplus)
		return refuse_option(around, command, surplus);
	if (has_two_forms(invocation->options))
		return command_fail(around,
			"--oneline: not together with --json; choose one of them");
	if (invocation->count < command->least ||
	    (command->most >= 0 && invocation->count > command->most))
		return refuse_count(invocation, command);
	return command->run(invocation);
}

static int dispatch(const struct options *options,
		    const struct surroundings *around)
{
	struct invocation invocation = {
		.around = around, .options = options,
		.arguments = options->words, .count = options->word_count,
	};
	const struct command *command = &commands[0];

	if (option_given(options, OPTION_VERSION))
		return usage_version(around->out);
	if (!options->word_count && option_given(options, OPTION_HELP))
		return usage_all(around->out);
	if (options->word_count) {
		command = find_command(options->words[0]);
		invocation.arguments++;
		invocation.count--;
	}
	if (!command)
		return command_fail(around,
			"%s: no such command; see iowarden --help",
			options->words[0]);
	return run(command, &invocation);
}

/* A full disk or a closed pipe must not look like an answer. */
static int flush(const struct surroundings *around, int status)
{
	bool failed_before = ferror(around->out);

	errno = 0;
	if (!fflush(around->out) && !failed_before)
		return status;
	/* The cause of an earlier error is gone; one more attempt meets it. */
	if (failed_before && !errno && fputc('\n', around->out) != EOF)
		fflush(around->out);
	return command_fail(around, "standard output: %s",
			    errno ? strerror(errno) : "write error");
}

int command_run(int argc, char **argv, const struct surroundings *around)
{
	struct options options;
	struct problem problem;

	if (option_parse(argc, argv, &options, &problem))
		return command_fail(around, "%s", problem.text);
	return flush(around, dispatch(&options, around));
}
