// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <string.h>

#include "fault/date.h"
#include "fault/prefix.h"
#include "fault/scan.h"
#include "model/text.h"

/* Facility 0 is the kernel; a priority holds it from bit 3 on. */
#define PRIORITY_PROGRAMS 8

/*
 * journalctl sets the further lines of a message below the first, behind a time
 * and a tag: they have neither.
 */
#define CONTINUED 18

#define SMALL_LETTERS	"abcdefghijklmnopqrstuvwxyz"
#define CAPITALS	"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS		"0123456789"

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
	from += strspn(from, DIGITS);
	if (!scan_word(&from, ","))
		return;
	digits = strspn(from, DIGITS);
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
	size_t word = strspn(*at, SMALL_LETTERS DIGITS);
	size_t level;

	if (!word || word + strspn(*at + word, " ") != 6 || (*at)[6] != ':')
		return;
	level = 7 + strspn(*at + 7, SMALL_LETTERS " ");
	if ((*at)[level] != ':')
		return;
	prefix->foreign |= strncmp(*at, "kern ", 5);
	*at += level + 1;
	*at += strspn(*at, " ");
}

/*
 * What a bracket holds: "   12.345678", "  +0.000123" and "Nov26 06:58" of dmesg
 * -e, a date of dmesg -T, and behind these, from " <" on, the time since the line
 * before. Not "DMA Read". Returns how long the time is, or 0.
 */
static size_t measure_time(const char *text, size_t length)
{
	const char *delta = memchr(text, '<', length);
	size_t time = delta ? (size_t)(delta - text) : length, date;

	while (time && text[time - 1] == ' ')
		time--;
	date = date_length(text);
	if (date == time || date_is_minute(text, time) ||
	    isdigit((unsigned char)text[*text == '+']))
		return time;
	return 0;
}

/* printk's "[    T1]" and "[   C12]": the thread or the processor that spoke. */
static bool is_caller(const char *text, size_t length)
{
	size_t digits = *text == 'T' || *text == 'C' ?
			strspn(text + 1, DIGITS) : 0;

	return digits && digits + 1 == length;
}

static bool skip_bracket(const char **at, struct prefix *prefix)
{
	const char *end = **at == '[' ? strchr(*at, ']') : NULL;
	const char *from = *at + 1;
	size_t length, time;

	if (!end)
		return false;
	from += strspn(from, " ");
	if (from > end)
		return false;
	length = (size_t)(end - from);
	time = length ? measure_time(from, length) : 0;
	if (time)
		keep_when(prefix, from, time);
	else if (*from != '<' && !is_caller(from, length))
		return false;
	*at = end + 1;
	*at += strspn(*at, " ");
	return true;
}

static bool skip_brackets(const char **at, struct prefix *prefix)
{
	bool any = false;

	while (skip_bracket(at, prefix))
		any = true;
	return any;
}

/*
 * "qemu[12]: ", wherever it stands: names of programs can have anything in them,
 * and lines about faults have no such thing.
 */
static bool names_process(const char *text)
{
	for (const char *at = text; (at = strchr(at, '[')); at++) {
		size_t digits = strspn(at + 1, DIGITS);

		if (digits && at > text && at[-1] != ' ' &&
		    !strncmp(at + 1 + digits, "]: ", 3))
			return true;
	}
	return false;
}

/* A word that ends with a colon: what a program calls itself. */
static bool is_tag(const char *text)
{
	size_t length = strcspn(text, " ");

	return length > 1 && text[length - 1] == ':' && text[length] == ' ';
}

static bool is_level(const char *text, size_t length)
{
	static const char *const levels[] = {
		"emerg", "alert", "crit", "err", "error", "warn", "warning",
		"notice", "info", "debug",
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (strlen(levels[i]) == length &&
		    !memcmp(levels[i], text, length))
			return true;
	return false;
}

/* busybox and logread: "kern.err ", or another facility. */
static void skip_level(const char **at, struct prefix *prefix)
{
	const char *level = *at + strspn(*at, SMALL_LETTERS DIGITS);
	size_t length;

	if (level == *at || *level++ != '.')
		return;
	length = strspn(level, SMALL_LETTERS);
	if (!is_level(level, length) || level[length] != ' ')
		return;
	prefix->foreign |= strncmp(*at, "kern.", 5) != 0;
	*at = level + length + 1;
}

/*
 * Behind a date: the program's tag, after a host or none. A time of the kernel in
 * the place of a tag comes by netconsole or from a serial line.
 */
static void skip_host(const char **at, struct prefix *prefix)
{
	const char *from = *at;

	if (!strncmp(from, "DMAR: ", 6) || !strncmp(from, "AMD-Vi: ", 8))
		return;
	skip_level(&from, prefix);
	if (from == *at && !is_tag(from)) {
		from += strcspn(from, " ");
		from += strspn(from, " ");
		if (skip_brackets(&from, prefix)) {
			*at = from;
			return;
		}
		skip_level(&from, prefix);
	}
	if (!is_tag(from))
		return;
	prefix->foreign |= !scan_word(&from, "kernel: ");
	*at = from;
}

/* "kernel: " where a tag is not to be expected: behind a time of the kernel. */
static void skip_kernel(const char **at)
{
	const char *from = *at;

	if (!scan_word(&from, "kernel: ")) {
		from += strcspn(from, " ");
		if (!scan_word(&from, " kernel: "))
			return;
	}
	*at = from;
}

/* True where a host and a tag are to follow. dmesg's dates have a comma, and no host. */
static bool skip_date(const char **at, struct prefix *prefix)
{
	size_t length = date_length(*at);
	bool comma = length && memchr(*at, ',', length);

	if (!length)
		return false;
	keep_when(prefix, *at, length);
	*at += length;
	*at += strspn(*at, " ");
	prefix->record |= !strncmp(*at, "[s=", 3);
	return !comma;
}

/*
 * journalctl -o json and dmesg --json: "NAME": on a line of its own or behind "{";
 * verbose and export: NAME=.
 */
static bool is_field(const char *at)
{
	bool quoted;

	scan_word(&at, "\x1e");
	scan_word(&at, "data: ");
	if (scan_word(&at, "{"))
		at += strspn(at, " ");
	quoted = scan_word(&at, "\"");
	if (*at != '_' && !isupper((unsigned char)*at) && !quoted)
		return false;
	at += strspn(at, quoted ? CAPITALS DIGITS "_" SMALL_LETTERS :
				  CAPITALS DIGITS "_");
	if (!quoted)
		return *at == '=';
	return !strncmp(at, "\":", 2) || !strncmp(at, "\" :", 3);
}

const char *prefix_skip(const char *line, struct prefix *prefix)
{
	const char *at = line + strspn(line, "> \t");

	*prefix = (struct prefix){ .foreign = at - line >= CONTINUED };
	prefix->field = is_field(at);
	prefix->record = !strncmp(at, "__CURSOR=", 9);
	skip_priority(&at, prefix);
	skip_record(&at, prefix);
	skip_facility(&at, prefix);
	prefix->foreign |= names_process(at);
	if (skip_date(&at, prefix) && !skip_brackets(&at, prefix))
		skip_host(&at, prefix);
	skip_brackets(&at, prefix);
	skip_kernel(&at);
	skip_brackets(&at, prefix);
	return at;
}
