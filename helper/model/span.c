// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model/span.h"

bool span_is(struct span span, const char *text)
{
	return span.length == strlen(text) &&
	       !memcmp(span.start, text, span.length);
}

struct span span_cut(struct span *rest, char separator)
{
	const char *end = memchr(rest->start, separator, rest->length);
	struct span cut = *rest;

	if (!end) {
		rest->start += rest->length;
		rest->length = 0;
		return cut;
	}
	cut.length = (size_t)(end - cut.start);
	rest->start = end + 1;
	rest->length -= cut.length + 1;
	return cut;
}
