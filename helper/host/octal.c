// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>

#include "host/octal.h"

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

char *octal_decode(char *text)
{
	char *to = text;

	for (const char *from = text; *from; to++) {
		if (from[0] == '\\' && is_octal(from[1]) && is_octal(from[2]) &&
		    is_octal(from[3])) {
			*to = (char)((from[1] - '0') << 6 |
				     (from[2] - '0') << 3 | (from[3] - '0'));
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
	return text;
}
