// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/escape.h"
#include "render/output.h"

void output_coloured(const struct output *output, enum colour colour,
		     const char *text)
{
	fprintf(output->stream, "%s%s%s", colour_start(output->colour, colour),
		text, colour_end(output->colour, colour));
}

#define LABEL_WIDTH	12
#define LINE_WIDTH	80

/* Bytes of @text that fit on a line: up to a blank, or one long word. */
static size_t line_length(const char *text)
{
	size_t length = strlen(text), fit = 0;

	if (length <= LINE_WIDTH - LABEL_WIDTH)
		return length;
	for (size_t i = 0; i < length; i++) {
		if (text[i] != ' ')
			continue;
		if (fit && i > LINE_WIDTH - LABEL_WIDTH)
			break;
		fit = i;
	}
	return fit ? fit : length;
}

void output_paragraph(const struct output *output, const char *label,
		      const char *text)
{
	do {
		size_t length = line_length(text);

		fprintf(output->stream, "%-*s%.*s\n", LABEL_WIDTH, label,
			(int)length, text);
		text += length;
		text += strspn(text, " ");
		label = "";
	} while (*text);
}

static void write_list(const struct output *output, const struct text_list *list,
		       const char **label)
{
	for (size_t i = 0; i < list->count; i++) {
		/* Of a snapshot they are whatever stood in a file. */
		char *text = escape_terminal(list->item[i]);

		output_paragraph(output, *label, text ? text : "?");
		free(text);
		*label = "";
	}
}

int output_made(const struct output *output, const char *label, char *text)
{
	char *escaped = text ? escape_terminal(text) : NULL;

	free(text);
	if (!escaped)
		return -ENOMEM;
	output_paragraph(output, label, escaped);
	free(escaped);
	return 0;
}

void output_unseen(const struct output *output, const struct text_list *unseen,
		   const struct text_list *more)
{
	const char *label = "not seen";

	if (!unseen->count && (!more || !more->count))
		return;
	fprintf(output->stream, "\n%s",
		colour_start(output->colour, COLOUR_FAINT));
	write_list(output, unseen, &label);
	if (more)
		write_list(output, more, &label);
	fputs(colour_end(output->colour, COLOUR_FAINT), output->stream);
}

static char *unknown(uint64_t reason)
{
	const char *name = names_get(&reason_names, reason);

	return name ? text_format("? (%s)", name) : text_format("?");
}

char *output_driver(const struct device *device)
{
	if (device_has(device, DEVICE_DRIVER))
		return escape_terminal(device->driver);
	if (device_has(device, DEVICE_DRIVER_UNKNOWN))
		return unknown(device->driver_unknown);
	return text_format("-");
}

char *output_type(const struct device *device)
{
	const char *name = names_get(&port_type_names, device->port_type);
	bool virtual = device_has(device, DEVICE_PHYSFN);
	char *type;

	type = text_format("%s%s", name ? name : "?",
			   virtual ? ", virtual function" : "");
	for (char *c = type; c && *c; c++)
		if (*c == '-')
			*c = ' ';
	return type;
}

static char sign(uint32_t cap, uint32_t ctrl, uint32_t bit)
{
	if (!(cap & bit))
		return '.';
	return ctrl & bit ? '+' : '-';
}

/* Nothing passes a single function that is no bridge: it has nobody to keep apart. */
static bool needs_acs(const struct device *device)
{
	return device->header_type || device->multifunction;
}

char *output_acs(const struct device *device)
{
	uint32_t cap, ctrl;

	if (device_has(device, DEVICE_ACS_UNKNOWN)) {
		char *reason = unknown(device->acs_unknown);
		char *text = reason ? text_format("ACS %s", reason) : NULL;

		free(reason);
		return text;
	}
	if (!acs_words(device, &cap, &ctrl))
		return text_format(needs_acs(device) ? "no ACS" : "-");
	return text_format("SV%c RR%c CR%c UF%c", sign(cap, ctrl, ACS_SV),
			   sign(cap, ctrl, ACS_RR), sign(cap, ctrl, ACS_CR),
			   sign(cap, ctrl, ACS_UF));
}
