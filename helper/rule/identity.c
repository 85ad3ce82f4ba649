// SPDX-License-Identifier: GPL-2.0
#include "model/path.h"
#include "rule/identity.h"

static bool has_alias(const struct device *device, uint8_t devfn)
{
	return devfn / 8 < device->aliases.length &&
	       device->aliases.byte[devfn / 8] >> devfn % 8 & 1;
}

/* Also an ID that another function of the bus has. */
static bool uses(const struct device *device, struct bdf id)
{
	if (device->address.segment != id.segment)
		return false;
	return device->address.id == id.id ||
	       (bdf_bus(device->address) == bdf_bus(id) &&
		has_alias(device, (uint8_t)id.id));
}

/*
 * A bridge to a conventional bus puts on requests either its own ID or function
 * 0 of that bus.
 */
static const struct device *bridge_using(const struct tree *tree,
					 const struct device *device,
					 struct bdf id)
{
	const struct device *up = tree_parent(tree, device);
	uint8_t bus = bdf_bus(device->address);

	for (; up; up = tree_parent(tree, up)) {
		struct hop hop = hop_make(tree, up, false);

		if (hop_is_bus(&hop) && up->address.segment == id.segment &&
		    (up->address.id == id.id || bus << 8 == id.id))
			return up;
		bus = bdf_bus(up->address);
	}
	return NULL;
}

bool identity_is_of(const struct tree *tree, const struct requester *requester,
		    const struct device *device)
{
	struct bdf id = requester->address;

	if (requester->whole_bus)
		return false;
	if (device_has(device, DEVICE_DMA_DEVICE) &&
	    !bdf_compare(device->dma_device, id))
		return true;
	return uses(device, id) || bridge_using(tree, device, id);
}

static struct identity find_sharer(const struct tree *tree, struct bdf id)
{
	const struct facts *facts = tree->facts;
	struct identity identity = { .kind = IDENTITY_NOBODY };

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		const struct device *bridge = bridge_using(tree, device, id);

		if (bridge)
			return (struct identity){ IDENTITY_BRIDGE, bridge };
		if (device->address.id != id.id && uses(device, id))
			identity = (struct identity){ IDENTITY_ALIAS, device };
	}
	return identity;
}

/* Facts do not tell which IDs virtual functions would have. */
static const struct device *find_physical(const struct facts *facts,
					  struct bdf id)
{
	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device->address.segment == id.segment &&
		    bdf_bus(device->address) <= bdf_bus(id) &&
		    bdf_bus(device->address) + 1 >= bdf_bus(id) &&
		    device->total_vfs > device->num_vfs)
			return device;
	}
	return NULL;
}

struct identity identity_find(const struct tree *tree,
			      const struct requester *requester)
{
	struct bdf id = requester->address;
	const struct device *device = facts_find(tree->facts, id);
	struct identity identity;

	if (requester->whole_bus)
		return (struct identity){ .kind = IDENTITY_BUS };
	identity = find_sharer(tree, id);
	if (identity.kind != IDENTITY_NOBODY)
		return identity;
	if (device)
		return (struct identity){ IDENTITY_FUNCTION, device };
	if (requester->gone)
		return (struct identity){ .kind = IDENTITY_GONE };
	device = find_physical(tree->facts, id);
	if (device)
		return (struct identity){ IDENTITY_VIRTUAL, device };
	return identity;
}

char *identity_explain(const struct identity *identity)
{
	char address[BDF_TEXT] = "";

	if (identity->device)
		bdf_format(identity->device->address, address);
	switch (identity->kind) {
	case IDENTITY_FUNCTION:
		return text_format("%s", "");
	case IDENTITY_BRIDGE:
		return text_format("the bridge %s puts this ID on requests of all devices behind it",
				   address);
	case IDENTITY_ALIAS:
		return text_format("%s also issues requests with this ID",
				   address);
	case IDENTITY_BUS:
		return text_format("all IDs of this bus that found no account of their own: so many different ones come only if somebody makes them up");
	case IDENTITY_GONE:
		return text_format("there was a function with this ID, and it is gone");
	case IDENTITY_VIRTUAL:
		return text_format("no function has this ID; it may be of a virtual function of %s that is switched off",
				   address);
	default:
		return text_format("no function has this ID: whoever sent it made it up, or is not known to the kernel");
	}
}
