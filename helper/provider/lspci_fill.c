// SPDX-License-Identifier: GPL-2.0
#include "provider/config.h"
#include "provider/lspci_fill.h"

#define NO_VENDOR 0xffff
#define CLASS_CARDBUS 0x0607

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

void lspci_fill_identity(const struct lspci_function *function,
			 struct device *device)
{
	if (!device_has(device, DEVICE_VENDOR) && function->vendor >= 0 &&
	    function->vendor != NO_VENDOR) {
		set(device, DEVICE_VENDOR, (uint64_t)function->vendor);
		set(device, DEVICE_DEVICE, (uint64_t)function->device);
	}
	if (!device_has(device, DEVICE_CLASS) && function->class >= 0)
		set(device, DEVICE_CLASS, (uint64_t)function->class << 8);
}

void lspci_fill_connection(const struct lspci_detail *detail,
			   struct connection *connection)
{
	if (detail->bridge && !connection->bridge.secondary)
		connection->bridge.secondary = detail->secondary;
	if (connection->sriov.total)
		return;
	connection->sriov = detail->sriov;
	if (!detail->vfs_on)
		connection->sriov.count = 0;
}

static void fill_header_type(const struct lspci_detail *detail,
			     struct device *device)
{
	if (device_has(device, DEVICE_HEADER_TYPE) ||
	    (!detail->sight && !detail->bridge))
		return;
	if (!detail->bridge)
		set(device, DEVICE_HEADER_TYPE, PCI_HEADER_TYPE_NORMAL);
	else
		set(device, DEVICE_HEADER_TYPE,
		    device->class >> 8 == CLASS_CARDBUS ?
		    PCI_HEADER_TYPE_CARDBUS : PCI_HEADER_TYPE_BRIDGE);
}

static void fill_port_type(const struct lspci_detail *detail,
			   struct device *device)
{
	if (device_has(device, DEVICE_PORT_TYPE))
		return;
	if (detail->port_type)
		set(device, DEVICE_PORT_TYPE, detail->port_type);
	else if (detail->sight && !detail->broken)
		config_conventional(device);
}

/* Whether all its capabilities are in the text: then what is not is absent. */
static bool sees_all(const struct lspci_detail *detail,
		     const struct device *device)
{
	if (device->port_type == PORT_CONVENTIONAL)
		return true;
	return detail->sight == SIGHT_EXTENDED && !detail->broken;
}

static void set_acs(struct device *device, enum acs_field field, int value)
{
	field_set_number(acs_fields, field, &device->acs, (uint64_t)value);
}

/*
 * lspci decodes words. Of a port that has double words its control word is the
 * upper half of the capability.
 */
static void fill_acs(const struct lspci_detail *detail, struct device *device)
{
	bool told = detail->acs_cap >= 0 && detail->acs_ctrl >= 0 &&
		    !config_has_dwords(device);

	if (!device_has(device, DEVICE_ACS_UNKNOWN) ||
	    !device_has(device, DEVICE_PORT_TYPE) ||
	    (detail->acs_offset ? !told : !sees_all(detail, device)))
		return;
	device->known &= ~(UINT64_C(1) << DEVICE_ACS_UNKNOWN);
	device->acs_unknown = 0;
	if (!detail->acs_offset)
		return;
	set_acs(device, ACS_OFFSET, detail->acs_offset);
	set_acs(device, ACS_CAP, detail->acs_cap);
	set_acs(device, ACS_CTRL, detail->acs_ctrl);
	field_mark(device, DEVICE_ACS);
}

static void fill_switchable(const struct lspci_detail *detail,
			    struct device *device, enum device_field field,
			    uint8_t value)
{
	if (device_has(device, field))
		return;
	if (value == CAPABILITY_ON || value == CAPABILITY_OFF)
		set(device, field, value);
	else if (!value && sees_all(detail, device))
		set(device, field, CAPABILITY_ABSENT);
}

void lspci_fill_registers(const struct lspci_detail *detail,
			  struct device *device)
{
	fill_header_type(detail, device);
	fill_port_type(detail, device);
	fill_acs(detail, device);
	fill_switchable(detail, device, DEVICE_ATS, detail->ats);
	/* Those of the physical function hold for its virtual ones. */
	if (device_has(device, DEVICE_PHYSFN))
		return;
	fill_switchable(detail, device, DEVICE_PRI, detail->pri);
	fill_switchable(detail, device, DEVICE_PASID, detail->pasid);
}
