// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/colour.h"

static const char *const modes[] = {
	[COLOUR_AUTO] = "auto",
	[COLOUR_ALWAYS] = "always",
	[COLOUR_NEVER] = "never",
};

static const char *const sequences[] = {
	[COLOUR_PLAIN] = "",
	[COLOUR_GOOD] = "\033[32m",
	[COLOUR_CAUTION] = "\033[33m",
	[COLOUR_BAD] = "\033[1;31m",
	[COLOUR_QUESTION] = "\033[35m",
	[COLOUR_FAINT] = "\033[2m",
};

bool colour_parse(const char *text, enum colour_mode *mode)
{
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		if (!strcmp(text, modes[i])) {
			*mode = i;
			return true;
		}
	return false;
}

bool colour_wanted(enum colour_mode mode, int fd)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (mode != COLOUR_AUTO)
		return mode == COLOUR_ALWAYS;
	if (no_color && *no_color)
		return false;
	return term && strcmp(term, "dumb") && isatty(fd);
}

const char *colour_start(bool wanted, enum colour colour)
{
	return wanted ? sequences[colour] : "";
}

const char *colour_end(bool wanted, enum colour colour)
{
	return wanted && colour != COLOUR_PLAIN ? "\033[0m" : "";
}
