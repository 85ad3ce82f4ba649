// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model/span.h"
#include "rule/reset.h"
#include "rule/subject.h"

#define BUS "bus"

static bool has_sibling(const struct subject *subject)
{
	const struct tree *tree = subject->inquiry->tree;
	const struct device *parent = tree_parent(tree, subject->device);
	const struct facts *facts = tree->facts;

	if (parent)
		return kin_children(tree, parent).count > 1;
	for (size_t i = 0; i < facts->device_count; i++)
		if (&facts->devices[i] != subject->device &&
		    !tree_parent(tree, &facts->devices[i]))
			return true;
	return false;
}

/*
 * The kernel lists a reset of the bus for the first function of a bus before it
 * finds the others, and then refuses it (pci_parent_bus_reset()).
 */
static bool works(const struct subject *subject, struct span method)
{
	return method.length && (!span_is(method, BUS) || !has_sibling(subject));
}

/* Known to have none: where sysfs could not be asked there is no finding. */
static bool has_none_of_its_own(const struct subject *subject)
{
	const struct device *device = subject->device;
	struct span methods;

	if (!device_has(device, DEVICE_RESET_METHODS) ||
	    !set_has(subject->inquiry->asked, device))
		return false;
	methods = (struct span){ device->reset_methods,
				 strlen(device->reset_methods) };
	while (methods.length)
		if (works(subject, span_cut(&methods, ' ')))
			return false;
	return true;
}

/* A reset of the bus, which vfio does if it has all that would be hit. */
static const struct device *find_bus(const struct subject *subject)
{
	if (!has_none_of_its_own(subject))
		return NULL;
	return tree_parent(subject->inquiry->tree, subject->device);
}

bool reset_is_impossible(const struct subject *subject)
{
	return has_none_of_its_own(subject) && !find_bus(subject);
}

bool reset_is_wide(const struct subject *subject)
{
	const struct inquiry *inquiry = subject->inquiry;
	const struct device *bus = find_bus(subject);

	return bus && set_first_outside(&inquiry->set, inquiry->tree, bus);
}

char *reset_show_none(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("the kernel knows no way to reset %s, and it stands on a root bus",
			   bdf_format(subject->device->address, address));
}

char *reset_show_wide(const struct subject *subject)
{
	const struct inquiry *inquiry = subject->inquiry;
	const struct device *bus = find_bus(subject);
	struct set hit = { .most = DEVICES_SHOWN };
	char device[BDF_TEXT], above[BDF_TEXT];
	char *text = NULL;

	bdf_format(subject->device->address, device);
	bdf_format(bus->address, above);
	if (!set_add_below(&hit, inquiry->tree, bus, &inquiry->set))
		text = text_format("%s can only be reset with all that is below %s: ",
				   device, above);
	if (text)
		subject_append_set(&text, &hit);
	set_free(&hit);
	return text;
}
