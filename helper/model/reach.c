// SPDX-License-Identifier: GPL-2.0
#include "model/branch.h"
#include "model/reach.h"

/* What kind of choice a hop has. */
enum choice {
	CHOICE_NONE,
	CHOICE_FUNCTION,	/* between functions of the device */
	CHOICE_PORT,		/* between ports, and back down */
	CHOICE_BUS,		/* all below hear everything */
};

static const enum choice choices[] = {
	[PORT_ENDPOINT] = CHOICE_FUNCTION,
	[PORT_LEGACY_ENDPOINT] = CHOICE_FUNCTION,
	[PORT_ROOT] = CHOICE_PORT,
	[PORT_UPSTREAM] = CHOICE_FUNCTION,
	[PORT_DOWNSTREAM] = CHOICE_PORT,
	[PORT_PCIE_TO_PCI] = CHOICE_BUS,
	[PORT_PCI_TO_PCIE] = CHOICE_BUS,
	[PORT_RC_ENDPOINT] = CHOICE_FUNCTION,
	[PORT_RC_EVENT_COLLECTOR] = CHOICE_FUNCTION,
};

static enum choice conventional_choice(const struct tree *tree,
				       const struct hop *hop)
{
	if (!hop->start)
		return CHOICE_BUS;
	/* Below a bridge, the hop of that bridge covers the whole bus. */
	return tree_parent(tree, hop->device) ? CHOICE_NONE : CHOICE_FUNCTION;
}

static enum choice find_choice(const struct tree *tree, const struct hop *hop)
{
	if (!device_has(hop->device, DEVICE_PORT_TYPE))
		return hop->start ? CHOICE_FUNCTION : CHOICE_PORT;
	if (hop->device->port_type == PORT_CONVENTIONAL)
		return conventional_choice(tree, hop);
	return choices[hop->device->port_type];
}

bool reach_same_bus(const struct device *a, const struct device *b)
{
	return bdf_same_bus(a->address, b->address);
}

bool reach_kept_apart(const struct tree *tree, const struct device *function,
		      const struct device *sibling)
{
	return device_has(function, DEVICE_PORT_TYPE) &&
	       !device_has(function, DEVICE_ACS) &&
	       !device_has(function, DEVICE_ACS_UNKNOWN) &&
	       (acs_judge(sibling).basis <= BASIS_ASSUMED ||
		(tree_voucher(tree, sibling).function &&
		 !tree_voucher(tree, function).function));
}

/* Below a port there is one device: with ARI its functions fill the bus. */
static bool is_one_device(const struct tree *tree,
			  const struct device *function)
{
	const struct device *parent = tree_parent(tree, function);

	return parent && (parent->port_type == PORT_ROOT ||
			  parent->port_type == PORT_DOWNSTREAM);
}

/* Virtual functions take the numbers of other buses where theirs are used up. */
static struct bdf find_home(const struct device *device)
{
	return device_has(device, DEVICE_PHYSFN) ? device->physfn :
						   device->address;
}

bool reach_is_same_device(const struct tree *tree, const struct device *a,
			  const struct device *b)
{
	struct bdf one = find_home(a), other = find_home(b);

	return one.segment == other.segment &&
	       bdf_bus(one) == bdf_bus(other) &&
	       (is_one_device(tree, b) || bdf_slot(one) == bdf_slot(other));
}

enum bearing reach_beside(const struct tree *tree, const struct hop *hop,
			  const struct device *peer)
{
	const struct device *device = hop->device;

	switch (find_choice(tree, hop)) {
	case CHOICE_PORT:
		return BEARING_ASIDE;
	case CHOICE_FUNCTION:
		return device->multifunction &&
		       reach_is_same_device(tree, peer, device) ?
			BEARING_DEVICE : BEARING_NONE;
	default:
		return BEARING_NONE;
	}
}

enum bearing reach_below(const struct tree *tree, const struct hop *hop)
{
	enum choice choice = find_choice(tree, hop);

	return choice == CHOICE_PORT || choice == CHOICE_BUS ? BEARING_BELOW :
							       BEARING_NONE;
}

/* Of the way up from @target, the device that stands beside @device. */
static const struct device *find_peer(const struct tree *tree,
				      const struct device *device,
				      const struct device *target)
{
	const struct device *parent = tree_parent(tree, device);
	const struct device *up = target;

	while (up && tree_parent(tree, up) != parent)
		up = tree_parent(tree, up);
	return up && (parent || reach_same_bus(up, device)) ? up : NULL;
}

enum bearing reach_bearing(const struct tree *tree, const struct hop *hop,
			   const struct device *target,
			   const struct device **peer)
{
	*peer = NULL;
	if (tree_below(tree, target, hop->device))
		return reach_below(tree, hop);
	*peer = find_peer(tree, hop->device, target);
	return *peer ? reach_beside(tree, hop, *peer) : BEARING_NONE;
}

bool reach_includes(const struct tree *tree, const struct hop *hop,
		    const struct device *device)
{
	const struct device *peer;

	switch (reach_bearing(tree, hop, device, &peer)) {
	case BEARING_DEVICE:
		return !reach_kept_apart(tree, hop->device, peer);
	case BEARING_ASIDE:
		/* Beyond such a port the kernel assumes the IOMMU. */
		return !hop_is_plain_root(hop);
	case BEARING_BELOW:
		return true;
	case BEARING_NONE:
		break;
	}
	return false;
}

int reach_victims(const struct tree *tree, const struct hop *hop,
		  const struct set *set, struct set *victims)
{
	struct branch branch = branch_start(tree, hop->device, hop->device);
	int ret = 0;

	while (!ret && branch_next(&branch))
		if (reach_includes(tree, hop, branch.top))
			ret = branch_add(&branch, set, victims);
	return ret;
}
