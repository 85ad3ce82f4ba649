/* SPDX-License-Identifier: GPL-2.0 */
/* Reads a text from left to right. Each moves @at on success, and only then. */
#ifndef FAULT_SCAN_H
#define FAULT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/bdf.h"

/** scan_word() - exactly this text */
bool scan_word(const char **at, const char *word);

/** scan_past() - to behind the next place where this text stands */
bool scan_past(const char **at, const char *word);

/** scan_hex() - 1 to 16 hexadecimal digits, with or without 0x before them */
bool scan_hex(const char **at, uint64_t *value);

/** scan_decimal() - 1 to 9 decimal digits */
bool scan_decimal(const char **at, uint64_t *value);

/**
 * scan_address() - an address of a PCI function, such as 00:02.0, 0000:00:02.0
 * or the 0x00:0x02.0 of Linux 5.14
 * @has_segment: receives whether it has a segment; without, that is 0
 */
bool scan_address(const char **at, struct bdf *address, bool *has_segment);

/** scan_name() - up to a blank, a colon or the end; longer ones are cut */
bool scan_name(const char **at, char *name, size_t size);

#endif
