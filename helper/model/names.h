/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The values that a fact can have, and one table of names for each kind. Names
 * and numbers are those of Documentation/netlink/specs/iowarden.yaml; the
 * decoder and a test hold them together.
 */
#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include <stdint.h>

enum port_type {
	PORT_CONVENTIONAL = 1,
	PORT_ENDPOINT,
	PORT_LEGACY_ENDPOINT,
	PORT_ROOT,
	PORT_UPSTREAM,
	PORT_DOWNSTREAM,
	PORT_PCIE_TO_PCI,
	PORT_PCI_TO_PCIE,
	PORT_RC_ENDPOINT,
	PORT_RC_EVENT_COLLECTOR,
};

enum reason {
	REASON_ASLEEP = 1,
	REASON_GONE,
	REASON_BUSY,
	REASON_NO_ACCESS,
	REASON_MALFORMED,
};

enum capability {
	CAPABILITY_ABSENT = 1,
	CAPABILITY_OFF,
	CAPABILITY_ON,
};

enum answer {
	ANSWER_NO = 1,
	ANSWER_YES,
};

enum quirk {
	QUIRK_ACS_ENABLED = 1,
	QUIRK_BRIDGE_XLATE_ROOT = 2,
	QUIRK_PCIE_BRIDGE_ALIAS = 4,
	QUIRK_NO_BRIDGE_ALIAS = 8,
};

enum sight {
	SIGHT_ISOLATED_MSI = 1,
	SIGHT_ENFORCED_COHERENCY = 2,
	SIGHT_USER_OWNER = 4,
	SIGHT_ATS = 8,
	SIGHT_PRI = 16,
	SIGHT_PASID = 32,
	SIGHT_REAL_DMA_DEVICE = 64,
};

/**
 * struct names - the names of one kind of value
 * @name: of value 1 (in a set of bits: of bit 0) and on
 * @count: how many there are
 */
struct names {
	const char *const *name;
	unsigned int count;
};

extern const struct names port_type_names;
extern const struct names reason_names;
extern const struct names capability_names;
extern const struct names answer_names;
extern const struct names quirk_names;	/* bits */
extern const struct names sight_names;	/* bits */

/**
 * names_get() - name of a value that is not a set of bits
 *
 * Return: a constant text; NULL for a value without a name, such as 0.
 */
const char *names_get(const struct names *names, uint64_t value);

/**
 * names_find() - value of a name, the reverse of names_get()
 *
 * Return: the value; in a set of bits, the number of the bit plus 1; 0 for a
 * name that is not there.
 */
uint64_t names_find(const struct names *names, const char *name);

#endif
