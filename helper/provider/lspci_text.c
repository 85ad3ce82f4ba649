// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "provider/lspci_class.h"
#include "provider/lspci_text.h"
#include "provider/provider.h"

/* The digits of an offset, and what stands behind them. */
#define OFFSET_DIGITS_MIN 2
#define OFFSET_DIGITS_MAX 3

/** struct line - one line without its end; not terminated */
struct line {
	const char *text;
	size_t length;
};

/** struct cursor - a place in the file, and the number of the line there */
struct cursor {
	const struct content *content;
	size_t at, number;
};

static bool next_line(struct cursor *cursor, struct line *line)
{
	const struct content *content = cursor->content;
	const char *end;

	if (cursor->at == content->length)
		return false;
	line->text = content->text + cursor->at;
	end = memchr(line->text, '\n', content->length - cursor->at);
	line->length = end ? (size_t)(end - line->text) :
			     content->length - cursor->at;
	cursor->at += line->length + (end != NULL);
	cursor->number++;
	while (line->length &&
	       isspace((unsigned char)line->text[line->length - 1]))
		line->length--;
	return true;
}

static bool parse_address(const struct line *line, struct bdf *bdf)
{
	const char *end = memchr(line->text, ' ', line->length);
	char word[BDF_TEXT];

	if (!end || (size_t)(end - line->text) >= sizeof(word))
		return false;
	memcpy(word, line->text, (size_t)(end - line->text));
	word[end - line->text] = '\0';
	return !bdf_parse(word, bdf);
}

/* Lower and upper case: -1 for anything but a digit. */
static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Exactly @digits of them at @at; -1 for anything else. */
static int32_t number(const struct line *line, size_t at, unsigned int digits)
{
	int32_t value = 0;

	if (at + digits > line->length)
		return -1;
	for (unsigned int i = 0; i < digits; i++) {
		int next = digit(line->text[at + i]);

		if (next < 0)
			return -1;
		value = value << 4 | next;
	}
	return value;
}

static bool is_at(const struct line *line, size_t at, char c)
{
	return at < line->length && line->text[at] == c;
}

/* "00: 86 80": the offset, and where the bytes begin. */
static bool parse_offset(const struct line *line, size_t *offset, size_t *at)
{
	for (unsigned int digits = OFFSET_DIGITS_MIN;
	     digits <= OFFSET_DIGITS_MAX; digits++) {
		int32_t value = number(line, 0, digits);

		if (value < 0 || !is_at(line, digits, ':') ||
		    !is_at(line, digits + 1, ' '))
			continue;
		*offset = (size_t)value;
		*at = digits + 2;
		return true;
	}
	return false;
}

/*
 * Takes bytes as long as each is the next: a byte behind a hole would make the
 * hole look like zeroes. Return: 1 for a row that is fit to the end, 0 for one
 * that is not, -ENOMEM.
 */
static int take_row(struct lspci_function *function, const struct line *line,
		    size_t offset, size_t at)
{
	if (offset != function->length)
		return 0;
	if (!function->config)
		function->config = calloc(1, LSPCI_CONFIG_BYTES);
	if (!function->config)
		return -ENOMEM;
	for (; at < line->length; at += 3) {
		int32_t byte = number(line, at, 2);

		if (byte < 0 || function->length == LSPCI_CONFIG_BYTES ||
		    (at + 2 < line->length && line->text[at + 2] != ' '))
			return 0;
		function->config[function->length++] = (uint8_t)byte;
	}
	return 1;
}

/* "[10de:2684]" at this place, or "10de:2684" where that is bare. */
static bool take_ids(struct lspci_function *function, const struct line *line,
		     size_t at)
{
	int32_t vendor = number(line, at, 4);
	int32_t device = number(line, at + 5, 4);

	if (vendor < 0 || device < 0 || !is_at(line, at + 4, ':'))
		return false;
	function->vendor = vendor;
	function->device = device;
	return true;
}

/*
 * "00:02.0 VGA compatible controller: Vendor Name", with -nn "00:02.0 VGA compatible controller [0300]: Vendor Name [8086:9a49]
 * (rev 01)", with -n "00:02.0 0300: 8086:9a49 (rev 01)". Names have brackets,
 * too, but not such.
 */
static void parse_head(struct lspci_function *function, const struct line *line)
{
	const char *blank = memchr(line->text, ' ', line->length);
	size_t at = (size_t)(blank - line->text) + 1;
	const char *colon = memchr(line->text + at, ':', line->length - at);

	if (number(line, at, 4) >= 0 && is_at(line, at + 4, ':')) {
		function->class = number(line, at, 4);
		take_ids(function, line, at + 6);
		return;
	}
	if (colon)
		function->class = lspci_class_find(line->text + at,
			(size_t)(colon - line->text) - at);
	for (; at < line->length; at++) {
		if (line->text[at] != '[')
			continue;
		if (function->class < 0 && is_at(line, at + 5, ']') &&
		    is_at(line, at + 6, ':'))
			function->class = number(line, at + 1, 4);
		else if (is_at(line, at + 10, ']'))
			take_ids(function, line, at + 1);
	}
}

static struct lspci_function *add_function(struct lspci_text *text,
					   const struct bdf *address)
{
	struct lspci_function *function = text->function;

	/* Doubles when full, at each power of two. */
	if (!(text->count & (text->count - 1)))
		function = reallocarray(function, text->count ?
					text->count * 2 : 1, sizeof(*function));
	if (!function)
		return NULL;
	text->function = function;
	function += text->count++;
	*function = (struct lspci_function){
		.address = *address, .vendor = -1, .device = -1, .class = -1,
	};
	lspci_detail_start(&function->detail);
	return function;
}

static void take_stray(struct lspci_text *text, const struct cursor *cursor)
{
	if (!text->strays++)
		text->first_stray = cursor->number;
}

/* @current: the function that the text is about here, or NULL; moves on. */
static int take_line(struct lspci_text *text, const struct cursor *cursor,
		     const struct line *line, struct lspci_function **current)
{
	struct bdf address;
	size_t offset, at;
	int ret = 0;

	if (!line->length) {
		*current = NULL;
		return 0;
	}
	if (parse_address(line, &address)) {
		*current = add_function(text, &address);
		if (!*current)
			return -ENOMEM;
		(*current)->line = cursor->number;
		parse_head(*current, line);
		return 0;
	}
	if (*current && isblank((unsigned char)line->text[0]))
		return lspci_detail_take(&(*current)->detail, line->text,
					 line->length);
	if (*current && parse_offset(line, &offset, &at))
		ret = take_row(*current, line, offset, at);
	if (!ret)
		take_stray(text, cursor);
	return ret < 0 ? ret : 0;
}

static int by_address(const void *a, const void *b)
{
	const struct lspci_function *x = a, *y = b;
	int order = bdf_compare(x->address, y->address);

	return order ? order : x->line < y->line ? -1 : 1;
}

static int refuse_twice(const struct content *content,
			const struct lspci_function *one,
			const struct lspci_function *other,
			struct problem *problem)
{
	char address[BDF_TEXT];

	return problem_set(problem, -EBADMSG,
		"%s: %s is one device in line %zu and another in line %zu: text of two machines?",
		content->name, bdf_format(one->address, address), one->line,
		other->line);
}

static void fill_gap(int32_t *value, int32_t other)
{
	if (*value < 0)
		*value = other;
}

/* One that slept, or is virtual, has no vendor. */
static bool has_vendor(const struct lspci_function *function)
{
	return function->length >= 4 &&
	       (function->config[0] & function->config[1]) != 0xff;
}

/* Decoded text and hex of one machine, one after the other, tell the same. */
static bool merge(struct lspci_function *into, struct lspci_function *from)
{
	bool both_ids = into->vendor >= 0 && from->vendor >= 0;
	bool both_bytes = has_vendor(into) && has_vendor(from);
	uint8_t *shorter;

	if ((both_ids && (into->vendor != from->vendor ||
			  into->device != from->device)) ||
	    (both_bytes && memcmp(into->config, from->config, 4)))
		return false;
	fill_gap(&into->vendor, from->vendor);
	fill_gap(&into->device, from->device);
	fill_gap(&into->class, from->class);
	shorter = from->config;
	if (from->length > into->length) {
		shorter = into->config;
		into->config = from->config;
		into->length = from->length;
	}
	free(shorter);
	from->config = NULL;
	lspci_detail_merge(&into->detail, &from->detail);
	lspci_detail_free(&from->detail);
	return true;
}

static void move(struct lspci_function *to, struct lspci_function *from)
{
	if (to == from)
		return;
	*to = *from;
	from->config = NULL;
	from->detail.driver = NULL;
}

static int merge_all(struct lspci_text *text, const struct content *content,
		     struct problem *problem)
{
	struct lspci_function *all = text->function;
	size_t kept = 0;

	if (!text->count)
		return 0;
	qsort(all, text->count, sizeof(*all), by_address);
	for (size_t i = 1; i < text->count; i++) {
		if (bdf_compare(all[i].address, all[kept].address))
			move(&all[++kept], &all[i]);
		else if (!merge(&all[kept], &all[i]))
			return refuse_twice(content, &all[kept], &all[i],
					    problem);
	}
	text->count = kept + 1;
	return 0;
}

bool lspci_text_recognise(const struct content *content)
{
	struct cursor cursor = { content, 0, 0 };
	struct line line;
	struct bdf bdf;

	while (next_line(&cursor, &line))
		if (parse_address(&line, &bdf))
			return true;
	return false;
}

int lspci_text_parse(const struct content *content, struct lspci_text *text,
		     struct problem *problem)
{
	struct cursor cursor = { content, 0, 0 };
	struct lspci_function *current = NULL;
	struct line line;

	*text = (struct lspci_text){ 0 };
	while (next_line(&cursor, &line)) {
		if (take_line(text, &cursor, &line, &current))
			return problem_set(problem, -ENOMEM, "out of memory");
		if (text->count > PROVIDER_DEVICES_MAX)
			return problem_set(problem, -EFBIG,
				"%s: more than %d functions: this is no machine",
				content->name, PROVIDER_DEVICES_MAX);
	}
	return merge_all(text, content, problem);
}

bool lspci_function_is_cut(const struct lspci_function *function)
{
	switch (function->length) {
	case 0:
	case 64:
	case 128:	/* of a CardBus bridge, to everybody but root */
	case 256:
	case LSPCI_CONFIG_BYTES:
		return false;
	default:
		return true;
	}
}

void lspci_text_free(struct lspci_text *text)
{
	for (size_t i = 0; i < text->count; i++) {
		free(text->function[i].config);
		lspci_detail_free(&text->function[i].detail);
	}
	free(text->function);
	*text = (struct lspci_text){ 0 };
}
