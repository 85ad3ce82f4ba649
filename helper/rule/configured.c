// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model/acs.h"
#include "model/pci_spec.h"
#include "rule/configured.h"
#include "rule/evidence.h"
#include "rule/subject.h"

#define REDIRECTS (ACS_RR | ACS_CR | ACS_EC)
#define ALL_BITS 0x7f

/*
 * Since this release (47c8846a49ba, "PCI: Extend ACS configurability") the kernel
 * knows config_acs, and either parameter leaves the bits that it does not switch
 * as firmware had them. Before, disable_acs_redir left them as the kernel has
 * them: on.
 */
#define EXTENDED RELEASE(6, 11)

/**
 * struct setting - what a parameter makes of one hop
 * @name: of the option of pci=, with "="; NULL where none names the hop
 * @item: the part of it that does
 * @off: bits that it switches off
 * @on: bits that it switches on
 */
struct setting {
	const char *name;
	struct span item;
	uint32_t off, on;
};

static const struct kernel *kernel_of_subject(const struct subject *subject)
{
	return &subject->inquiry->prediction->kernel;
}

/* The kernel keeps one of each name, the last. */
static struct span find_option(const struct subject *subject, const char *name)
{
	const char *line = subject_host(subject)->command_line;
	size_t length = strlen(name);
	struct span options, found = { 0 };
	const char *from = NULL;

	while (command_line_next(line, "pci", &from, &options))
		while (options.length) {
			struct span option = span_cut(&options, ',');

			if (option.length < length ||
			    memcmp(option.start, name, length))
				continue;
			found.start = option.start + length;
			found.length = option.length - length;
		}
	return found;
}

/* "0", "1" and "x", the last for bit 0. */
static bool read_bits(struct span bits, struct setting *setting)
{
	uint32_t bit = 1;

	setting->off = setting->on = 0;
	for (size_t i = bits.length; i--; bit <<= 1) {
		if (bits.start[i] == '0')
			setting->off |= bit;
		else if (bits.start[i] == '1')
			setting->on |= bit;
		else if (bits.start[i] != 'x' && bits.start[i] != 'X')
			return false;
		if ((setting->off | setting->on) & ~ALL_BITS)
			return false;
	}
	return true;
}

static bool names_hop(struct span spec, const struct subject *subject)
{
	return pci_spec_matches(spec, subject->inquiry->tree,
				subject->crossing->hop->device);
}

static struct setting find_disabling(const struct subject *subject)
{
	struct setting setting = { .off = REDIRECTS };
	struct span list = find_option(subject, "disable_acs_redir=");

	while (list.length) {
		setting.item = span_cut(&list, ';');
		if (!names_hop(setting.item, subject))
			continue;
		setting.name = "disable_acs_redir=";
		break;
	}
	return setting;
}

/* BITS@FUNCTION;...: the first that fits, and none behind one that is malformed. */
static struct setting find_configuring(const struct subject *subject)
{
	struct span list = find_option(subject, "config_acs=");
	struct setting setting = { 0 };

	while (list.length) {
		struct span spec;

		setting.item = span_cut(&list, ';');
		spec = setting.item;
		if (!memchr(spec.start, '@', spec.length) ||
		    !read_bits(span_cut(&spec, '@'), &setting))
			break;
		if (!names_hop(spec, subject))
			continue;
		setting.name = "config_acs=";
		break;
	}
	return setting;
}

static bool knows_configuring(const struct subject *subject)
{
	return kernel_has(kernel_of_subject(subject), EXTENDED);
}

/*
 * config_acs comes last and has the word. At ports whose registers are double
 * words a quirk of the kernel does what disable_acs_redir says, for either.
 */
static struct setting find_setting(const struct subject *subject)
{
	const struct device *device = subject->crossing->hop->device;
	struct setting setting = find_configuring(subject);

	if (!setting.name || !knows_configuring(subject))
		return find_disabling(subject);
	if (field_known(&device->acs, ACS_CTRL_DWORD)) {
		setting.off = REDIRECTS;
		setting.on = 0;
	}
	return setting;
}

static bool has_acs(const struct subject *subject)
{
	return subject->crossing->counts && subject->crossing->hop->acs.present;
}

bool configured_changes_hop(const struct subject *subject)
{
	return has_acs(subject) && find_setting(subject).name;
}

bool configured_is_inert(const struct subject *subject)
{
	return has_acs(subject) && !knows_configuring(subject) &&
	       find_configuring(subject).name;
}

bool configured_blocks_translated(const struct subject *subject)
{
	uint32_t cap, ctrl;

	return has_acs(subject) && hop_is_port(subject->crossing->hop) &&
	       subject_has_option(subject, "pci", "noats") &&
	       acs_words(subject->crossing->hop->device, &cap, &ctrl) &&
	       cap & ctrl & ACS_TB;
}

static int add_switched(char **text, uint32_t bits, const char *behind)
{
	int ret = bits ? text_append(text, ",") : 0;

	if (!ret)
		ret = evidence_add_bits(text, bits);
	return bits && !ret ? text_append(text, "%s", behind) : ret;
}

/* Of the bits that the hop has. */
static int add_setting(char **text, const struct subject *subject,
		       const struct setting *setting)
{
	const struct hop *hop = subject->crossing->hop;
	uint32_t cap, ctrl;
	int ret;

	acs_words(hop->device, &cap, &ctrl);
	ret = add_switched(text, cap & setting->off, " off");
	if (!ret)
		ret = add_switched(text, cap & setting->on, " on");
	if (!ret && knows_configuring(subject) &&
	    !field_known(&hop->device->acs, ACS_CTRL_DWORD))
		ret = add_switched(text, cap & ALL_BITS & ~setting->off &
				   ~setting->on, " as firmware left them");
	if (!ret && !kernel_of_subject(subject)->known)
		ret = text_append(text, " (as Linux 6.11 and newer have it)");
	return ret ? ret : text_append(text,
		"; its ACS control is 0x%04x of 0x%04x", ctrl, cap);
}

static char *show(const struct subject *subject, const struct setting *setting)
{
	char address[BDF_TEXT];
	char *text;

	text = text_format("pci=%s%.*s on the kernel command line is about %s",
			   setting->name, (int)setting->item.length,
			   setting->item.start,
			   bdf_format(subject->crossing->hop->device->address,
				      address));
	if (text)
		add_setting(&text, subject, setting);
	return text;
}

char *configured_show(const struct subject *subject)
{
	struct setting setting = find_setting(subject);

	if (!setting.name)
		setting = find_configuring(subject);
	return show(subject, &setting);
}

char *configured_show_blocking(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;
	char *text = NULL;
	int ret = text_append(&text,
		"pci=noats is on the kernel command line; ");

	if (!ret)
		ret = evidence_add_hop(&text, hop);
	if (!ret)
		ret = evidence_add_registers(&text, hop);
	if (!ret)
		text_append(&text, ", TB on");
	return text;
}
