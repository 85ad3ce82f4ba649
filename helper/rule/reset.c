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

	for (size_t i = 0; i < facts->device_count; i++)
		if (&facts->devices[i] != subject->device &&
		    tree_parent(tree, &facts->devices[i]) == parent)
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

static bool is_hit(const struct subject *subject, const struct device *device)
{
	return device_is_endpoint(device) &&
	       !set_has(&subject->inquiry->set, device) &&
	       tree_below(subject->inquiry->tree, device, find_bus(subject));
}

bool reset_is_wide(const struct subject *subject)
{
	const struct facts *facts = subject_facts(subject);

	if (!find_bus(subject))
		return false;
	for (size_t i = 0; i < facts->device_count; i++)
		if (is_hit(subject, &facts->devices[i]))
			return true;
	return false;
}

char *reset_show_none(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("the kernel knows no way to reset %s, and it stands on a root bus",
			   bdf_format(subject->device->address, address));
}

static int collect_hit(const struct subject *subject, struct set *hit)
{
	const struct facts *facts = subject_facts(subject);
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (is_hit(subject, &facts->devices[i]))
			ret = set_add(hit, &facts->devices[i]);
	return ret;
}

char *reset_show_wide(const struct subject *subject)
{
	char device[BDF_TEXT], bus[BDF_TEXT];
	struct set hit = { 0 };
	char *text = NULL;

	bdf_format(subject->device->address, device);
	bdf_format(find_bus(subject)->address, bus);
	if (!collect_hit(subject, &hit))
		text = text_format("%s can only be reset with all that is below %s: ",
				   device, bus);
	if (text)
		subject_append_set(&text, &hit);
	set_free(&hit);
	return text;
}
