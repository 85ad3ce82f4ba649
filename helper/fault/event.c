// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "fault/event.h"
#include "model/text.h"

/* Three of the four words are enough. */
#define WORDS_ENOUGH 3

static void read_words(const struct event *event, struct fault *fault)
{
	if (event->words >= WORDS_ENOUGH)
		smmu_v3_raw(event->word, fault);
}

static void take_out(struct events *events, size_t at, struct event *done)
{
	*done = events->open[at];
	events->count--;
	memmove(&events->open[at], &events->open[at + 1],
		(events->count - at) * sizeof(events->open[0]));
	read_words(done, &done->fault);
}

static size_t find_unit(const struct events *events, const char *unit)
{
	size_t at = 0;

	while (at < events->count && strcmp(events->open[at].fault.unit, unit))
		at++;
	return at;
}

bool events_begin(struct events *events, const struct fault *fault,
		  const char *when, struct event *done)
{
	size_t same = find_unit(events, fault->unit);
	bool full = same == events->count && same == EVENTS_OPEN;
	bool ended = same < events->count || full;
	struct event *event;

	if (ended)
		take_out(events, full ? 0 : same, done);
	event = &events->open[events->count++];
	*event = (struct event){ .fault = *fault };
	text_print(event->when, sizeof(event->when), "%s", when);
	return ended;
}

/* What a line after "event 0x10 received:" adds to it. */
static enum line_kind add_line(struct event *event, const char *text)
{
	struct fault whole = event->fault;
	uint64_t word;

	if (event->words < 4 && smmu_v3_word(text, &event->fault, &word)) {
		event->word[event->words++] = word;
		return LINE_MORE;
	}
	read_words(event, &whole);
	if (smmu_v3_decoded(text, &whole) != LINE_MORE)
		return LINE_OTHER;
	event->fault = whole;
	return LINE_FAULT;
}

enum line_kind events_go_on(struct events *events, const char *text,
			    struct event *done)
{
	enum line_kind kind = LINE_OTHER;
	size_t at;

	if (!events->count || !strstr(text, "arm-smmu-v3 "))
		return LINE_OTHER;
	for (at = 0; at < events->count; at++) {
		kind = add_line(&events->open[at], text);
		if (kind != LINE_OTHER)
			break;
	}
	if (kind == LINE_FAULT)
		take_out(events, at, done);
	return kind;
}

bool events_end(struct events *events, struct event *done)
{
	if (!events->count)
		return false;
	take_out(events, 0, done);
	return true;
}
