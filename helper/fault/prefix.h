/* SPDX-License-Identifier: GPL-2.0 */
/* What stands before the kernel's own words in a line of a log. */
#ifndef FAULT_PREFIX_H
#define FAULT_PREFIX_H

#include <stdbool.h>

#define PREFIX_WHEN 40

/**
 * struct prefix - what it told
 * @when: the time as the log writes it; empty where it has none
 * @foreign: a program said this, not the kernel
 * @field: one field of a record; who speaks stands in another line, if at all
 * @record: with this line begins a record whose fields can be of many lines
 */
struct prefix {
	char when[PREFIX_WHEN];
	bool foreign, field, record;
};

/**
 * prefix_skip() - find the words of the kernel in a line
 *
 * Knows what dmesg and journalctl write with any of their options, syslog files,
 * /dev/kmsg, what loggers of serial consoles put before each line, and lines
 * quoted in a mail. What nobody can tell from a line without a tag of its
 * program (journalctl -o cat) is taken for the kernel's.
 *
 * Return: where they begin in @line.
 */
const char *prefix_skip(const char *line, struct prefix *prefix);

#endif
