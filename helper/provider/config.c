// SPDX-License-Identifier: GPL-2.0
#include <endian.h>
#include <string.h>

#include "model/acs.h"
#include "model/mpc.h"
#include "provider/config.h"

#define HEADER_BYTES	64
#define LAST_DWORD	0xfc
#define EXTENDED_START	0x100
#define EXTENDED_END	0x1000

/* A chain of capabilities, of 8 bytes at least, cannot be longer. */
#define EXTENDED_MAX	((EXTENDED_END - EXTENDED_START) / 8)

/* PCI Express capability: device/port type in bits 7 to 4 of this word. */
static const uint8_t port_types[16] = {
	[PCI_EXP_TYPE_ENDPOINT] = PORT_ENDPOINT,
	[PCI_EXP_TYPE_LEG_END] = PORT_LEGACY_ENDPOINT,
	[PCI_EXP_TYPE_ROOT_PORT] = PORT_ROOT,
	[PCI_EXP_TYPE_UPSTREAM] = PORT_UPSTREAM,
	[PCI_EXP_TYPE_DOWNSTREAM] = PORT_DOWNSTREAM,
	[PCI_EXP_TYPE_PCI_BRIDGE] = PORT_PCIE_TO_PCI,
	[PCI_EXP_TYPE_PCIE_BRIDGE] = PORT_PCI_TO_PCIE,
	[PCI_EXP_TYPE_ROOT_INT_EP] = PORT_RC_ENDPOINT,
	[PCI_EXP_TYPE_ROOT_EC] = PORT_RC_EVENT_COLLECTOR,
};

/*
 * Capabilities that can be on or off: where the bit is that says so. Those of a
 * physical function that are shared hold for its virtual ones, which have none.
 */
static const struct switchable {
	uint16_t id;
	uint16_t offset;
	uint16_t bit;
	enum device_field field;
	bool shared;
} switchables[] = {
	{ PCI_EXT_CAP_ID_ATS, PCI_ATS_CTRL, PCI_ATS_CTRL_ENABLE, DEVICE_ATS,
	  false },
	{ PCI_EXT_CAP_ID_PRI, PCI_PRI_CTRL, PCI_PRI_CTRL_ENABLE, DEVICE_PRI,
	  true },
	{ PCI_EXT_CAP_ID_PASID, PCI_PASID_CTRL, PCI_PASID_CTRL_ENABLE,
	  DEVICE_PASID, true },
};

/*
 * Intel root ports whose ACS registers are double words, from
 * pci_quirk_intel_spt_pch_acs_match() in the kernel's drivers/pci/quirks.c.
 */
static const struct {
	uint16_t first, last;
} sunrise_point[] = {
	{ 0xa110, 0xa11f }, { 0xa167, 0xa16a }, { 0xa290, 0xa29f },
	{ 0xa2e7, 0xa2ee }, { 0x9d10, 0x9d1b },
};

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

static void set_acs(struct device *device, enum acs_field field, uint64_t value)
{
	field_set_number(acs_fields, field, &device->acs, value);
}

bool config_dword(struct pci_dev *pci, unsigned int at, uint32_t *value)
{
	uint8_t bytes[4];

	if (!pci_read_block(pci, (int)at, bytes, sizeof(bytes)))
		return false;
	memcpy(value, bytes, sizeof(*value));
	*value = le32toh(*value);
	return true;
}

/*
 * Not by the vendor ID: a virtual function has all ones there by design. The
 * command and status registers have bits that are always 0.
 */
static bool is_gone(struct pci_dev *pci)
{
	uint32_t value;

	return !config_dword(pci, PCI_COMMAND, &value) || value == UINT32_MAX;
}

static uint32_t header_id(uint32_t header)
{
	return header & 0xffff;
}

/**
 * struct chain - the extended capabilities of a function
 * @count: how many there are; @id and @at tell of each
 * @broken: why the chain could not be followed to its end, or 0
 */
struct chain {
	unsigned int count;
	uint16_t id[EXTENDED_MAX];
	uint16_t at[EXTENDED_MAX];
	enum reason broken;
};

static enum reason follow(struct pci_dev *pci, struct chain *chain)
{
	unsigned int at = EXTENDED_START;
	uint32_t header;

	for (chain->count = 0; at; at = header >> 20 & 0xffc) {
		if (at < EXTENDED_START || chain->count == EXTENDED_MAX)
			return REASON_MALFORMED;
		if (!config_dword(pci, at, &header))
			return REASON_NO_ACCESS;
		if (header == UINT32_MAX)
			return at == EXTENDED_START ? REASON_NO_ACCESS :
						      REASON_GONE;
		if (!header)
			break;
		chain->id[chain->count] = (uint16_t)header_id(header);
		chain->at[chain->count++] = (uint16_t)at;
	}
	return 0;
}

/* Offset of a capability, 0 if the chain has none. */
static unsigned int find(const struct chain *chain, uint16_t id)
{
	for (unsigned int i = 0; i < chain->count; i++)
		if (chain->id[i] == id)
			return chain->at[i];
	return 0;
}

unsigned int config_find_extended(struct pci_dev *pci, uint16_t id)
{
	struct chain chain;

	follow(pci, &chain);
	return find(&chain, id);
}

bool config_has_dwords(const struct device *device)
{
	if (device->vendor != 0x8086 || device->port_type != PORT_ROOT)
		return false;
	for (size_t i = 0; i < sizeof(sunrise_point) / sizeof(*sunrise_point);
	     i++)
		if (device->device >= sunrise_point[i].first &&
		    device->device <= sunrise_point[i].last)
			return true;
	return false;
}

/* As many bits as the capability says, 0 meaning 256, in double words. */
static void read_egress(struct pci_dev *pci, struct device *device,
			unsigned int at, uint32_t cap)
{
	unsigned int bits = cap >> 8 & 0xff;
	uint8_t bytes[BYTES_MAX];
	unsigned int length = ((bits ? bits : 256) + 31) / 32 * 4;

	if (cap & ACS_EC &&
	    pci_read_block(pci, (int)at + PCI_ACS_EGRESS_CTRL, bytes,
			   (int)length))
		field_set_bytes(acs_fields, ACS_EGRESS_VECTOR, &device->acs,
				bytes, length);
}

static bool read_acs_words(struct pci_dev *pci, struct device *device,
			   unsigned int at)
{
	uint32_t first, second;

	if (!config_dword(pci, at + 4, &first))
		return false;
	set_acs(device, ACS_OFFSET, at);
	set_acs(device, ACS_CAP, first & 0xffff);
	if (!config_has_dwords(device)) {
		set_acs(device, ACS_CTRL, first >> 16);
		read_egress(pci, device, at, first & 0xffff);
		return true;
	}
	if (!config_dword(pci, at + 8, &second))
		return false;
	set_acs(device, ACS_CAP_DWORD, first);
	set_acs(device, ACS_CTRL_DWORD, second);
	return true;
}

static void read_acs(struct pci_dev *pci, struct device *device,
		     const struct chain *chain)
{
	unsigned int at = find(chain, PCI_EXT_CAP_ID_ACS);
	bool read = at && read_acs_words(pci, device, at);

	if (at && (!read || is_gone(pci)))
		set(device, DEVICE_ACS_UNKNOWN, REASON_GONE);
	else if (at)
		field_mark(device, DEVICE_ACS);
	else if (chain->broken)
		set(device, DEVICE_ACS_UNKNOWN, chain->broken);
}

static void read_switchable(struct pci_dev *pci, struct device *device,
			    const struct chain *chain,
			    const struct switchable *what)
{
	unsigned int at = find(chain, what->id);
	uint8_t bytes[2];
	bool on;

	if (what->shared && device_has(device, DEVICE_PHYSFN))
		return;
	if (!at) {
		if (!chain->broken)
			set(device, what->field, CAPABILITY_ABSENT);
		return;
	}
	if (!pci_read_block(pci, (int)(at + what->offset), bytes, 2))
		return;
	on = (bytes[0] | bytes[1] << 8) & what->bit;
	set(device, what->field, on ? CAPABILITY_ON : CAPABILITY_OFF);
}

static void read_extended(struct pci_dev *pci, struct device *device)
{
	struct chain chain;

	chain.broken = follow(pci, &chain);
	read_acs(pci, device, &chain);
	for (size_t i = 0; i < sizeof(switchables) / sizeof(*switchables); i++)
		read_switchable(pci, device, &chain, &switchables[i]);
}

void config_conventional(struct device *device)
{
	set(device, DEVICE_PORT_TYPE, PORT_CONVENTIONAL);
	for (size_t i = 0; i < sizeof(switchables) / sizeof(*switchables); i++)
		set(device, switchables[i].field, CAPABILITY_ABSENT);
}

static void read_mpc(struct pci_dev *pci, struct device *device)
{
	uint32_t value;

	if (mpc_is_there(device) && config_dword(pci, MPC_AT, &value))
		mpc_set(device, value);
}

static void read_express(struct pci_dev *pci, struct device *device,
			 unsigned int at)
{
	uint8_t bytes[2];
	uint8_t type = 0;

	if (pci_read_block(pci, (int)at + PCI_EXP_FLAGS, bytes, 2))
		type = port_types[bytes[0] >> 4];
	if (type)
		set(device, DEVICE_PORT_TYPE, type);
	read_mpc(pci, device);
	read_extended(pci, device);
}

/* A conventional function has no ACS, readable or not. */
static void set_unknown(struct device *device, enum reason reason)
{
	if (device->port_type != PORT_CONVENTIONAL)
		set(device, DEVICE_ACS_UNKNOWN, reason);
}

void config_read(struct pci_dev *pci, struct device *device,
		 bool *multifunction)
{
	uint8_t header[HEADER_BYTES];
	struct pci_cap *express;
	uint32_t probe;

	if (!pci_read_block(pci, 0, header, sizeof(header))) {
		set_unknown(device, REASON_NO_ACCESS);
		return;
	}
	if (is_gone(pci)) {
		set_unknown(device, REASON_GONE);
		return;
	}
	*multifunction = header[PCI_HEADER_TYPE] & 0x80;
	set(device, DEVICE_HEADER_TYPE, header[PCI_HEADER_TYPE] & 0x7f);
	/* Only root reads on; others do not learn of a PCIe capability. */
	if (header[PCI_STATUS] & PCI_STATUS_CAP_LIST &&
	    !config_dword(pci, LAST_DWORD, &probe)) {
		set_unknown(device, REASON_NO_ACCESS);
		return;
	}
	express = pci_find_cap(pci, PCI_CAP_ID_EXP, PCI_CAP_NORMAL);
	if (express)
		read_express(pci, device, express->addr);
	else
		config_conventional(device);
}
