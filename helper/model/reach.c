// SPDX-License-Identifier: GPL-2.0
#include "model/reach.h"

enum scope {
	SCOPE_NOTHING,
	SCOPE_SLOT,	/* the functions of the device, and below them */
	SCOPE_BELOW,	/* below the hop */
	SCOPE_SWITCH,	/* below the bridge above the hop */
	SCOPE_ROOT,	/* the root bus and below */
};

static const enum scope scopes[] = {
	[PORT_ENDPOINT] = SCOPE_SLOT,
	[PORT_LEGACY_ENDPOINT] = SCOPE_SLOT,
	[PORT_ROOT] = SCOPE_ROOT,
	[PORT_UPSTREAM] = SCOPE_SLOT,
	[PORT_DOWNSTREAM] = SCOPE_SWITCH,
	[PORT_PCIE_TO_PCI] = SCOPE_BELOW,
	[PORT_PCI_TO_PCIE] = SCOPE_BELOW,
	[PORT_RC_ENDPOINT] = SCOPE_SLOT,
	[PORT_RC_EVENT_COLLECTOR] = SCOPE_SLOT,
};

static enum scope conventional_scope(const struct tree *tree,
				     const struct hop *hop)
{
	if (!hop->start)
		return SCOPE_BELOW;
	/* Below a bridge, the hop of that bridge covers the whole bus. */
	return tree_parent(tree, hop->device) ? SCOPE_NOTHING : SCOPE_SLOT;
}

static enum scope find_scope(const struct tree *tree, const struct hop *hop)
{
	const struct device *device = hop->device;
	enum scope scope = scopes[device->port_type];

	if (device->port_type == PORT_CONVENTIONAL)
		return conventional_scope(tree, hop);
	if (!device_has(device, DEVICE_PORT_TYPE))
		scope = hop->start ? SCOPE_SLOT : SCOPE_SWITCH;
	if (scope == SCOPE_SWITCH && !tree_parent(tree, device))
		scope = SCOPE_ROOT;
	if (scope == SCOPE_SLOT && !device->multifunction)
		scope = SCOPE_NOTHING;
	/* Beyond such a port the kernel assumes the IOMMU, below it nothing. */
	if (hop_is_plain_root(hop))
		scope = SCOPE_BELOW;
	return scope;
}

static bool same_bus(const struct device *a, const struct device *b)
{
	return a->address.segment == b->address.segment &&
	       bdf_bus(a->address) == bdf_bus(b->address);
}

/*
 * A function without an ACS capability has no way to its siblings by the
 * specification; the kernel fears there is one, except to siblings whose own
 * ACS holds or is vouched for. Where both see no path there is no victim; where
 * both are vouched for, it is that which keeps them apart.
 */
static bool kept_apart(const struct tree *tree, const struct device *function,
		       const struct device *sibling)
{
	return !device_has(function, DEVICE_ACS) &&
	       !device_has(function, DEVICE_ACS_UNKNOWN) &&
	       (acs_judge(sibling).basis <= BASIS_ASSUMED ||
		(tree_voucher(tree, sibling) && !tree_voucher(tree, function)));
}

/* Below a port there is one device: with ARI its functions fill the bus. */
static bool is_one_device(const struct tree *tree,
			  const struct device *function)
{
	const struct device *parent = tree_parent(tree, function);

	return parent && (parent->port_type == PORT_ROOT ||
			  parent->port_type == PORT_DOWNSTREAM);
}

bool reach_is_same_device(const struct tree *tree, const struct device *a,
			  const struct device *b)
{
	return same_bus(a, b) &&
	       (is_one_device(tree, b) ||
		bdf_slot(a->address) == bdf_slot(b->address));
}

static bool in_slot(const struct tree *tree, const struct device *device,
		    const struct device *function)
{
	for (; device; device = tree_parent(tree, device))
		if (reach_is_same_device(tree, device, function))
			return device != function &&
			       !kept_apart(tree, function, device);
	return false;
}

static bool in_scope(const struct tree *tree, const struct device *device,
		     const struct device *hop, enum scope scope)
{
	switch (scope) {
	case SCOPE_SLOT:
		return in_slot(tree, device, hop);
	case SCOPE_BELOW:
		return tree_below(tree, device, hop);
	case SCOPE_SWITCH:
		return tree_below(tree, device, tree_parent(tree, hop));
	case SCOPE_ROOT:
		return same_bus(tree_root(tree, device), tree_root(tree, hop));
	case SCOPE_NOTHING:
		break;
	}
	return false;
}

bool reach_includes(const struct tree *tree, const struct hop *hop,
		    const struct device *device)
{
	return in_scope(tree, device, hop->device, find_scope(tree, hop));
}

int reach_victims(const struct tree *tree, const struct hop *hop,
		  const struct set *set, struct set *victims)
{
	const struct facts *facts = tree->facts;
	enum scope scope = find_scope(tree, hop);
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_is_endpoint(device) && !set_has(set, device) &&
		    in_scope(tree, device, hop->device, scope))
			ret = set_add(victims, device);
	}
	return ret;
}
