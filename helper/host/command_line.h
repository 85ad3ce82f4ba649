/* SPDX-License-Identifier: GPL-2.0 */
/* Parameters of modules among the words that the kernel was started with. */
#ifndef HOST_COMMAND_LINE_H
#define HOST_COMMAND_LINE_H

#include "model/host.h"

/**
 * command_line_flag() - what a module will be told when it is loaded
 * @line: the kernel's command line; NULL where it is not known
 * @value: receives the last word on it
 *
 * Return: whether there is one.
 */
bool command_line_flag(const char *line, const char *module,
		       const char *parameter, bool *value);

#endif
