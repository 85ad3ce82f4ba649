// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/path.h"

bool hop_is_bus(const struct hop *hop)
{
	switch (hop->device->port_type) {
	case PORT_PCIE_TO_PCI:
	case PORT_PCI_TO_PCIE:
		return true;
	case PORT_CONVENTIONAL:
		return !hop->start;
	default:
		return false;
	}
}

bool hop_is_port(const struct hop *hop)
{
	return hop->device->port_type == PORT_ROOT ||
	       hop->device->port_type == PORT_DOWNSTREAM;
}

bool hop_is_root_port(const struct hop *hop)
{
	return hop->device->port_type == PORT_ROOT &&
	       !device_has(hop->device, DEVICE_PARENT);
}

bool hop_is_plain_root(const struct hop *hop)
{
	return hop_is_root_port(hop) && !hop->acs.present &&
	       hop->acs.basis == BASIS_NONE &&
	       !hop->voucher.function;
}

bool hop_is_claimed(const struct hop *hop)
{
	return hop->voucher.function && hop->basis == BASIS_ASSUMED;
}

bool hop_shows_open(const struct hop *hop)
{
	if (hop_is_plain_root(hop))
		return true;
	return hop->basis == BASIS_NONE &&
	       (hop->acs.missing || hop_is_bus(hop) || hop_is_port(hop));
}

bool hop_may_be_open(const struct hop *hop)
{
	uint32_t cap, ctrl;

	if (hop_shows_open(hop))
		return false;
	return hop->basis == BASIS_UNKNOWN || hop_is_claimed(hop) ||
	       (acs_words(hop->device, &cap, &ctrl) &&
		cap & ctrl & (ACS_EC | ACS_DT));
}

static enum basis judge_basis(const struct hop *hop)
{
	const struct device *device = hop->device;

	if (hop_is_plain_root(hop))
		return BASIS_ASSUMED;
	if (device->port_type == PORT_CONVENTIONAL && hop->start &&
	    !device->multifunction)
		return BASIS_UNNEEDED;
	if (hop->voucher.function)
		return hop->voucher.worth;
	/*
	 * Whatever its registers say: the kernel takes it for a single function
	 * when it groups it (and for one of many after a rescan of its bus).
	 */
	if (device_has(device, DEVICE_PHYSFN) &&
	    hop->acs.basis != BASIS_UNKNOWN)
		return BASIS_ASSUMED;
	return hop->acs.basis;
}

struct hop hop_make(const struct tree *tree, const struct device *device,
		    bool start)
{
	struct hop hop = { .device = device, .start = start };

	hop.acs = acs_judge(device);
	if (hop.acs.basis == BASIS_NONE || hop.acs.basis == BASIS_UNKNOWN)
		hop.voucher = tree_voucher(tree, device);
	hop.basis = judge_basis(&hop);
	return hop;
}

static size_t length(const struct tree *tree, const struct device *device)
{
	size_t count = 0;

	for (; device; device = tree_parent(tree, device))
		count++;
	return count;
}

int path_walk(const struct tree *tree, const struct device *device,
	      struct path *path)
{
	const struct device *up;

	path->count = 0;
	path->hop = calloc(length(tree, device), sizeof(*path->hop));
	if (!path->hop)
		return -ENOMEM;
	for (up = device; up; up = tree_parent(tree, up))
		path->hop[path->count++] = hop_make(tree, up, up == device);
	return 0;
}

void path_free(struct path *path)
{
	free(path->hop);
	*path = (struct path){ 0 };
}
