// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "model/pci_spec.h"

#define ID_PREFIX "pci:"
#define IDS 4

/* The longest number; the kernel takes fewer digits than people write. */
#define DIGITS_MAX 8

static bool read_hex(struct span part, unsigned long *value)
{
	char text[DIGITS_MAX + 1], *end;

	if (!part.length || part.length > DIGITS_MAX)
		return false;
	memcpy(text, part.start, part.length);
	text[part.length] = '\0';
	*value = strtoul(text, &end, 16);
	return !*end;
}

static bool ids_match(struct span ids, const struct device *device)
{
	const uint16_t have[IDS] = {
		device->vendor, device->device,
		device->subsystem_vendor, device->subsystem_device,
	};
	unsigned long id;
	int i;

	for (i = 0; i < IDS && ids.length; i++)
		if (!read_hex(span_cut(&ids, ':'), &id) ||
		    (id && id != have[i]))
			return false;
	return !ids.length && (i == 2 || i == IDS);
}

/* DEVICE.FUNCTION, as each part of a path ends. */
static bool is_place(struct span part, struct bdf address)
{
	unsigned long slot, function;

	return read_hex(span_cut(&part, '.'), &slot) &&
	       read_hex(part, &function) && slot == bdf_slot(address) &&
	       function == bdf_function(address);
}

static bool is_address(struct span spec, struct bdf address)
{
	struct span bus = span_cut(&spec, ':');
	unsigned long number, segment = 0;

	if (memchr(spec.start, ':', spec.length)) {
		if (!read_hex(bus, &segment))
			return false;
		bus = span_cut(&spec, ':');
	}
	return segment == address.segment && read_hex(bus, &number) &&
	       number == bdf_bus(address) && is_place(spec, address);
}

static struct span cut_last(struct span *path)
{
	const char *slash = memrchr(path->start, '/', path->length);
	struct span last = *path;

	if (!slash)
		return (struct span){ NULL, 0 };
	last.start = slash + 1;
	last.length = (size_t)(path->start + path->length - last.start);
	path->length = (size_t)(slash - path->start);
	return last;
}

/* From the end upwards, as buses below may have been numbered anew. */
static bool path_matches(struct span path, const struct tree *tree,
			 const struct device *device)
{
	struct span last;

	for (last = cut_last(&path); last.start; last = cut_last(&path)) {
		if (!is_place(last, device->address))
			return false;
		device = tree_parent(tree, device);
		if (!device)
			return false;
	}
	return is_address(path, device->address);
}

bool pci_spec_matches(struct span spec, const struct tree *tree,
		      const struct device *device)
{
	const size_t prefix = strlen(ID_PREFIX);

	if (spec.length <= prefix || memcmp(spec.start, ID_PREFIX, prefix))
		return path_matches(spec, tree, device);
	spec.start += prefix;
	spec.length -= prefix;
	return ids_match(spec, device);
}

bool pci_spec_list_matches(struct span list, const struct tree *tree,
			   const struct device *device)
{
	while (list.length)
		if (pci_spec_matches(span_cut(&list, ';'), tree, device))
			return true;
	return false;
}
