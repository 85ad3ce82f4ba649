// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <string.h>

#include "fault/date.h"

/* Names of months and days are in the language of who asked, of several bytes a letter. */
#define NAME_BYTES 12

/* Such as UTC, CEST, +0530. */
#define ZONE_BYTES 6

/*
 * d is a digit, s a digit or a blank, w a name; all others stand for themselves.
 * @zone: a word with the time zone follows
 */
static const struct {
	const char *pattern;
	bool zone;
} forms[] = {
	{ "dddd-dd-ddTdd:dd:dd", false },	/* dmesg, short-iso, rsyslog */
	{ "dddd-dd-dd dd:dd:dd", false },
	{ "w dddd-dd-dd dd:dd:dd", true },	/* short-full, with-unit */
	{ "w w sd dd:dd:dd dddd", false },	/* dmesg -T, logread */
	{ "w sd dd:dd:dd", false },	/* syslog since 4.2BSD */
	{ "dddddddddd", false },	/* short-unix */
};

static bool fits(char byte, char pattern)
{
	if (pattern == 'd')
		return isdigit((unsigned char)byte);
	if (pattern == 's')
		return byte == ' ' || isdigit((unsigned char)byte);
	return byte == pattern;
}

/* How much of a text a pattern takes; 0 where it does not fit. */
static size_t match(const char *text, const char *pattern)
{
	const char *at = text;

	for (; *pattern; pattern++) {
		size_t length = 1;

		if (*pattern == 'w') {
			length = strcspn(at, " :[]");
			if (!length || length > NAME_BYTES)
				return 0;
		} else if (!fits(*at, *pattern)) {
			return 0;
		}
		at += length;
	}
	return (size_t)(at - text);
}

static size_t measure_fraction(const char *text)
{
	size_t digits = *text == '.' || *text == ',' ?
			strspn(text + 1, "0123456789") : 0;

	return digits ? digits + 1 : 0;
}

/* "Z", "+01", "+0100" or "+01:00", perhaps behind a blank. */
static size_t measure_offset(const char *text)
{
	static const char *const offsets[] = { "dd:dd", "dddd", "dd" };
	size_t blank = *text == ' ', length;

	if (*text == 'Z')
		return 1;
	if (text[blank] != '+' && text[blank] != '-')
		return 0;
	for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
		length = match(text + blank + 1, offsets[i]);
		if (length)
			return blank + 1 + length;
	}
	return 0;
}

static size_t measure_zone(const char *text)
{
	size_t length = 0;

	while (*text == ' ' && length <= ZONE_BYTES &&
	       (isupper((unsigned char)text[1 + length]) ||
		isdigit((unsigned char)text[1 + length])))
		length++;
	return length && length <= ZONE_BYTES && text[1 + length] == ' ' ?
	       1 + length : 0;
}

static size_t measure(const char *text, size_t form)
{
	size_t length = match(text, forms[form].pattern), offset;

	if (!length)
		return 0;
	length += measure_fraction(text + length);
	offset = measure_offset(text + length);
	length += offset;
	if (!offset && forms[form].zone)
		length += measure_zone(text + length);
	return strchr(" ]", text[length]) ? length : 0;
}

size_t date_length(const char *text)
{
	size_t length = 0;

	for (size_t i = 0; !length && i < sizeof(forms) / sizeof(forms[0]); i++)
		length = measure(text, i);
	return length;
}

bool date_is_minute(const char *text, size_t length)
{
	return match(text, "w dd:dd") == length;
}
