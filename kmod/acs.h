/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ACS extended capability as raw words, read through a seam so that a test
 * can put an array in the place of a device.
 */
#ifndef IOW_ACS_H
#define IOW_ACS_H

#include <linux/types.h>

/* Egress Control Vector: 256 bits at most (PCIe base specification 6.0, 7.7.11.2). */
#define IOW_EGRESS_DWORDS 8

/**
 * struct iow_config - where configuration space is read from
 * @read: read the aligned double word at @where (bytes, below @size) to @value;
 *	  a device that does not answer reads as all ones. Must not sleep.
 * @size: bytes that may be read, 4096 at most; some devices hang beyond less
 */
struct iow_config {
	void (*read)(const struct iow_config *config, int where, u32 *value);
	int size;
};

/**
 * struct iow_acs - the registers of one ACS capability
 * @offset: of the capability in bytes; 0 where the function has none
 * @egress_dwords: how many of @egress were read
 * @dwords: @capability and @control are double words (Sunrise Point root ports)
 * @capability: ACS Capability Register, 16 bits unless @dwords
 * @control: ACS Control Register, 16 bits unless @dwords
 * @egress: Egress Control Vector, port 0 in bit 0 of the first
 */
struct iow_acs {
	u16 offset;
	u8 egress_dwords;
	bool dwords;
	u32 capability;
	u32 control;
	u32 egress[IOW_EGRESS_DWORDS];
};

int iow_acs_read(const struct iow_config *config, bool dwords, struct iow_acs *acs);

#endif /* IOW_ACS_H */
