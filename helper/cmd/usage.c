// SPDX-License-Identifier: GPL-2.0
#include "cmd/usage.h"
#include "model/text.h"

#define ALWAYS (OPTION_BIT(OPTION_HELP) | OPTION_BIT(OPTION_VERSION))

static void write_option(FILE *out, const struct option_row *row)
{
	char left[32];

	text_print(left, sizeof(left), "--%s%s%s", row->name,
		   row->argument ? "=" : "",
		   row->argument ? row->argument : "");
	fprintf(out, "  %c%c%c %-16s %s\n", row->letter ? '-' : ' ',
		row->letter ? row->letter : ' ', row->letter ? ',' : ' ', left,
		row->help);
	if (row->choices)
		fprintf(out, "%23s(%s)\n", "", row->choices);
}

static void write_options(FILE *out, unsigned int options)
{
	fputs("\nOptions:\n", out);
	for (int i = 0; i < OPTIONS; i++)
		if (options & OPTION_BIT(i))
			write_option(out, &option_rows[i]);
}

int usage_all(FILE *out)
{
	fputs("Usage: iowarden [OPTION...] [COMMAND] [ARGUMENT...]\n\n"
	      "What can a PCI device reach that is handed to a guest?\n\n"
	      "Commands:\n", out);
	for (size_t i = 0; i < command_count; i++)
		fprintf(out, "  %-9s%-11s%s%s\n", commands[i].name,
			commands[i].arguments, commands[i].help,
			i ? "" : " (the default)");
	write_options(out, OPTION_BIT(OPTIONS) - 1);
	fputs("\nBDF is dddd:bb:dd.f or bb:dd.f.\n"
	      "Exit status: 0 safe or done, 1 warning, 2 unsafe, 3 could not tell or wrong usage.\n",
	      out);
	return STATUS_DONE;
}

int usage_command(FILE *out, const struct command *command)
{
	fprintf(out, "Usage: iowarden %s [OPTION...]%s%s\n\nShows %s.\n",
		command->name, *command->arguments ? " " : "",
		command->arguments, command->help);
	write_options(out, command->options | ALWAYS);
	return STATUS_DONE;
}

int usage_version(FILE *out)
{
	fprintf(out, "iowarden %s\n", IOWARDEN_VERSION);
	return STATUS_DONE;
}
