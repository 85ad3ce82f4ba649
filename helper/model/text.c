// SPDX-License-Identifier: GPL-2.0
/*
 * The only file below model/, rule/ and provider/ that includes <stdio.h>:
 * for the formatting functions, which the C library declares there.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/text.h"

void text_vprint(char *buffer, size_t size, const char *format, va_list args)
{
	if (vsnprintf(buffer, size, format, args) < 0)
		buffer[0] = '\0';
}

void text_print(char *buffer, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vprint(buffer, size, format, args);
	va_end(args);
}

char *text_format(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	return text;
}

int text_append(char **text, const char *format, ...)
{
	char *before = *text, *more;
	va_list args;

	va_start(args, format);
	if (vasprintf(&more, format, args) < 0)
		more = NULL;
	va_end(args);
	*text = more ? text_format("%s%s", before ? before : "", more) : NULL;
	free(before);
	free(more);
	return *text ? 0 : -ENOMEM;
}

int text_list_add(struct text_list *list, const char *format, ...)
{
	va_list args;
	char **item;

	item = realloc(list->item, (list->count + 1) * sizeof(*item));
	if (!item)
		return -ENOMEM;
	list->item = item;
	va_start(args, format);
	if (vasprintf(&item[list->count], format, args) >= 0)
		list->count++;
	else
		item = NULL;
	va_end(args);
	return item ? 0 : -ENOMEM;
}

bool text_list_has(const struct text_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->item[i], text))
			return true;
	return false;
}

void text_list_free(struct text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->item[i]);
	free(list->item);
	*list = (struct text_list){ 0 };
}

int text_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}
