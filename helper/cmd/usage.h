/* SPDX-License-Identifier: GPL-2.0 */
/* Help, made from the tables of commands and options. */
#ifndef CMD_USAGE_H
#define CMD_USAGE_H

#include "cmd/command.h"

/* Each writes to @out and returns STATUS_DONE. */

/** usage_all() - help on the program */
int usage_all(FILE *out);

/** usage_command() - help on one command */
int usage_command(FILE *out, const struct command *command);

/** usage_version() - name and version */
int usage_version(FILE *out);

#endif
