/* SPDX-License-Identifier: GPL-2.0 */
/* Faults that differ in nothing but the address, counted together. */
#ifndef FAULT_TALLY_H
#define FAULT_TALLY_H

#include <stddef.h>

#include "fault/fault.h"
#include "fault/prefix.h"

/* A log can name 65536 requesters and more; what is beyond is only counted. */
#define TALLY_ROWS	4096
#define TALLY_SLOTS	(2 * TALLY_ROWS)

/**
 * struct tally_row - the faults of one kind
 * @fault: the first of them
 * @order: when it came, among rows
 * @last_address: of the last that had one
 * @first, @last: when, as the log writes it; may be empty
 */
struct tally_row {
	struct fault fault;
	size_t order;
	uint64_t count, last_address;
	char first[PREFIX_WHEN], last[PREFIX_WHEN];
};

/**
 * struct tally - all of them
 * @row: in the order in which they came; after tally_sort() most frequent first
 * @left_out: how many faults belong to no row, for want of room
 */
struct tally {
	struct tally_row *row;
	size_t count, room;
	uint64_t left_out;
	uint16_t slot[TALLY_SLOTS];	/* number of a row plus 1 */
};

/** tally_add() - count a fault; 0 or -ENOMEM */
int tally_add(struct tally *tally, const struct fault *fault, const char *when);

/** tally_sort() - after the last was added */
void tally_sort(struct tally *tally);

/** tally_free() - free what it owns */
void tally_free(struct tally *tally);

#endif
