/* SPDX-License-Identifier: GPL-2.0 */
/* What lspci -v has decoded of a function: the lines that are indented. */
#ifndef PROVIDER_LSPCI_DETAIL_H
#define PROVIDER_LSPCI_DETAIL_H

#include "provider/config_bus.h"

/**
 * enum lspci_sight - how far lspci saw the capabilities of a function
 * @SIGHT_NOTHING: not at all, or the text does not say
 * @SIGHT_NONE: the function says itself that it has none
 * @SIGHT_STANDARD: those in the first 256 bytes
 * @SIGHT_EXTENDED: and those behind
 */
enum lspci_sight {
	SIGHT_NOTHING,
	SIGHT_NONE,
	SIGHT_STANDARD,
	SIGHT_EXTENDED,
};

#define LSPCI_NAMED 0xff

/**
 * struct lspci_detail - of one function
 * @group: its IOMMU group; -1 for none said
 * @driver: the bound driver; NULL for none said
 * @tells_driver: a line is there that lspci writes beside that of the driver
 * @sight: what follows is all there is, as far as this
 * @broken: a list of capabilities could not be followed to its end
 * @port_type: 0 for no PCI Express capability
 * @acs_offset: 0 for no ACS; @acs_cap and @acs_ctrl are -1 where only the name
 *	is there (-v), not the bits (-vv)
 * @ats: CAPABILITY_ON or CAPABILITY_OFF; 0 for no such capability, and
 *	LSPCI_NAMED where only its name is there; so too @pri and @pasid
 * @bridge: there is a line of bus numbers, and @secondary is one of them
 * @sriov: total is 0 for no such capability
 * @vfs_on: its virtual functions are on
 */
struct lspci_detail {
	int64_t group;
	char *driver;
	bool tells_driver;
	enum lspci_sight sight;
	bool broken;
	uint8_t port_type;
	uint16_t acs_offset;
	int acs_cap, acs_ctrl;
	uint8_t ats, pri, pasid;
	bool bridge, vfs_on;
	uint8_t secondary;
	struct sriov sriov;
};

/** lspci_detail_start() - of a function of which nothing was read yet */
void lspci_detail_start(struct lspci_detail *detail);

/**
 * lspci_detail_take() - read one line
 * @line: not terminated; @length bytes of it
 *
 * Return: 0, also for a line that tells nothing; -ENOMEM.
 */
int lspci_detail_take(struct lspci_detail *detail, const char *line,
		      size_t length);

/** lspci_detail_merge() - add what another text tells of the same function */
void lspci_detail_merge(struct lspci_detail *into, struct lspci_detail *from);

/** lspci_detail_free() - free what the record owns; it tells nothing then */
void lspci_detail_free(struct lspci_detail *detail);

#endif
