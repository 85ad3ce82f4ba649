/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Words of the kernel's command line: NAME or NAME=OPTION,OPTION... In names "-"
 * and "_" are the same, as the kernel has it.
 */
#ifndef MODEL_COMMAND_LINE_H
#define MODEL_COMMAND_LINE_H

#include "model/span.h"

/**
 * command_line_next() - the options of the next word of a name
 * @line: may be NULL
 * @name: of the word
 * @from: where to look on; NULL to begin, then as the last call left it
 * @options: receives what follows "="; empty for a bare word
 *
 * Return: whether there is one.
 */
bool command_line_next(const char *line, const char *name, const char **from,
		       struct span *options);

/** command_line_has_word() - whether there is a word of this name */
bool command_line_has_word(const char *line, const char *name);

/** command_line_has() - whether some word NAME= holds this option */
bool command_line_has(const char *line, const char *name, const char *option);

#endif
