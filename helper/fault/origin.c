// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "fault/origin.h"

/* Domains above 16 bits are made up by Intel VMD and are on no wire. */
#define SEGMENT_MAX 0xffff

/* Of a requester without segment the one function that it can be. */
static int find_device(struct origin *origin, const struct fault *fault,
		       const struct facts *facts)
{
	const struct device *found = NULL;
	char one[BDF_TEXT], other[BDF_TEXT];

	if (fault->has_segment) {
		origin->device = facts_find(facts, fault->requester);
		return 0;
	}
	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device->address.id != fault->requester.id ||
		    device->address.segment > SEGMENT_MAX)
			continue;
		if (found)
			return text_list_add(&origin->remarks,
				"the log does not tell the segment: it may be %s or %s",
				bdf_format(found->address, one),
				bdf_format(device->address, other));
		found = device;
	}
	origin->device = found;
	if (found)
		origin->address = found->address;
	return 0;
}

static bool same_bus(struct bdf a, struct bdf b)
{
	return a.segment == b.segment && bdf_bus(a) == bdf_bus(b);
}

static bool has_alias(const struct device *device, unsigned int devfn)
{
	return devfn / 8 < device->aliases.length &&
	       device->aliases.byte[devfn / 8] >> devfn % 8 & 1;
}

/* Functions of the bus that also send under this id. */
static int add_aliases(struct origin *origin, const struct facts *facts)
{
	char address[BDF_TEXT];
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device != origin->device &&
		    same_bus(device->address, origin->address) &&
		    has_alias(device, origin->address.id & 0xff))
			ret = text_list_add(&origin->remarks,
				"requests of %s also carry this requester ID",
				bdf_format(device->address, address));
	}
	return ret;
}

static bool makes_up_requester(const struct device *bridge)
{
	return bridge->port_type == PORT_PCIE_TO_PCI ||
	       bridge->port_type == PORT_CONVENTIONAL;
}

/*
 * A bridge to a conventional bus sends for all behind it, under its own id or
 * under device 0 function 0 of that bus.
 */
static int add_bridge(struct origin *origin, const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	const struct device *up = NULL;
	char address[BDF_TEXT];

	for (size_t i = 0; !up && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		const struct device *parent = tree_parent(tree, device);

		if (!parent || !parent->header_type ||
		    !makes_up_requester(parent))
			continue;
		if (parent == origin->device ||
		    (same_bus(device->address, origin->address) &&
		     !(origin->address.id & 0xff)))
			up = parent;
	}
	if (!up)
		return 0;
	return text_list_add(&origin->remarks,
		"requests of all devices on the conventional bus behind %s carry this requester ID",
		bdf_format(up->address, address));
}

static int add_vmd(struct origin *origin, const struct facts *facts)
{
	char address[BDF_TEXT];

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_has(device, DEVICE_DMA_DEVICE) && origin->device &&
		    !bdf_compare(device->dma_device, origin->address))
			return text_list_add(&origin->remarks,
				"requests of the devices behind Intel VMD, such as %s, carry this requester ID",
				bdf_format(device->address, address));
	}
	return 0;
}

/* Virtual functions come and go with a number that is written to a file. */
static int add_virtual(struct origin *origin, const struct facts *facts)
{
	char address[BDF_TEXT];

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		int buses = bdf_bus(origin->address) - bdf_bus(device->address);

		if (device_has(device, DEVICE_TOTAL_VFS) &&
		    device->total_vfs && buses >= 0 &&
		    buses <= device->total_vfs / 256 + 1 &&
		    device->address.segment == origin->address.segment &&
		    device->address.id < origin->address.id)
			return text_list_add(&origin->remarks,
				"it may have been a virtual function of %s that is gone",
				bdf_format(device->address, address));
	}
	return 0;
}

static int add_unknown(struct origin *origin, const struct fault *fault,
		       const struct facts *facts)
{
	static const char *const words[] = {
		"an I/O APIC or HPET sends interrupts under an ID that no PCI function has; the firmware's table names it",
		"no function has this requester ID: a device that is gone, one that sends under a second ID, a forged ID, or the log is of another machine",
	};
	bool interrupt = fault->kind == FAULT_INTERRUPT;
	int ret = 0;

	if (!origin->searched)
		return 0;
	if (!interrupt)
		ret = add_virtual(origin, facts);
	return ret ? ret : text_list_add(&origin->remarks, "%s",
					 words[!interrupt]);
}

static int add_stream(struct origin *origin, const struct fault *fault)
{
	char address[BDF_TEXT];
	struct bdf guess = { .id = (uint16_t)fault->stream };

	if (!fault->has_stream || fault->client[0])
		return 0;
	return text_list_add(&origin->remarks,
		"the log has no device, but number 0x%x, which the firmware's tables map to one; where they map it to itself, that is %s",
		fault->stream, bdf_format(guess, address));
}

int origin_find(struct origin *origin, const struct fault *fault,
		const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	int ret;

	*origin = (struct origin){
		.address = fault->requester,
		.searched = facts->device_count,
	};
	if (!fault->has_requester)
		return add_stream(origin, fault);
	ret = find_device(origin, fault, facts);
	if (!ret)
		ret = add_aliases(origin, facts);
	if (!ret)
		ret = add_bridge(origin, tree);
	if (!ret)
		ret = add_vmd(origin, facts);
	if (!ret && !origin->device && !origin->remarks.count)
		ret = add_unknown(origin, fault, facts);
	return ret;
}

/* vfio-pci and the drivers that vendors derive from it. */
bool origin_is_guests(const struct origin *origin)
{
	return origin->device && origin->device->driver &&
	       strstr(origin->device->driver, "vfio");
}

void origin_free(struct origin *origin)
{
	text_list_free(&origin->remarks);
}
