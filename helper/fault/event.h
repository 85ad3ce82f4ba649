/* SPDX-License-Identifier: GPL-2.0 */
/* Events of SMMUv3s: each is told in several lines, and lines of several units mix. */
#ifndef FAULT_EVENT_H
#define FAULT_EVENT_H

#include <stddef.h>

#include "fault/line.h"
#include "fault/prefix.h"

/*
 * More units than any machine that we know has; for one more the oldest event
 * ends, and is known to have been, but not whose it was.
 */
#define EVENTS_OPEN 64

/** struct event - one of which not all lines have come */
struct event {
	struct fault fault;
	uint64_t word[4];
	size_t words;
	char when[PREFIX_WHEN];
};

/** struct events - at most one of each unit, the oldest first; empty is all zero */
struct events {
	struct event open[EVENTS_OPEN];
	size_t count;
};

/**
 * events_begin() - a line has begun one
 * @done: receives the one that ended by this: of the same unit, or for want of room
 *
 * Return: whether one ended.
 */
bool events_begin(struct events *events, const struct fault *fault,
		  const char *when, struct event *done);

/**
 * events_go_on() - read a line that may belong to one
 * @done: of LINE_FAULT, the event that is whole now
 *
 * Return: LINE_MORE or LINE_FAULT, or LINE_OTHER where it belongs to none.
 */
enum line_kind events_go_on(struct events *events, const char *text,
			    struct event *done);

/** events_end() - take the oldest out; false where there is none */
bool events_end(struct events *events, struct event *done);

#endif
