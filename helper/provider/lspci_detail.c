// SPDX-License-Identifier: GPL-2.0
/*
 * Each line is "Key: value" behind blanks. lspci writes a capability as
 *
 *	Capabilities: [58] Express (v2) Root Port (Slot+), MSI 00
 *	Capabilities: [2a0 v1] Access Control Services
 *
 * with a version where it is an extended one, and its registers in lines below.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "provider/lspci_detail.h"

/* No number here is longer; fewer than overflow. */
#define DIGITS_MAX 9

/** struct value - what stands behind the key of a line; not terminated */
struct value {
	const char *text;
	size_t length;
};

typedef int take(struct lspci_detail *detail, struct value value);

/* Cuts @prefix off; whether it was there. */
static bool skip(struct value *value, const char *prefix)
{
	size_t length = strlen(prefix);

	if (value->length < length || memcmp(value->text, prefix, length))
		return false;
	value->text += length;
	value->length -= length;
	return true;
}

/* Goes on behind the first @key; whether there is one. */
static bool seek(struct value *value, const char *key)
{
	const char *found = memmem(value->text, value->length, key,
				   strlen(key));

	if (!found)
		return false;
	value->length -= (size_t)(found - value->text);
	value->text = found;
	return skip(value, key);
}

/* Cuts a number off; -1 for none. */
static int64_t take_number(struct value *value, unsigned int base)
{
	char digits[DIGITS_MAX + 1];
	size_t length = value->length < DIGITS_MAX ? value->length :
						     DIGITS_MAX;
	unsigned long number;
	char *end;

	memcpy(digits, value->text, length);
	digits[length] = '\0';
	if (!strchr("0123456789abcdef", *digits) || !*digits)
		return -1;
	number = strtoul(digits, &end, (int)base);
	if (end == digits)
		return -1;
	value->text += end - digits;
	value->length -= (size_t)(end - digits);
	return (int64_t)number;
}

static int take_group(struct lspci_detail *detail, struct value value)
{
	int64_t group = take_number(&value, 10);

	if (group >= 0)
		detail->group = group;
	return 0;
}

/* With one -v the group is among the flags: "bus master, IOMMU group 7". */
static int take_flags(struct lspci_detail *detail, struct value value)
{
	return seek(&value, "IOMMU group ") ? take_group(detail, value) : 0;
}

static int take_driver(struct lspci_detail *detail, struct value value)
{
	free(detail->driver);
	detail->driver = strndup(value.text, value.length);
	detail->tells_driver = true;
	return detail->driver ? 0 : -ENOMEM;
}

static int take_modules(struct lspci_detail *detail, struct value value)
{
	(void)value;
	detail->tells_driver = true;
	return 0;
}

static int take_status(struct lspci_detail *detail, struct value value)
{
	if (skip(&value, "Cap-"))
		detail->sight = SIGHT_NONE;
	return 0;
}

/* The longer name before the one that it begins with. */
static const struct {
	const char *name;
	uint8_t type;
} port_types[] = {
	{ "Endpoint", PORT_ENDPOINT },
	{ "Legacy Endpoint", PORT_LEGACY_ENDPOINT },
	{ "Root Port", PORT_ROOT },
	{ "Upstream Port", PORT_UPSTREAM },
	{ "Downstream Port", PORT_DOWNSTREAM },
	{ "PCI-Express to PCI/PCI-X Bridge", PORT_PCIE_TO_PCI },
	{ "PCI/PCI-X to PCI-Express Bridge", PORT_PCI_TO_PCIE },
	{ "Root Complex Integrated Endpoint", PORT_RC_ENDPOINT },
	{ "Root Complex Event Collector", PORT_RC_EVENT_COLLECTOR },
};

/* "Express (v2) Root Port (Slot+), MSI 00"; of version 1 old lspci says none. */
static void take_express(struct lspci_detail *detail, struct value value)
{
	if (skip(&value, "("))
		seek(&value, ") ");
	for (size_t i = 0; i < sizeof(port_types) / sizeof(*port_types); i++)
		if (skip(&value, port_types[i].name))
			detail->port_type = port_types[i].type;
}

static void see(struct lspci_detail *detail, enum lspci_sight sight)
{
	if (detail->sight < sight)
		detail->sight = sight;
}

static int take_capability(struct lspci_detail *detail, struct value value)
{
	int64_t offset;

	if (!skip(&value, "["))
		return 0;
	offset = take_number(&value, 16);
	see(detail, skip(&value, " v") ? SIGHT_EXTENDED : SIGHT_STANDARD);
	if (!seek(&value, "] "))
		return 0;
	detail->broken |= skip(&value, "<");
	if (skip(&value, "Express "))
		take_express(detail, value);
	else if (skip(&value, "Access Control Services") && offset > 0)
		detail->acs_offset = (uint16_t)offset;
	else if (skip(&value, "Address Translation Service"))
		detail->ats = LSPCI_NAMED;
	else if (skip(&value, "Page Request Interface"))
		detail->pri = LSPCI_NAMED;
	else if (skip(&value, "Process Address Space ID"))
		detail->pasid = LSPCI_NAMED;
	return 0;
}

/* In the order of the bits, the lowest first; "+" is 1. */
static int take_acs_bits(struct value value)
{
	static const char *const names[] = {
		"SrcValid", "TransBlk", "ReqRedir", "CmpltRedir",
		"UpstreamFwd", "EgressCtrl", "DirectTrans",
	};
	int bits = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!seek(&value, names[i]))
			return -1;
		if (skip(&value, "+"))
			bits |= 1 << i;
		else if (!skip(&value, "-"))
			return -1;
	}
	return bits;
}

static int take_acs_cap(struct lspci_detail *detail, struct value value)
{
	detail->acs_cap = take_acs_bits(value);
	return 0;
}

static int take_acs_ctrl(struct lspci_detail *detail, struct value value)
{
	detail->acs_ctrl = take_acs_bits(value);
	return 0;
}

static uint8_t enabled(struct value value)
{
	return skip(&value, "Enable+") ? CAPABILITY_ON : CAPABILITY_OFF;
}

static int take_ats(struct lspci_detail *detail, struct value value)
{
	detail->ats = enabled(value);
	return 0;
}

static int take_pri(struct lspci_detail *detail, struct value value)
{
	detail->pri = enabled(value);
	return 0;
}

static int take_pasid(struct lspci_detail *detail, struct value value)
{
	detail->pasid = enabled(value);
	return 0;
}

static int take_vf_control(struct lspci_detail *detail, struct value value)
{
	detail->vfs_on = enabled(value) == CAPABILITY_ON;
	return 0;
}

static uint16_t take_word(struct value *value, const char *key,
			  unsigned int base)
{
	int64_t number = seek(value, key) ? take_number(value, base) : -1;

	return number < 0 || number > UINT16_MAX ? 0 : (uint16_t)number;
}

/* "8, Total VFs: 8, Number of VFs: 6, Function Dependency Link: 00" */
static int take_vf_counts(struct lspci_detail *detail, struct value value)
{
	detail->sriov.total = take_word(&value, "Total VFs: ", 10);
	detail->sriov.count = take_word(&value, "Number of VFs: ", 10);
	return 0;
}

/* "2, stride: 1, Device ID: 1018" */
static int take_vf_place(struct lspci_detail *detail, struct value value)
{
	detail->sriov.offset = take_word(&value, "", 10);
	detail->sriov.stride = take_word(&value, "stride: ", 10);
	detail->sriov.device = take_word(&value, "Device ID: ", 16);
	return 0;
}

/* "00, secondary=01, subordinate=01, sec-latency=0" */
static int take_buses(struct lspci_detail *detail, struct value value)
{
	detail->bridge = true;
	detail->secondary = (uint8_t)take_word(&value, "secondary=", 16);
	return 0;
}

static const struct {
	const char *key;
	take *take;
} keys[] = {
	{ "IOMMU group: ", take_group },
	{ "Flags: ", take_flags },
	{ "Kernel driver in use: ", take_driver },
	{ "Kernel modules: ", take_modules },
	{ "Status: ", take_status },
	{ "Capabilities: ", take_capability },
	{ "ACSCap:\t", take_acs_cap },
	{ "ACSCtl:\t", take_acs_ctrl },
	{ "ATSCtl:\t", take_ats },
	{ "PRICtl: ", take_pri },
	{ "PASIDCtl: ", take_pasid },
	{ "IOVCtl:\t", take_vf_control },
	{ "Initial VFs: ", take_vf_counts },
	{ "VF offset: ", take_vf_place },
	{ "Bus: primary=", take_buses },
};

int lspci_detail_take(struct lspci_detail *detail, const char *line,
		      size_t length)
{
	struct value value = { line, length };

	while (skip(&value, " ") || skip(&value, "\t"))
		;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (skip(&value, keys[i].key))
			return keys[i].take(detail, value);
	return 0;
}

void lspci_detail_start(struct lspci_detail *detail)
{
	*detail = (struct lspci_detail){
		.group = -1, .acs_cap = -1, .acs_ctrl = -1,
	};
}

static void exchange(struct lspci_detail *a, struct lspci_detail *b)
{
	struct lspci_detail kept = *a;

	*a = *b;
	*b = kept;
}

/* Registers of the text that saw more of them; the rest of either. */
void lspci_detail_merge(struct lspci_detail *into, struct lspci_detail *from)
{
	if (from->sight > into->sight)
		exchange(into, from);
	if (into->group < 0)
		into->group = from->group;
	into->tells_driver |= from->tells_driver;
	if (into->driver)
		return;
	into->driver = from->driver;
	from->driver = NULL;
}

void lspci_detail_free(struct lspci_detail *detail)
{
	free(detail->driver);
	lspci_detail_start(detail);
}
