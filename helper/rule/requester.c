// SPDX-License-Identifier: GPL-2.0
#include "rule/requester.h"
#include "rule/subject.h"

static bool has_alias(const struct device *device, unsigned int devfn)
{
	return devfn / 8 < device->aliases.length &&
	       device->aliases.byte[devfn / 8] >> devfn % 8 & 1;
}

/* A function outside the set whose requester ID the device also uses. */
static const struct device *find_another(const struct subject *subject)
{
	const struct device *device = subject->device;

	for (unsigned int devfn = 0; devfn < 256; devfn++) {
		struct bdf address = device->address;
		const struct device *other;

		address.id = (uint16_t)((address.id & 0xff00) | devfn);
		if (!has_alias(device, devfn) || address.id == device->address.id)
			continue;
		other = facts_find(subject_facts(subject), address);
		if (other && !set_has(&subject->inquiry->set, other))
			return other;
	}
	return NULL;
}

bool requester_is_anothers(const struct subject *subject)
{
	return find_another(subject);
}

/* Behind such a bridge all requests carry the bridge's ID. */
static const struct device *find_bridge(const struct subject *subject)
{
	const struct tree *tree = subject->inquiry->tree;
	const struct device *up = tree_parent(tree, subject->device);

	for (; up; up = tree_parent(tree, up)) {
		struct hop hop = hop_make(tree, up, false);

		if (hop_is_bus(&hop))
			return up;
	}
	return NULL;
}

static bool has_other_devfn(const struct device *device)
{
	for (unsigned int devfn = 0; devfn < 256; devfn++)
		if (has_alias(device, devfn) &&
		    devfn != (device->address.id & 0xffu))
			return true;
	return false;
}

bool requester_is_behind_vmd(const struct subject *subject)
{
	return device_has(subject->device, DEVICE_DMA_DEVICE);
}

bool requester_is_shared(const struct subject *subject)
{
	if (requester_is_behind_vmd(subject))
		return false;
	return find_bridge(subject) ||
	       (has_other_devfn(subject->device) && !find_another(subject));
}

bool requester_translates_itself(const struct subject *subject)
{
	return subject->device->ats == CAPABILITY_ON;
}

char *requester_show_another(const struct subject *subject)
{
	char device[BDF_TEXT], other[BDF_TEXT];

	return text_format("requests of %s may carry the requester ID of %s",
			   bdf_format(subject->device->address, device),
			   bdf_format(find_another(subject)->address, other));
}

static const char *name_sharer(const struct subject *subject,
			       char address[BDF_TEXT])
{
	const struct device *device = subject->device;
	const struct device *bridge = find_bridge(subject);

	if (device_has(device, DEVICE_DMA_DEVICE))
		return bdf_format(device->dma_device, address);
	if (bridge)
		return bdf_format(bridge->address, address);
	return "another function number of its bus";
}

char *requester_show_shared(const struct subject *subject)
{
	char device[BDF_TEXT], sharer[BDF_TEXT];

	return text_format("requests of %s carry the requester ID of %s",
			   bdf_format(subject->device->address, device),
			   name_sharer(subject, sharer));
}

char *requester_show_ats(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("%s has Address Translation Services on",
			   bdf_format(subject->device->address, address));
}
