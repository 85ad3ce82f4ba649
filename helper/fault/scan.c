// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "fault/scan.h"
#include "model/text.h"

bool scan_word(const char **at, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(*at, word, length))
		return false;
	*at += length;
	return true;
}

bool scan_past(const char **at, const char *word)
{
	const char *found = strstr(*at, word);

	if (!found)
		return false;
	*at = found + strlen(word);
	return true;
}

static bool scan_number(const char **at, unsigned int base, int most,
			uint64_t *value)
{
	const char *end = *at;
	uint64_t number = 0;

	for (; text_digit(*end) >= 0 && text_digit(*end) < (int)base; end++) {
		if (end - *at == most)
			return false;
		number = number * base + (uint64_t)text_digit(*end);
	}
	if (end == *at)
		return false;
	*at = end;
	*value = number;
	return true;
}

bool scan_hex(const char **at, uint64_t *value)
{
	const char *from = *at;

	scan_word(&from, "0x");
	if (!scan_number(&from, 16, 16, value))
		return false;
	*at = from;
	return true;
}

bool scan_decimal(const char **at, uint64_t *value)
{
	return scan_number(at, 10, 9, value);
}

/* Parts of an address and what divides them; the segment may be missing. */
static bool scan_parts(const char *from, uint64_t part[4], bool *has_segment,
		       const char **end)
{
	size_t count = 0;

	do {
		if (count == 3 || !scan_hex(&from, &part[count++]))
			return false;
	} while (scan_word(&from, ":"));
	*has_segment = count == 3;
	if (count < 2 || !scan_word(&from, ".") ||
	    !scan_hex(&from, &part[count]))
		return false;
	*end = from;
	return true;
}

bool scan_address(const char **at, struct bdf *address, bool *has_segment)
{
	uint64_t part[4] = { 0 };
	const uint64_t *id = part;
	const char *end;
	bool segment;

	if (!scan_parts(*at, part, &segment, &end))
		return false;
	if (segment)
		id++;
	if (part[0] > UINT32_MAX || id[0] > 0xff || id[1] > 0x1f || id[2] > 7)
		return false;
	address->segment = segment ? (uint32_t)part[0] : 0;
	address->id = (uint16_t)(id[0] << 8 | id[1] << 3 | id[2]);
	*has_segment = segment;
	*at = end;
	return true;
}

bool scan_name(const char **at, char *name, size_t size)
{
	size_t length = strcspn(*at, " :"), kept;

	/* Of names such as 0000:00:00.2 the colons inside are part. */
	while ((*at)[length] == ':' && (*at)[length + 1] != ' ' &&
	       (*at)[length + 1])
		length += 1 + strcspn(*at + length + 1, " :");
	kept = length < size ? length : size - 1;
	memcpy(name, *at, kept);
	name[kept] = '\0';
	*at += length;
	return length;
}
