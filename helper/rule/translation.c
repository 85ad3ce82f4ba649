// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "rule/subject.h"
#include "rule/translation.h"

#define CLASS_DISPLAY	0x03
#define VENDOR_INTEL	0x8086

/* group_unknown is 0 where the group is known, or known to be none. */
bool translation_is_absent(const struct subject *subject)
{
	return !device_has(subject->device, DEVICE_GROUP) &&
	       !device_has(subject->device, DEVICE_GROUP_UNKNOWN);
}

bool translation_is_asleep(const struct subject *subject)
{
	return subject->device->group_unknown == REASON_ASLEEP;
}

bool translation_is_gone(const struct subject *subject)
{
	return subject->device->group_unknown == REASON_GONE;
}

bool translation_is_unreadable(const struct subject *subject)
{
	return subject->device->group_unknown &&
	       !translation_is_asleep(subject) && !translation_is_gone(subject);
}

static bool mode_is_on(const struct subject *subject)
{
	return subject_answer(subject, HOST_NOIOMMU_MODE) == ANSWER_YES;
}

/* vfio makes a group up for a device that has none, and only in this mode. */
bool translation_is_pretended(const struct subject *subject)
{
	const struct group *group = subject_group(subject);

	if (group)
		return group->noiommu;
	return translation_is_absent(subject) && mode_is_on(subject);
}

bool translation_may_be_pretended(const struct subject *subject)
{
	return mode_is_on(subject) && !translation_is_pretended(subject);
}

bool translation_spares_the_host(const struct subject *subject)
{
	const struct group *group = subject_group(subject);

	return group && group->type && !strcmp(group->type, "identity");
}

/* The causes that the command line can have, as pairs of name and option. */
static const struct {
	const char *name, *option;
	const char *table;	/* of the firmware that it is about; NULL for any */
} switches[] = {
	{ "intel_iommu", "off", "DMAR" }, { "amd_iommu", "off", "IVRS" },
	{ "iommu", "off", NULL },
};

/* A switch for IOMMUs of another vendor is not the cause. */
static bool is_about(const char *table, const struct host *host)
{
	return !table || !host->firmware_table || !*host->firmware_table ||
	       !strcmp(table, host->firmware_table);
}

static char *switched_off(const struct subject *subject)
{
	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++)
		if (is_about(switches[i].table, subject_host(subject)) &&
		    subject_has_option(subject, switches[i].name,
				       switches[i].option))
			return text_format("it is off on the kernel command line (%s=%s)",
					   switches[i].name,
					   switches[i].option);
	return NULL;
}

static bool is_integrated_graphics(const struct device *device)
{
	return device->vendor == VENDOR_INTEL && device->root_bus &&
	       device->class >> 16 == CLASS_DISPLAY;
}

/* Debian leaves it out by default, and two options do. */
static char *graphics_left_out(const struct subject *subject)
{
	static const char *const options[] = { "igfx_off", "intgpu_off" };

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (subject_has_option(subject, "intel_iommu", options[i]))
			return text_format("integrated graphics is left out on the kernel command line (intel_iommu=%s)",
					   options[i]);
	return text_format("integrated graphics is left out unless the kernel is started with intel_iommu=on");
}

static char *find_cause(const struct subject *subject)
{
	const struct host *host = subject_host(subject);
	bool units = field_known(host, HOST_IOMMU_UNITS);
	char *text = switched_off(subject);

	if (text)
		return text;
	if (field_known(host, HOST_FIRMWARE_TABLE) && !*host->firmware_table)
		return text_format("firmware describes no IOMMU (there is no DMAR, IVRS, IORT or VIOT table)");
	if (units && !host->iommu_units)
		return text_format("no driver of this kernel runs one");
	if (units && is_integrated_graphics(subject->device))
		return graphics_left_out(subject);
	if (units)
		return text_format("the IOMMUs of this machine do not cover it");
	return text_format("the cause is not known");
}

char *translation_show_group(const struct subject *subject)
{
	const char *reason = names_get(&reason_names,
				       subject->device->group_unknown);
	char address[BDF_TEXT];
	char *cause, *text = NULL;

	bdf_format(subject->device->address, address);
	if (reason)
		return text_format("%s: IOMMU group not known (%s)", address,
				   reason);
	cause = find_cause(subject);
	if (cause)
		text = text_format("%s is in no IOMMU group: %s", address,
				   cause);
	free(cause);
	return text;
}

char *translation_show_mode(const struct subject *subject)
{
	const struct group *group = subject_group(subject);
	char address[BDF_TEXT];

	bdf_format(subject->device->address, address);
	if (group && group->noiommu)
		return text_format("%s: group %u is one that vfio made up",
				   address, group->id);
	return text_format("enable_unsafe_noiommu_mode of vfio is on; %s is in %s",
			   address, group ? "a real group" : "no group");
}

char *translation_show_type(const struct subject *subject)
{
	return text_format("group %u: the host's default domain is identity",
			   subject->device->group);
}
