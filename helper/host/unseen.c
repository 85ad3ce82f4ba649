// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "host/unseen.h"

int unseen_add(struct facts *facts, const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	text_vprint(line, sizeof(line), format, args);
	va_end(args);
	for (size_t i = 0; i < facts->unseen.count; i++)
		if (!strcmp(facts->unseen.item[i], line))
			return 0;
	return text_list_add(&facts->unseen, "%s", line);
}
