// SPDX-License-Identifier: GPL-2.0
#include "model/mpc.h"

#define INTEL 0x8086

/*
 * By chipset, as a whole, where the kernel's pci_quirk_intel_pch_acs_ids[] is a
 * list of ports; a test holds that against these.
 */
static const struct {
	uint16_t first, last;
} ports[] = {
	{ 0x3b42, 0x3b51 },	/* Ibex Peak */
	{ 0x1c10, 0x1c1f },	/* Cougar Point */
	{ 0x1d10, 0x1d1e },	/* Patsburg */
	{ 0x1e10, 0x1e1f },	/* Panther Point */
	{ 0x8c10, 0x8c1f },	/* Lynx Point */
	{ 0x9c10, 0x9c1b },	/* Lynx Point-LP */
	{ 0x9c90, 0x9c9b },	/* Wildcat Point-LP */
	{ 0x8c90, 0x8c9e },	/* Lynx Point, 9 series */
	{ 0x8d10, 0x8d1e },	/* Wellsburg */
};

bool mpc_is_there(const struct device *device)
{
	if (device->vendor != INTEL || device->port_type != PORT_ROOT)
		return false;
	for (size_t i = 0; i < sizeof(ports) / sizeof(*ports); i++)
		if (device->device >= ports[i].first &&
		    device->device <= ports[i].last)
			return true;
	return false;
}

void mpc_set(struct device *device, uint32_t value)
{
	if (value != UINT32_MAX)
		field_set_number(device_fields, DEVICE_MPC, device, value);
}
