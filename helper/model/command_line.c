// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model/command_line.h"

static char plain(char c)
{
	return c == '-' ? '_' : c;
}

/* Whether a word begins with the name and that is all of its name. */
static bool is_named(const char *word, size_t length, const char *name)
{
	size_t named = strlen(name);

	if (length < named || (length > named && word[named] != '='))
		return false;
	for (size_t i = 0; i < named; i++)
		if (plain(word[i]) != plain(name[i]))
			return false;
	return true;
}

bool command_line_next(const char *line, const char *name, const char **from,
		       struct span *options)
{
	const char *word = *from ? *from : line;

	while (word && *(word += strspn(word, " "))) {
		size_t length = strcspn(word, " ");
		size_t named = strlen(name) + 1;

		*from = word + length;
		if (is_named(word, length, name)) {
			options->start = word + (length < named ? length : named);
			options->length = length < named ? 0 : length - named;
			return true;
		}
		word += length;
	}
	return false;
}

bool command_line_has_word(const char *line, const char *name)
{
	const char *from = NULL;
	struct span options;

	return command_line_next(line, name, &from, &options);
}

bool command_line_has(const char *line, const char *name, const char *option)
{
	const char *from = NULL;
	struct span options;

	while (command_line_next(line, name, &from, &options))
		while (options.length)
			if (span_is(span_cut(&options, ','), option))
				return true;
	return false;
}
