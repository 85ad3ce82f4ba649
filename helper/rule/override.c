// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model/acs.h"
#include "model/command_line.h"
#include "model/pci_spec.h"
#include "rule/override.h"
#include "rule/subject.h"

#define PARAMETER "pcie_acs_override"

static bool is_requested(const struct subject *subject)
{
	return command_line_has_word(subject_host(subject)->command_line,
				     PARAMETER);
}

static enum answer has_patch(const struct subject *subject)
{
	return subject_answer(subject, HOST_OVERRIDE_PATCH);
}

/* The kernel says so itself, or the two halves of it are both there. */
bool override_is_in_force(const struct subject *subject)
{
	return subject_answer(subject, HOST_OVERRIDE_WARNED) == ANSWER_YES ||
	       (is_requested(subject) && has_patch(subject) == ANSWER_YES);
}

bool override_is_inert(const struct subject *subject)
{
	return is_requested(subject) && has_patch(subject) == ANSWER_NO &&
	       !override_is_in_force(subject);
}

bool override_is_unknown(const struct subject *subject)
{
	return is_requested(subject) && !has_patch(subject) &&
	       !override_is_in_force(subject);
}

bool override_is_present(const struct subject *subject)
{
	return has_patch(subject) == ANSWER_YES &&
	       !override_is_in_force(subject);
}

char *override_show(const struct subject *subject)
{
	static const char *const patch[] = {
		"whether this kernel has the patch is not known",
		[ANSWER_NO] = "this kernel does not have the patch",
		[ANSWER_YES] = "this kernel has the patch",
	};
	bool warned = subject_answer(subject, HOST_OVERRIDE_WARNED) ==
		      ANSWER_YES;

	return text_format("%s= is %son the kernel command line; %s%s",
			   PARAMETER, is_requested(subject) ? "" : "not ",
			   patch[has_patch(subject)], warned ?
			   "; it warned of it at boot" : "");
}

/* Options of pci= that name functions: NAME=[BITS@]FUNCTION[;...] */
static const char *const configuring[] = { "disable_acs_redir=", "config_acs=" };

static bool spec_matches(struct span spec, const struct subject *subject)
{
	const char *at = memchr(spec.start, '@', spec.length);

	if (at) {
		spec.length -= (size_t)(at + 1 - spec.start);
		spec.start = at + 1;
	}
	return pci_spec_matches(spec, subject->inquiry->tree,
				subject->crossing->hop->device);
}

static bool configures(struct span option, const char *name,
		       const struct subject *subject)
{
	size_t length = strlen(name);

	if (option.length < length || memcmp(option.start, name, length))
		return false;
	option.start += length;
	option.length -= length;
	while (option.length)
		if (spec_matches(span_cut(&option, ';'), subject))
			return true;
	return false;
}

static const char *find_configuring(const struct subject *subject)
{
	const char *line = subject_host(subject)->command_line;
	const char *from = NULL;
	struct span options;

	while (command_line_next(line, "pci", &from, &options))
		while (options.length) {
			struct span option = span_cut(&options, ',');

			for (size_t i = 0; i < sizeof(configuring) /
			     sizeof(*configuring); i++)
				if (configures(option, configuring[i], subject))
					return configuring[i];
		}
	return NULL;
}

static bool has_acs(const struct subject *subject)
{
	return subject->crossing->counts && subject->crossing->hop->acs.present;
}

bool override_weakens_hop(const struct subject *subject)
{
	return has_acs(subject) && find_configuring(subject);
}

/* Without ATS the kernel also blocks translated requests where it can. */
bool override_tightens_hop(const struct subject *subject)
{
	uint32_t cap, ctrl;

	return has_acs(subject) && hop_is_port(subject->crossing->hop) &&
	       subject_has_option(subject, "pci", "noats") &&
	       acs_words(subject->crossing->hop->device, &cap, &ctrl) &&
	       cap & ctrl & ACS_TB;
}

char *override_show_hop(const struct subject *subject)
{
	const char *name = find_configuring(subject);
	uint32_t cap = 0, ctrl = 0;
	char address[BDF_TEXT];

	acs_words(subject->crossing->hop->device, &cap, &ctrl);
	return text_format("pci=%s%s on the kernel command line concerns %s, whose ACS control is 0x%04x of 0x%04x",
			   name ? name : "noats", name ? "..." : "",
			   bdf_format(subject->crossing->hop->device->address,
				      address), ctrl, cap);
}
