// SPDX-License-Identifier: GPL-2.0
/*
 * iommu_print_event() and its neighbours in drivers/iommu/amd/iommu.c:
 *
 *   amdgpu 0000:05:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000c
 *   address=0xfffffe0000 flags=0x0020]
 *
 * The requester stands before "AMD-Vi:" where the kernel knows it as a device,
 * else in device=, with its segment since 6.0. Of some events it is the IOMMU
 * that stands before; they all have device=. Before 4.20 the bracket was a line
 * of its own. An event of a type that the kernel does not know has no end.
 */
#include <string.h>

#include "fault/line.h"
#include "fault/scan.h"

#define AMD "AMD-Vi: "

/* What the field of an event can hold. */
#define FLAGS			0xfff
#define FLAG_INTERRUPT		0x008
#define FLAG_WRITE		0x020
#define FLAG_TRANSLATION	0x100

#define TYPE_PAGE_FAULT	0x2
#define TYPE_COMMAND	0x5	/* to TYPE_TIMEOUT */
#define TYPE_TIMEOUT	0x7

static void set_kind(struct fault *fault)
{
	if (fault->code >= TYPE_COMMAND && fault->code <= TYPE_TIMEOUT)
		fault->kind = FAULT_COMMAND;
	else if (!fault->has_flags || fault->code != TYPE_PAGE_FAULT)
		fault->kind = 0;
	else if (fault->flags & FLAG_INTERRUPT)
		fault->kind = FAULT_INTERRUPT;
	else if (fault->flags & FLAG_TRANSLATION)
		fault->kind = FAULT_TRANSLATION;
	else
		fault->kind = fault->flags & FLAG_WRITE ? FAULT_WRITE :
							  FAULT_READ;
}

static bool set_value(struct fault *fault, const char *key, size_t length,
		      uint64_t value)
{
	static const char *const addresses[] = { "address", "gpa", "spa" };

	for (size_t i = 0; i < 3; i++)
		if (strlen(addresses[i]) == length &&
		    !memcmp(addresses[i], key, length)) {
			fault->address = value;
			fault->has_address = true;
		}
	if (length == 5 && !memcmp(key, "flags", 5)) {
		if (value > FLAGS)
			return false;
		fault->flags = (unsigned int)value;
		fault->has_flags = true;
	}
	if (length == 5 && !memcmp(key, "pasid", 5)) {
		fault->pasid = (uint32_t)value;
		fault->has_pasid = value != 0;
	}
	return true;
}

static bool take_pair(const char **at, struct fault *fault)
{
	const char *key = *at;
	size_t length = strcspn(key, "= ]");
	uint64_t value;

	if (key[length] != '=')
		return false;
	*at += length + 1;
	if (length == 6 && !memcmp(key, "device", 6)) {
		fault->has_requester = scan_address(at, &fault->requester,
						    &fault->has_segment);
		return fault->has_requester;
	}
	return scan_hex(at, &value) && set_value(fault, key, length, value);
}

/* "KEY=VALUE, KEY=VALUE]". */
static bool take_pairs(const char **at, struct fault *fault)
{
	for (;;) {
		*at += strspn(*at, " ,");
		if (scan_word(at, "]"))
			return true;
		if (!take_pair(at, fault))
			return false;
	}
}

/* The four words of an event that the kernel has no name for. */
static bool take_unknown(const char *at, struct fault *fault)
{
	uint64_t word[4];
	const char *start;

	for (size_t i = 0; i < 4; i++) {
		if (!scan_past(&at, "]="))
			return false;
		start = at;
		/* Of one that was cut there are fewer digits. */
		if (!scan_hex(&at, &word[i]) || at - start != 10)
			return false;
	}
	fault->requester.id = (uint16_t)word[0];
	fault->has_requester = true;
	fault->code = (unsigned int)(word[1] >> 28);
	fault->flags = (unsigned int)(word[1] >> 16 & FLAGS);
	fault->address = word[3] << 32 | word[2];
	fault->has_code = fault->has_flags = fault->has_address = true;
	return true;
}

/* "amdgpu 0000:05:00.0: " before "AMD-Vi:". */
static void take_speaker(const char *text, struct fault *fault)
{
	const char *end = strstr(text, AMD), *at = end;

	if (fault->has_requester || !end || end == text)
		return;
	for (at -= at > text; at > text && at[-1] != ' ';)
		at--;
	fault->has_requester = scan_address(&at, &fault->requester,
					    &fault->has_segment) &&
			       *at == ':';
}

static bool take_event(const char *text, const char *at, struct fault *fault)
{
	const struct fault_reason *reason;
	size_t length = strcspn(at, " ]");

	if (length == 7 && !memcmp(at, "UNKNOWN", 7))
		return take_unknown(at, fault);
	reason = fault_reason_named(FAULT_AMDVI, at, length);
	if (!reason)
		return false;
	fault->code = reason->code;
	fault->has_code = true;
	at += length;
	if (!take_pairs(&at, fault))
		return false;
	set_kind(fault);
	if (fault->kind != FAULT_COMMAND)
		take_speaker(text, fault);
	return true;
}

/* "Device not attached to domain properly", and the line after it. */
static enum line_kind take_unattached(const char *at, struct fault *fault)
{
	uint64_t domain;
	const char *end;

	if (!scan_word(&at, "device=") ||
	    !scan_address(&at, &fault->requester, &fault->has_segment) ||
	    !scan_word(&at, " domain="))
		return LINE_DAMAGED;
	end = at;
	if (!scan_hex(&at, &domain) || at - end < 6)
		return LINE_DAMAGED;
	fault->has_requester = true;
	fault->code = AMDVI_UNATTACHED;
	fault->has_code = true;
	return LINE_FAULT;
}

enum line_kind amdvi_line(const char *text, struct fault *fault)
{
	const char *at = text;
	size_t name = strcspn(text, " ]");

	fault->driver = FAULT_AMDVI;
	if (scan_past(&at, AMD "Event logged [")) {
		/* The bracket goes on in the next line. */
		if (!*at || scan_word(&at, "Device not attached"))
			return LINE_STATUS;
		return take_event(text, at, fault) ? LINE_FAULT : LINE_DAMAGED;
	}
	if (scan_past(&at, AMD "  "))
		return strncmp(at, "device=", 7) ? LINE_OTHER :
						   take_unattached(at, fault);
	if (fault_reason_named(FAULT_AMDVI, text, name) && text[name] == ' ')
		return take_event(text, text, fault) ? LINE_FAULT :
						       LINE_DAMAGED;
	return strstr(text, "Event logged [") ||
	       strstr(text, AMD "Event logg") ? LINE_DAMAGED : LINE_OTHER;
}
