// SPDX-License-Identifier: GPL-2.0
#include "rule/denylist.h"
#include "rule/subject.h"

#define VENDOR_INTEL 0x8086

/* vfio_pci_dev_in_denylist() of the kernel's drivers/vfio/pci/vfio_pci.c. */
static const uint16_t denied[] = {
	0x0435, 0x0443,			/* QuickAssist DH895XCC */
	0x19e2, 0x19e3,			/* QuickAssist C3XXX */
	0x37c8, 0x37c9,			/* QuickAssist C62X */
	0x0b25, 0x0cfe,			/* DSA and IAX of Sapphire Rapids */
};

static bool is_off(const struct subject *subject)
{
	return subject_answer(subject, HOST_DENYLIST_DISABLED) == ANSWER_YES;
}

static bool is_denied(const struct device *device)
{
	if (device->vendor != VENDOR_INTEL)
		return false;
	for (size_t i = 0; i < sizeof(denied) / sizeof(*denied); i++)
		if (device->device == denied[i])
			return true;
	return false;
}

bool denylist_covers(const struct subject *subject)
{
	return is_off(subject) && is_denied(subject->device);
}

bool denylist_is_off(const struct subject *subject)
{
	const struct set *set = &subject->inquiry->set;

	for (size_t i = 0; i < set->count; i++)
		if (is_denied(set->member[i]))
			return false;
	return is_off(subject);
}

char *denylist_show(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("%s is [%04x:%04x]; disable_denylist of vfio_pci is on",
			   bdf_format(subject->device->address, address),
			   subject->device->vendor, subject->device->device);
}

char *denylist_show_off(const struct subject *subject)
{
	(void)subject;
	return text_format("disable_denylist of vfio_pci is on");
}
