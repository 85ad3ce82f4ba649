/* SPDX-License-Identifier: GPL-2.0 */
/* Colour on a terminal: one switch, a few names. */
#ifndef RENDER_COLOUR_H
#define RENDER_COLOUR_H

#include <stdbool.h>

enum colour_mode {
	COLOUR_AUTO,
	COLOUR_ALWAYS,
	COLOUR_NEVER,
};

enum colour {
	COLOUR_PLAIN,
	COLOUR_GOOD,
	COLOUR_CAUTION,
	COLOUR_BAD,
	COLOUR_QUESTION,
	COLOUR_FAINT,
};

/**
 * colour_parse() - read auto, always or never
 *
 * Return: whether @text is one of these; else @mode is untouched.
 */
bool colour_parse(const char *text, enum colour_mode *mode);

/**
 * colour_wanted() - whether to write in colour to a file
 *
 * COLOUR_AUTO means a terminal that is not "dumb", and no NO_COLOR in the
 * environment unless it is empty (no-color.org).
 */
bool colour_wanted(enum colour_mode mode, int fd);

/** colour_start() - sequence that starts a colour; "" if not @wanted or plain */
const char *colour_start(bool wanted, enum colour colour);

/** colour_end() - sequence that ends it; "" as colour_start() */
const char *colour_end(bool wanted, enum colour colour);

#endif
