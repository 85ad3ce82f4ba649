// SPDX-License-Identifier: GPL-2.0
#include "rule/slot.h"
#include "rule/subject.h"

bool slot_is_external(const struct subject *subject)
{
	return subject->crossing->hop->device->external_facing;
}

/* sysfs does not show where a port leads, but marks what is plugged in there. */
bool slot_is_behind_external(const struct subject *subject)
{
	const struct device *up = subject->device;

	if (!up->removable)
		return false;
	for (; up; up = tree_parent(subject->inquiry->tree, up))
		if (up->external_facing)
			return false;
	return true;
}

bool slot_is_untrusted(const struct subject *subject)
{
	return subject->device->untrusted;
}

char *slot_show_external(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("%s leads outside the case",
		bdf_format(subject->crossing->hop->device->address, address));
}

char *slot_show_removable(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("the kernel marks %s as removable",
			   bdf_format(subject->device->address, address));
}

char *slot_show_trust(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("%s is marked untrusted by firmware or kernel",
			   bdf_format(subject->device->address, address));
}
