// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "predict/kernel.h"
#include "predict/quirk.h"

/* "6.1.0-56-amd64" and the like. */
static void parse_release(const char *text, struct kernel *kernel)
{
	unsigned int major, minor, sublevel = 0;

	kernel->release = UINT32_MAX;
	kernel->known = sscanf(text, "%5u.%5u.%5u", &major, &minor,
			       &sublevel) >= 2;
	if (kernel->known)
		kernel->release = RELEASE(major, minor);
	kernel->sublevel = sublevel;
}

#define VENDOR_AMD 0x1022

/* It shows itself on a root bus; a card that says so proves nothing. */
static bool is_amd_iommu(const struct device *device)
{
	return device->root_bus && device->vendor == VENDOR_AMD &&
	       device_is_iommu(device);
}

/* The firmware's table itself, or the function that it must describe. */
static enum answer find_ivrs(const struct facts *facts)
{
	if (field_known(&facts->host, HOST_FIRMWARE_TABLE))
		return !strcmp(facts->host.firmware_table, "IVRS") ?
			ANSWER_YES : ANSWER_NO;
	for (size_t i = 0; i < facts->device_count; i++)
		if (is_amd_iommu(&facts->devices[i]))
			return ANSWER_YES;
	return 0;
}

struct kernel kernel_of(const struct facts *facts)
{
	struct kernel kernel = { .has_ivrs = find_ivrs(facts) };

	parse_release(facts->kernel, &kernel);
	kernel.newer = kernel.known && kernel.release > quirk_release();
	return kernel;
}
