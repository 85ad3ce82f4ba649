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
 */
struct prefix {
	char when[PREFIX_WHEN];
	bool foreign;
};

/**
 * prefix_skip() - find the words of the kernel in a line
 *
 * Knows dmesg (plain, -T, -x, --time-format iso), journalctl and syslog files,
 * /dev/kmsg, and lines quoted in a mail.
 *
 * Return: where they begin in @line.
 */
const char *prefix_skip(const char *line, struct prefix *prefix);

#endif
