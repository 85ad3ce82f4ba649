// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "render/escape.h"

/* Bytes of the character at @text if it may stay as it is, else 0. */
typedef size_t keep(const char *text);

static size_t keep_printable(const char *text)
{
	mbstate_t state = { 0 };
	wchar_t character;
	size_t length = mbrtowc(&character, text, strlen(text), &state);

	if (length == 0 || length > strlen(text))
		return 0;
	return wcwidth(character) > 0 ? length : 0;
}

/* Length and lowest code point of a UTF-8 sequence, by its first byte. */
static size_t sequence(unsigned char first, unsigned long *lowest)
{
	static const struct {
		unsigned char mask, mark;
		unsigned long lowest;
	} forms[] = {
		{ 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 },
		{ 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if ((first & forms[i].mask) == forms[i].mark) {
			*lowest = forms[i].lowest;
			return i + 1;
		}
	return 0;
}

static size_t keep_utf8(const char *text)
{
	const unsigned char *byte = (const unsigned char *)text;
	unsigned long lowest, point;
	size_t length = sequence(*byte, &lowest);

	if (length < 2)
		return length;
	point = *byte & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (byte[i] & 0x3f);
	}
	if (point < lowest || point > 0x10ffff ||
	    (point >= 0xd800 && point <= 0xdfff))
		return 0;
	return length;
}

static char *escape(const char *text, keep *kept)
{
	char *escaped = malloc(4 * strlen(text) + 1);
	char *to = escaped;
	size_t length;

	if (!escaped)
		return NULL;
	for (; *text; text += length) {
		length = kept(text);
		if (length) {
			memcpy(to, text, length);
			to += length;
		} else {
			to += sprintf(to, "\\x%02x", (unsigned char)*text);
			length = 1;
		}
	}
	*to = '\0';
	return escaped;
}

char *escape_terminal(const char *text)
{
	return escape(text, keep_printable);
}

char *escape_json(const char *text)
{
	return escape(text, keep_utf8);
}

char *escape_label(const char *text)
{
	char *escaped = malloc(sizeof("\\\\x00") * strlen(text) + 1);
	char *to = escaped;

	if (!escaped)
		return NULL;
	for (; *text; text++) {
		if (*text < ' ' || *text > '~') {
			to += sprintf(to, "\\\\x%02x", (unsigned char)*text);
			continue;
		}
		if (*text == '\\' || *text == '"')
			*to++ = '\\';
		*to++ = *text;
	}
	*to = '\0';
	return escaped;
}
