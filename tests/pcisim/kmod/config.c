// SPDX-License-Identifier: GPL-2.0
/*
 * A register can be written if the kernel wants to set it and nothing happens in a
 * real device when it does. The rest is read-only: base address registers among
 * it, so sizing them finds none, and with no resources nothing has to be assigned.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/pci_regs.h>
#include "blob.h"
#include "config.h"
#include "table.h"

/* A capability takes 4 or 8 bytes at least, so a longer list runs in circles. */
#define STANDARD_MOST	((PCI_CFG_SPACE_SIZE - PCI_STD_HEADER_SIZEOF) / 4)
#define EXTENDED_MOST	((PCI_CFG_SPACE_EXP_SIZE - PCI_CFG_SPACE_SIZE) / 8)

#define ACS_BITS	0x7f
/* Sunrise Point: control is the double word after that of the capability. */
#define ACS_DWORD_CTRL	(PCI_ACS_CAP + 4)

/* Bits that can be written: @at bytes into the header or the capability @id. */
struct writable {
	u16 id;
	u8 at;
	u8 size;
	u32 bits;
};

static const struct writable header_bits[] = {
	{ .at = PCI_COMMAND, .size = 2, .bits = 0x0547 },
	{ .at = PCI_CACHE_LINE_SIZE, .size = 2, .bits = 0xffff },
	{ .at = PCI_INTERRUPT_LINE, .size = 1, .bits = 0xff },
};

static const struct writable bridge_bits[] = {
	{ .at = PCI_PRIMARY_BUS, .size = 3, .bits = 0xffffff },
	{ .at = PCI_BRIDGE_CONTROL, .size = 2, .bits = 0x0fff },
};

static const struct writable standard_bits[] = {
	{ PCI_CAP_ID_PM, PCI_PM_CTRL, 2, PCI_PM_CTRL_STATE_MASK },
	{ PCI_CAP_ID_EXP, PCI_EXP_DEVCTL, 2, 0x7fff },
	{ PCI_CAP_ID_EXP, PCI_EXP_LNKCTL, 2, 0x0fdf },
	{ PCI_CAP_ID_EXP, PCI_EXP_DEVCTL2, 2, 0xffff },
};

static const struct writable extended_bits[] = {
	{ PCI_EXT_CAP_ID_SRIOV, PCI_SRIOV_CTRL, 2, 0x001f },
	{ PCI_EXT_CAP_ID_SRIOV, PCI_SRIOV_NUM_VF, 2, 0xffff },
	{ PCI_EXT_CAP_ID_SRIOV, PCI_SRIOV_SYS_PGSIZE, 4, 0xffffffff },
};

/* Past the end: a device with extended space has no more in it, another none. */
static u8 config_byte(const struct pcisim_function *function, int where)
{
	if (where < function->size)
		return function->config[where];
	return function->size > PCI_CFG_SPACE_SIZE ? 0 : 0xff;
}

/**
 * pcisim_config_read() - what a register of a function says
 * @function: the function, NULL if there is none
 * @where: offset
 * @size: bytes, up to 4
 *
 * Return: the value, all bits 1 if there is no function.
 */
u32 pcisim_config_read(const struct pcisim_function *function, int where, int size)
{
	u32 value = 0;

	if (!function || READ_ONCE(function->absent))
		return ~0U;
	while (size--)
		value = value << 8 | config_byte(function, where + size);
	return value;
}

/**
 * pcisim_config_write() - set the bits of a register that can be written
 * @function: the function, NULL if there is none
 * @where: offset
 * @size: bytes, up to 4
 * @value: new value
 */
void pcisim_config_write(struct pcisim_function *function, int where, int size, u32 value)
{
	if (!function || READ_ONCE(function->absent))
		return;
	for (; size-- && where < function->size; where++, value >>= 8) {
		u8 writable = function->writable[where];

		function->config[where] &= ~writable;
		function->config[where] |= value & writable;
	}
}

static void permit(struct pcisim_function *function, int where, int size, u32 bits)
{
	for (; size-- && where < function->size; where++, bits >>= 8)
		function->writable[where] = bits;
}

static void permit_all(struct pcisim_function *function, const struct writable *registers,
		       size_t count, u16 id, int where)
{
	for (; count--; registers++) {
		if (registers->id == id)
			permit(function, where + registers->at, registers->size, registers->bits);
	}
}

/* A bit of the control register that the capability does not have stays as it is. */
static void permit_acs(struct pcisim_function *function, int where)
{
	u32 bits = pcisim_config_read(function, where + PCI_ACS_CAP, 2) & ACS_BITS;

	if (function->flags & BLOB_ACS_DWORD)
		permit(function, where + ACS_DWORD_CTRL, 4, bits);
	else
		permit(function, where + PCI_ACS_CTRL, 2, bits);
}

static void permit_standard(struct pcisim_function *function)
{
	int left = STANDARD_MOST;
	int where = PCI_CAPABILITY_LIST;

	if (!(pcisim_config_read(function, PCI_STATUS, 2) & PCI_STATUS_CAP_LIST))
		return;
	while (left--) {
		where = pcisim_config_read(function, where, 1) & ~3;
		if (where < PCI_STD_HEADER_SIZEOF)
			return;
		permit_all(function, standard_bits, ARRAY_SIZE(standard_bits),
			   pcisim_config_read(function, where + PCI_CAP_LIST_ID, 1), where);
		where += PCI_CAP_LIST_NEXT;
	}
}

static void permit_extended(struct pcisim_function *function)
{
	int where = PCI_CFG_SPACE_SIZE;
	int left = EXTENDED_MOST;

	while (left-- && where >= PCI_CFG_SPACE_SIZE && where < function->size) {
		u32 header = pcisim_config_read(function, where, 4);

		if (!header || header == ~0U)
			return;
		if (PCI_EXT_CAP_ID(header) == PCI_EXT_CAP_ID_ACS)
			permit_acs(function, where);
		permit_all(function, extended_bits, ARRAY_SIZE(extended_bits),
			   PCI_EXT_CAP_ID(header), where);
		where = PCI_EXT_CAP_NEXT(header);
	}
}

/**
 * pcisim_config_prepare() - find out which bits of a new function can be written
 * @function: whose configuration space has just been filled
 */
void pcisim_config_prepare(struct pcisim_function *function)
{
	permit_all(function, header_bits, ARRAY_SIZE(header_bits), 0, 0);
	if (pcisim_config_read(function, PCI_HEADER_TYPE, 1) & PCI_HEADER_TYPE_MASK)
		permit_all(function, bridge_bits, ARRAY_SIZE(bridge_bits), 0, 0);
	permit_standard(function);
	permit_extended(function);
}
