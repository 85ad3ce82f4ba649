// SPDX-License-Identifier: GPL-2.0
#include "provider/config.h"
#include "provider/config_bus.h"

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

/* Where each header layout keeps the subsystem; bridges have a capability. */
static unsigned int find_subsystem(struct pci_dev *pci, uint8_t header_type)
{
	struct pci_cap *capability;

	switch (header_type) {
	case PCI_HEADER_TYPE_NORMAL:
		return PCI_SUBSYSTEM_VENDOR_ID;
	case PCI_HEADER_TYPE_CARDBUS:
		return PCI_CB_SUBSYSTEM_VENDOR_ID;
	default:
		capability = pci_find_cap(pci, PCI_CAP_ID_SSVID,
					  PCI_CAP_NORMAL);
		return capability ? capability->addr + PCI_SSVID_VENDOR : 0;
	}
}

static bool read_header_type(struct pci_dev *pci, uint8_t *header_type)
{
	uint8_t byte;

	if (!pci_read_block(pci, PCI_HEADER_TYPE, &byte, 1))
		return false;
	*header_type = byte & 0x7f;
	return true;
}

void config_identify(struct pci_dev *pci, struct device *device)
{
	uint32_t ids, class, subsystem;
	unsigned int at;
	uint8_t type;

	if (!read_header_type(pci, &type) ||
	    !config_dword(pci, PCI_VENDOR_ID, &ids) ||
	    !config_dword(pci, PCI_CLASS_REVISION, &class) ||
	    class == UINT32_MAX)
		return;
	set(device, DEVICE_CLASS, class >> 8);
	if ((ids & 0xffff) != 0xffff) {
		set(device, DEVICE_VENDOR, ids & 0xffff);
		set(device, DEVICE_DEVICE, ids >> 16);
	}
	at = find_subsystem(pci, type);
	if (!at || !config_dword(pci, at, &subsystem) || !(subsystem & 0xffff))
		return;
	set(device, DEVICE_SUBSYSTEM_VENDOR, subsystem & 0xffff);
	set(device, DEVICE_SUBSYSTEM_DEVICE, subsystem >> 16);
}

/* The kernel sets it only where the function below can do with it, too. */
static bool forwards_ari(struct pci_dev *pci)
{
	struct pci_cap *express = pci_find_cap(pci, PCI_CAP_ID_EXP,
					       PCI_CAP_NORMAL);
	uint8_t control[2];

	return express &&
	       pci_read_block(pci, (int)express->addr + PCI_EXP_DEVCTL2,
			      control, sizeof(control)) &&
	       control[0] & PCI_EXP_DEVCTL2_ARI;
}

bool config_bridge(struct pci_dev *pci, struct bridge *bridge)
{
	uint8_t type, secondary;

	if (!read_header_type(pci, &type) ||
	    (type != PCI_HEADER_TYPE_BRIDGE &&
	     type != PCI_HEADER_TYPE_CARDBUS) ||
	    !pci_read_block(pci, PCI_SECONDARY_BUS, &secondary, 1))
		return false;
	*bridge = (struct bridge){
		.secondary = secondary, .ari = forwards_ari(pci),
	};
	return true;
}

static uint16_t half(uint32_t dword, unsigned int upper)
{
	return (uint16_t)(dword >> 16 * upper);
}

bool config_sriov(struct pci_dev *pci, struct sriov *sriov)
{
	unsigned int at = config_find_extended(pci, PCI_EXT_CAP_ID_SRIOV);
	uint32_t control, total, count, place, device;

	if (!at || !config_dword(pci, at + PCI_IOV_CTRL, &control) ||
	    !config_dword(pci, at + PCI_IOV_INITIALVF, &total) ||
	    !config_dword(pci, at + PCI_IOV_NUMVF, &count) ||
	    !config_dword(pci, at + PCI_IOV_OFFSET, &place) ||
	    !config_dword(pci, at + PCI_IOV_DID - 2, &device))
		return false;
	*sriov = (struct sriov){
		.total = half(total, 1), .offset = half(place, 0),
		.stride = half(place, 1), .device = half(device, 1),
	};
	if (control & PCI_IOV_CTRL_VFE)
		sriov->count = half(count, 0);
	return true;
}
