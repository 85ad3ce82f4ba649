// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "provider/lspci.h"
#include "provider/lspci_config.h"

/* What nobody has: "invalid" of vendors, "fits into no class" of classes. */
#define NO_VENDOR	0xffff
#define NO_CLASS	0xff0000

static const char *const origin[DEVICE_FIELDS] = {
	[DEVICE_GROUP] = "text, IOMMU group",
	[DEVICE_DRIVER] = "text, Kernel driver in use",
	[DEVICE_PARENT] = "bus numbers of the bridges in the dump",
	[DEVICE_ROOT_BUS] = "bus numbers of the bridges in the dump",
	[DEVICE_CLASS] = "dump of configuration space",
	[DEVICE_VENDOR] = "dump of configuration space",
	[DEVICE_DEVICE] = "dump of configuration space",
	[DEVICE_SUBSYSTEM_VENDOR] = "dump of configuration space",
	[DEVICE_SUBSYSTEM_DEVICE] = "dump of configuration space",
	[DEVICE_HEADER_TYPE] = "dump of configuration space",
	[DEVICE_PORT_TYPE] = "dump of configuration space",
	[DEVICE_MULTIFUNCTION] = "dump and function number",
	[DEVICE_ACS] = "dump of configuration space",
	[DEVICE_ACS_UNKNOWN] = "dump of configuration space",
	[DEVICE_ATS] = "dump of configuration space",
	[DEVICE_PRI] = "dump of configuration space",
	[DEVICE_PASID] = "dump of configuration space",
	[DEVICE_MPC] = "dump of configuration space",
	[DEVICE_PHYSFN] = "SR-IOV registers of the physical function",
	[DEVICE_TOTAL_VFS] = "SR-IOV registers",
	[DEVICE_NUM_VFS] = "SR-IOV registers",
};

static const char *const unseen[] = {
	"DMA aliases that kernel quirks or firmware set",
	"whether a driver manages DMA ownership itself",
	"whether a device is marked untrusted or a port leads outside the case",
	"what the kernel and vfio were told, and how the host uses its devices: text of lspci does not tell",
};

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

/**
 * struct telling - what the text tells at all
 *
 * lspci leaves a line out where there is nothing to tell, so that "none" can
 * only be told from "not asked" by the lines of other functions.
 */
struct telling {
	bool groups, drivers;
};

static struct telling find_telling(const struct lspci_text *text)
{
	struct telling telling = { 0 };

	for (size_t i = 0; i < text->count; i++) {
		telling.groups |= text->function[i].detail.group >= 0;
		telling.drivers |= text->function[i].detail.tells_driver;
	}
	return telling;
}

static int add_group(struct facts *facts, uint32_t id)
{
	struct group *group;

	for (size_t i = 0; i < facts->group_count; i++)
		if (facts->groups[i].id == id)
			return 0;
	group = facts_add_group(facts);
	if (!group)
		return -ENOMEM;
	field_set_number(group_fields, GROUP_ID, group, id);
	return 0;
}

static int add_device(const struct lspci_function *function,
		      struct telling telling, struct facts *facts)
{
	const struct lspci_detail *detail = &function->detail;
	struct device *device = facts_add_device(facts);

	if (!device)
		return -ENOMEM;
	field_set_address(device_fields, DEVICE_ADDRESS, device,
			  function->address);
	if (!telling.groups)
		set(device, DEVICE_GROUP_UNKNOWN, REASON_NO_ACCESS);
	if (!telling.drivers)
		set(device, DEVICE_DRIVER_UNKNOWN, REASON_NO_ACCESS);
	if (detail->driver &&
	    field_set_text(device_fields, DEVICE_DRIVER, device,
			   detail->driver, strlen(detail->driver)))
		return -ENOMEM;
	if (detail->group < 0)
		return 0;
	set(device, DEVICE_GROUP, (uint64_t)detail->group);
	return add_group(facts, (uint32_t)detail->group);
}

static int add_devices(const struct lspci_text *text, struct telling telling,
		       struct facts *facts)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < text->count; i++)
		ret = add_device(&text->function[i], telling, facts);
	return ret;
}

/* Every device must have these; the contract has no word for "not known". */
static int name_strangers(struct facts *facts)
{
	const struct device *first = NULL;
	char address[BDF_TEXT];
	size_t count = 0;

	for (size_t i = 0; i < facts->device_count; i++) {
		struct device *device = &facts->devices[i];

		if (device_has(device, DEVICE_VENDOR) &&
		    device_has(device, DEVICE_CLASS))
			continue;
		if (!device_has(device, DEVICE_VENDOR)) {
			set(device, DEVICE_VENDOR, NO_VENDOR);
			set(device, DEVICE_DEVICE, NO_VENDOR);
		}
		if (!device_has(device, DEVICE_CLASS))
			set(device, DEVICE_CLASS, NO_CLASS);
		if (!count++)
			first = device;
	}
	return !count ? 0 : text_list_add(&facts->unseen,
		"vendor, device or class of %zu of %zu functions, first %s (lspci -nn writes them)",
		count, facts->device_count,
		bdf_format(first->address, address));
}

/* How many bytes a function must have before something is known of it. */
static int note_short(struct facts *facts, const struct lspci_text *text,
		      size_t below, const char *what)
{
	size_t count = 0;

	for (size_t i = 0; i < text->count; i++)
		count += text->function[i].length < below &&
			 facts->devices[i].acs_unknown;
	return !count ? 0 : text_list_add(&facts->unseen,
		"%s of %zu of %zu functions: fewer than %zu bytes of their configuration space are in the text (lspci -xxxx as root writes all)",
		what, count, facts->device_count, below);
}

static int note_cuts(struct facts *facts, const struct lspci_text *text)
{
	char address[BDF_TEXT];
	int ret = 0;

	for (size_t i = 0; !ret && i < text->count; i++)
		if (lspci_function_is_cut(&text->function[i]))
			ret = text_list_add(&facts->unseen,
				"configuration space of %s from byte 0x%zx on: the dump is damaged there",
				bdf_format(text->function[i].address, address),
				text->function[i].length);
	return ret;
}

static int note_strays(struct facts *facts, const struct lspci_text *text,
		       const char *name)
{
	return !text->strays ? 0 : text_list_add(&facts->unseen,
		"%zu line%s of %s: no part of a dump; first line %zu",
		text->strays, text->strays == 1 ? "" : "s", name,
		text->first_stray);
}

static int list_unseen(struct facts *facts, const struct lspci_text *text,
		       struct telling telling, const char *name)
{
	int ret = 0;

	if (!telling.groups)
		ret = text_list_add(&facts->unseen,
			"IOMMU groups: the text does not tell them (lspci -vvv of a machine whose IOMMU is on does)");
	if (!ret && !telling.drivers)
		ret = text_list_add(&facts->unseen,
			"drivers: the text does not tell them (lspci -k does)");
	for (size_t i = 0; !ret && i < sizeof(unseen) / sizeof(*unseen); i++)
		ret = text_list_add(&facts->unseen, "%s", unseen[i]);
	if (!ret)
		ret = note_short(facts, text, 256, "port type and capabilities");
	if (!ret)
		ret = note_short(facts, text, LSPCI_CONFIG_BYTES,
				 "ACS registers");
	if (!ret)
		ret = note_cuts(facts, text);
	return ret ? ret : note_strays(facts, text, name);
}

static int read_wiring(const struct lspci_text *text, struct facts *facts,
		       struct problem *problem)
{
	struct wiring wiring = { .facts = facts };
	int ret = -ENOMEM;

	wiring.connection = calloc(text->count, sizeof(*wiring.connection));
	if (wiring.connection)
		ret = lspci_config_read(text, &wiring, problem);
	if (!ret && (wiring_link(&wiring) || name_strangers(facts)))
		ret = -ENOMEM;
	free(wiring.connection);
	return ret;
}

static int fill(const struct lspci_text *text, const char *name,
		struct facts *facts, struct problem *problem)
{
	struct telling telling = find_telling(text);
	int ret;

	problem_set(problem, -ENOMEM, "out of memory");
	if (add_devices(text, telling, facts))
		return -ENOMEM;
	ret = read_wiring(text, facts, problem);
	if (ret)
		return ret;
	ret = facts_finish(facts, problem);
	return ret ? ret : list_unseen(facts, text, telling, name);
}

bool lspci_recognise(const struct content *content)
{
	return lspci_text_recognise(content);
}

int lspci_load(const struct provider_request *request, struct facts *facts,
	       struct problem *problem)
{
	const struct content *content = request->content;
	struct lspci_text text;
	int ret = lspci_text_parse(content, &text, problem);

	if (!ret && !text.count)
		ret = problem_set(problem, -EBADMSG,
			"%s: no text of lspci: no line begins with a PCI address such as 00:1f.0",
			content->name);
	facts_start(facts, "lspci");
	facts->kernel[0] = '\0';
	facts->origin = origin;
	if (!ret)
		ret = fill(&text, content->name, facts, problem);
	lspci_text_free(&text);
	if (ret)
		facts_free(facts);
	return ret;
}
