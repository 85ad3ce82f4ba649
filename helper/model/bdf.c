// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "model/bdf.h"
#include "model/text.h"

/* Reads digits up to @end, which must follow; strtoul would take " +0x1". */
static bool number(const char **text, char end, size_t least, size_t most,
		   uint32_t *value)
{
	size_t length = 0;

	for (*value = 0; text_digit((*text)[length]) >= 0; length++) {
		if (length == most)
			return false;
		*value = *value << 4 | (uint32_t)text_digit((*text)[length]);
	}
	if (length < least || (*text)[length] != end)
		return false;
	*text += length + 1;
	return true;
}

static bool has_segment(const char *text)
{
	const char *colon = strchr(text, ':');

	return colon && strchr(colon + 1, ':');
}

int bdf_parse(const char *text, struct bdf *bdf)
{
	uint32_t segment = 0, bus, slot, function;

	if (has_segment(text) && !number(&text, ':', 4, 8, &segment))
		return -EINVAL;
	if (!number(&text, ':', 2, 2, &bus) ||
	    !number(&text, '.', 2, 2, &slot) ||
	    !number(&text, '\0', 1, 1, &function))
		return -EINVAL;
	if (slot > 0x1f || function > 7)
		return -ERANGE;
	bdf->segment = segment;
	bdf->id = (uint16_t)(bus << 8 | slot << 3 | function);
	return 0;
}

char *bdf_format(struct bdf bdf, char buffer[BDF_TEXT])
{
	text_print(buffer, BDF_TEXT, "%04x:%02x:%02x.%x", bdf.segment,
		   bdf_bus(bdf), bdf_slot(bdf), bdf_function(bdf));
	return buffer;
}

int bdf_compare(struct bdf a, struct bdf b)
{
	if (a.segment != b.segment)
		return a.segment < b.segment ? -1 : 1;
	return (int)a.id - (int)b.id;
}
