// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <string.h>

#include "fault/prefix.h"
#include "fault/scan.h"
#include "model/text.h"

/* Facility 0 is the kernel; a priority holds it from bit 3 on. */
#define PRIORITY_PROGRAMS 8

static void keep_when(struct prefix *prefix, const char *from, size_t length)
{
	text_print(prefix->when, sizeof(prefix->when), "%.*s", (int)length,
		   from);
}

static void skip_priority(const char **at, struct prefix *prefix)
{
	const char *from = *at;
	uint64_t priority;

	if (!scan_word(&from, "<") || !scan_decimal(&from, &priority) ||
	    !scan_word(&from, ">"))
		return;
	prefix->foreign |= priority >= PRIORITY_PROGRAMS;
	*at = from;
}

/* A record of /dev/kmsg: "priority,sequence,microseconds,flags;text". */
static void skip_record(const char **at, struct prefix *prefix)
{
	const char *from = *at, *end = strchr(*at, ';');
	uint64_t priority;
	size_t digits;

	if (!end || !scan_decimal(&from, &priority) || !scan_word(&from, ","))
		return;
	from += strspn(from, "0123456789");
	if (!scan_word(&from, ","))
		return;
	digits = strspn(from, "0123456789");
	if (!digits || from[digits] != ',')
		return;
	prefix->foreign |= priority >= PRIORITY_PROGRAMS;
	if (digits > 6)
		text_print(prefix->when, sizeof(prefix->when), "%.*s.%.6s",
			   (int)(digits - 6), from, from + digits - 6);
	*at = end + 1;
}

/* dmesg -x: "kern  :err   : ", or another facility. */
static void skip_facility(const char **at, struct prefix *prefix)
{
	size_t word = strspn(*at, "abcdefghijklmnopqrstuvwxyz0123456789");
	size_t level;

	if (!word || word + strspn(*at + word, " ") != 6 || (*at)[6] != ':')
		return;
	level = 7 + strspn(*at + 7, "abcdefghijklmnopqrstuvwxyz ");
	if ((*at)[level] != ':')
		return;
	prefix->foreign |= strncmp(*at, "kern ", 5);
	*at += level + 1;
	*at += strspn(*at, " ");
}

/* "[   12.345678]", "[Thu Nov 26 06:58:10 2026]"; not "[DMA Read]". */
static void skip_bracket(const char **at, struct prefix *prefix)
{
	const char *end = **at == '[' ? strchr(*at, ']') : NULL;
	const char *from = *at + 1;
	size_t blanks, length;

	if (!end)
		return;
	length = (size_t)(end - from);
	blanks = strspn(from, " ");
	if (!isdigit((unsigned char)from[blanks]) &&
	    !(length == 24 && from[13] == ':' && from[16] == ':'))
		return;
	keep_when(prefix, from + blanks, length - blanks);
	*at = end + 1;
	*at += strspn(*at, " ");
}

/* Behind "kernel:", or a host and "kernel:"; false where there is neither. */
static bool skip_tag(const char **at)
{
	const char *from = *at;

	if (!scan_word(&from, "kernel: ")) {
		from += strcspn(from, " ");
		if (!scan_word(&from, " kernel: "))
			return false;
	}
	*at = from;
	return true;
}

static bool is_iso(const char *text)
{
	return strspn(text, "0123456789") == 4 && text[4] == '-' &&
	       strspn(text + 5, "0123456789") == 2 && text[7] == '-';
}

/* "Oct 27 18:45:35", as syslog has written since 4.2BSD. */
static bool is_bsd(const char *text)
{
	return strnlen(text, 16) == 16 && isalpha((unsigned char)text[0]) &&
	       text[3] == ' ' && text[6] == ' ' && text[9] == ':' &&
	       text[12] == ':' && text[15] == ' ';
}

/*
 * Behind a date a host and a program follow, and only the program "kernel" is
 * the kernel. dmesg has neither; its dates have a comma before the fraction.
 */
static void skip_date(const char **at, struct prefix *prefix)
{
	bool iso = is_iso(*at);
	size_t length = iso ? strcspn(*at, " ") : 15;

	if (!iso && !is_bsd(*at))
		return;
	keep_when(prefix, *at, length);
	*at += length;
	*at += strspn(*at, " ");
	if (!memchr(prefix->when, ',', strlen(prefix->when)))
		prefix->foreign |= !skip_tag(at);
}

const char *prefix_skip(const char *line, struct prefix *prefix)
{
	const char *at = line + strspn(line, "> \t");

	*prefix = (struct prefix){ .when = "" };
	skip_priority(&at, prefix);
	skip_record(&at, prefix);
	skip_facility(&at, prefix);
	skip_date(&at, prefix);
	skip_bracket(&at, prefix);
	skip_tag(&at);
	skip_bracket(&at, prefix);
	return at;
}
