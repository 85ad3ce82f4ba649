/* SPDX-License-Identifier: GPL-2.0 */
/* Access Control Services: what the registers of one function enforce. */
#ifndef MODEL_ACS_H
#define MODEL_ACS_H

#include "model/device.h"

/* Bits of the capability and of the control register (PCIe 6.0, 7.7.11). */
enum acs_bit {
	ACS_SV = 0x01,	/* Source Validation */
	ACS_TB = 0x02,	/* Translation Blocking */
	ACS_RR = 0x04,	/* P2P Request Redirect */
	ACS_CR = 0x08,	/* P2P Completion Redirect */
	ACS_UF = 0x10,	/* Upstream Forwarding */
	ACS_EC = 0x20,	/* P2P Egress Control */
	ACS_DT = 0x40,	/* Direct Translated P2P */
};

/** ACS_REQUIRED - what the kernel asks of a hop before it isolates */
#define ACS_REQUIRED (ACS_SV | ACS_RR | ACS_CR | ACS_UF)

/** acs_bit_names - names of the bits from bit 0 up */
extern const struct names acs_bit_names;

/**
 * enum basis - what a barrier rests on, best first
 * @BASIS_UNNEEDED: there is no way sideways here, so nothing to enforce
 * @BASIS_ENFORCED: every required bit is offered and on
 * @BASIS_ATTESTED: registers do not say; a quirk of the kernel vouches for it
 * @BASIS_ASSUMED: registers do not say; the kernel takes it for a barrier
 * @BASIS_UNKNOWN: registers could not be read
 * @BASIS_STALE: it was a barrier when the kernel formed groups and is off now
 * @BASIS_UNEXPLAINED: nothing says so but the kernel's groups
 * @BASIS_NONE: no barrier
 */
enum basis {
	BASIS_UNNEEDED = 1,
	BASIS_ENFORCED,
	BASIS_ATTESTED,
	BASIS_ASSUMED,
	BASIS_UNKNOWN,
	BASIS_STALE,
	BASIS_UNEXPLAINED,
	BASIS_NONE,
};

extern const struct names basis_names;

/**
 * struct acs_state - the effect of one function's registers
 * @basis: as the kernel's pci_acs_enabled() sees them, without its quirks
 * @present: there is an ACS capability
 * @missing: bits of ACS_REQUIRED that are offered and off
 * @assumed: bits of ACS_REQUIRED that are not offered and count as on
 * @reason: why @basis is BASIS_UNKNOWN; 0 where no reason was given
 */
struct acs_state {
	enum basis basis;
	bool present;
	uint8_t missing;
	uint8_t assumed;
	uint8_t reason;
};

/** acs_judge() - effective ACS of one function, by registers and port type */
struct acs_state acs_judge(const struct device *device);

/**
 * acs_words() - the capability and control bits, wherever the port keeps them
 *
 * Return: whether there are any; else both are 0.
 */
bool acs_words(const struct device *device, uint32_t *cap, uint32_t *ctrl);

#endif
