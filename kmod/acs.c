// SPDX-License-Identifier: GPL-2.0
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/iowarden.h>
#include "acs.h"

#define EXTENDED_START	PCI_CFG_SPACE_SIZE
/* A capability takes 8 bytes at least, so a longer list runs in circles. */
#define EXTENDED_MOST	((PCI_CFG_SPACE_EXP_SIZE - PCI_CFG_SPACE_SIZE) / 8)

/* What each ACS capability has: its header, capability and control. */
#define HEADER_AND_WORDS	8

/* Double-word registers of Sunrise Point: kernel, pci_quirk_intel_spt_pch_acs(). */
#define DWORD_CAPABILITY	(PCI_ACS_CAP)
#define DWORD_CONTROL		(PCI_ACS_CAP + 4)

static u32 read_dword(const struct iow_config *config, int where)
{
	u32 value;

	config->read(config, where, &value);
	return value;
}

/*
 * Offset of the extended capability @id, 0 where there is none, or a negative
 * reason. The header is a double word: id in bits 15:0, next in bits 31:20
 * (PCIe base specification, 7.6.3).
 */
static int find_extended(const struct iow_config *config, u16 id)
{
	int where = EXTENDED_START;
	int left = EXTENDED_MOST;

	while (left--) {
		u32 header;

		if (where + HEADER_AND_WORDS > config->size)
			return -IOWARDEN_REASON_NO_ACCESS;
		header = read_dword(config, where);
		if (header == ~0U)
			return -IOWARDEN_REASON_GONE;
		if (header == 0)
			return 0;
		if (PCI_EXT_CAP_ID(header) == id)
			return where;
		where = PCI_EXT_CAP_NEXT(header);
		if (!where)
			return 0;
		if (where < EXTENDED_START)
			break;
	}
	return -IOWARDEN_REASON_MALFORMED;
}

/* Size of the vector in bits: bits 15:8 of the capability, where 0 means 256. */
static unsigned int egress_dwords(u32 capability)
{
	unsigned int bits = (capability >> 8) & 0xff;

	if (!(capability & PCI_ACS_EC))
		return 0;
	return DIV_ROUND_UP(bits ? bits : 256, 32);
}

static int read_words(const struct iow_config *config, struct iow_acs *acs)
{
	u32 both = read_dword(config, acs->offset + PCI_ACS_CAP);
	unsigned int i;

	acs->capability = both & 0xffff;
	acs->control = both >> 16;
	acs->egress_dwords = egress_dwords(acs->capability);
	if (acs->offset + PCI_ACS_EGRESS_CTL_V + 4 * acs->egress_dwords > config->size)
		return IOWARDEN_REASON_NO_ACCESS;
	for (i = 0; i < acs->egress_dwords; i++)
		acs->egress[i] = read_dword(config, acs->offset + PCI_ACS_EGRESS_CTL_V + 4 * i);
	return 0;
}

static int read_double_words(const struct iow_config *config, struct iow_acs *acs)
{
	if (acs->offset + DWORD_CONTROL + 4 > config->size)
		return IOWARDEN_REASON_NO_ACCESS;
	acs->dwords = true;
	acs->capability = read_dword(config, acs->offset + DWORD_CAPABILITY);
	acs->control = read_dword(config, acs->offset + DWORD_CONTROL);
	return 0;
}

/**
 * iow_acs_read() - read the ACS capability of a function
 * @config: its configuration space, more than 256 bytes
 * @dwords: the function has the registers as double words
 * @acs: filled; all zero where the function has no such capability or on failure
 *
 * The caller makes sure, before and after, that the function answers: a device
 * that vanishes in between reads as all ones here.
 *
 * Context: any; takes no lock, does not sleep.
 * Return: 0, or why the capability is not known (enum iowarden_reason).
 */
int iow_acs_read(const struct iow_config *config, bool dwords, struct iow_acs *acs)
{
	int where = find_extended(config, PCI_EXT_CAP_ID_ACS);
	int reason;

	memset(acs, 0, sizeof(*acs));
	if (where < 0)
		return -where;
	if (!where)
		return 0;
	acs->offset = where;
	reason = dwords ? read_double_words(config, acs) : read_words(config, acs);
	if (reason)
		memset(acs, 0, sizeof(*acs));
	return reason;
}
