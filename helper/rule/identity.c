// SPDX-License-Identifier: GPL-2.0
#include "model/path.h"
#include "rule/identity.h"

static bool has_alias(const struct device *device, uint8_t devfn)
{
	return devfn / 8 < device->aliases.length &&
	       device->aliases.byte[devfn / 8] >> devfn % 8 & 1;
}

/* The bus right below a bridge; by what stands there, if nobody told it. */
static bool find_secondary(const struct tree *tree, const struct device *bridge,
			   uint8_t *bus)
{
	struct relatives children = kin_children(tree, bridge);

	*bus = bridge->secondary_bus;
	if (device_has(bridge, DEVICE_SECONDARY_BUS))
		return true;
	if (!children.count)
		return false;
	*bus = bdf_bus(children.member[0]->address);
	return true;
}

/** struct sought - what is looked for among the IDs that a device uses */
struct sought {
	identity_test *is;
	const void *context;
};

static bool is_sought(const struct sought *sought, uint32_t segment, uint16_t id)
{
	return sought->is(sought->context, (struct bdf){ segment, id });
}

/*
 * A bridge to a conventional bus puts on requests either its own ID or function
 * 0 of that bus.
 */
static bool bridge_uses(const struct tree *tree, const struct device *bridge,
			const struct sought *sought)
{
	const struct hop hop = { .device = bridge };
	uint32_t segment = bridge->address.segment;
	uint8_t bus;

	return hop_is_bus(&hop) && find_secondary(tree, bridge, &bus) &&
	       (is_sought(sought, segment, bridge->address.id) ||
		is_sought(sought, segment, (uint16_t)(bus << 8)));
}

/* Also an ID that another function of the bus has. */
static bool uses_alias(const struct device *device, const struct sought *sought)
{
	struct bdf own = device->address;

	for (unsigned int i = 0; i < 8 * device->aliases.length; i++)
		if (has_alias(device, (uint8_t)i) &&
		    is_sought(sought, own.segment, (own.id & 0xff00) | i))
			return true;
	return false;
}

bool identity_any(const struct tree *tree, const struct device *device,
		  identity_test *is, const void *context)
{
	const struct sought sought = { is, context };
	const struct device *up = device;

	if (is(context, device->address) || uses_alias(device, &sought))
		return true;
	if (device_has(device, DEVICE_DMA_DEVICE) &&
	    is(context, device->dma_device))
		return true;
	for (; up; up = tree_parent(tree, up))
		if (bridge_uses(tree, up, &sought))
			return true;
	return false;
}

static bool is_same(const void *context, struct bdf id)
{
	return !bdf_compare(*(const struct bdf *)context, id);
}

bool identity_uses(const struct tree *tree, const struct device *device,
		   struct bdf id)
{
	return identity_any(tree, device, is_same, &id);
}

bool identity_is_of(const struct tree *tree, const struct requester *requester,
		    const struct device *device)
{
	return !requester->whole_bus &&
	       identity_uses(tree, device, requester->address);
}

static struct identity find_sharer(const struct tree *tree, struct bdf id)
{
	const struct sought sought = { is_same, &id };
	const struct facts *facts = tree->facts;
	struct identity identity = { .kind = IDENTITY_NOBODY };

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (bridge_uses(tree, device, &sought))
			return (struct identity){ IDENTITY_BRIDGE, device };
		if (bdf_compare(device->address, id) &&
		    uses_alias(device, &sought))
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
