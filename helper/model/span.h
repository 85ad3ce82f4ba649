/* SPDX-License-Identifier: GPL-2.0 */
/* A part of a text, and how to take it apart without copying. */
#ifndef MODEL_SPAN_H
#define MODEL_SPAN_H

#include <stdbool.h>
#include <stddef.h>

/** struct span - a part of a text; it has no end mark */
struct span {
	const char *start;
	size_t length;
};

/** span_is() - whether a part is this text */
bool span_is(struct span span, const char *text);

/** span_cut() - take what comes before a character, or all that is left */
struct span span_cut(struct span *rest, char separator);

#endif
