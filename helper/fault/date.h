/* SPDX-License-Identifier: GPL-2.0 */
/* The dates that logs put before a line. */
#ifndef FAULT_DATE_H
#define FAULT_DATE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * date_length() - how long a date is that a text begins with, with its fraction and zone
 *
 * Return: its length, or 0 where none stands there.
 */
size_t date_length(const char *text);

/** date_is_minute() - whether a text is the "Nov26 06:58" of dmesg -e and nothing more */
bool date_is_minute(const char *text, size_t length);

#endif
