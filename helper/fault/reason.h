/* SPDX-License-Identifier: GPL-2.0 */
/* Why an IOMMU refused a request: its number, as each kind of IOMMU counts, in words. */
#ifndef FAULT_REASON_H
#define FAULT_REASON_H

#include <stddef.h>

#include "model/names.h"

/** enum fault_driver - whose fault it is: numbers of reasons differ */
enum fault_driver {
	FAULT_VTD = 1,
	FAULT_AMDVI,
	FAULT_SMMU_V2,
	FAULT_SMMU_V3,
	FAULT_VIRTIO,
};

extern const struct names fault_driver_names;

/** enum fault_matter - what a reason comes to, whoever gave it */
enum fault_matter {
	MATTER_UNKNOWN,
	MATTER_UNMAPPED,	/* nothing is mapped there, or not for this access */
	MATTER_UNATTACHED,	/* the requester has no domain */
	MATTER_TABLES,		/* tables of the IOMMU cannot be read or are wrong */
	MATTER_WIDTH,		/* an address that cannot be */
	MATTER_REQUEST,		/* a kind of request that is not supported */
	MATTER_TRANSLATED,	/* the device translates itself, and may not */
	MATTER_PASID,		/* its address space is not set up */
	MATTER_RESERVED,	/* a range that is for interrupts or the system */
	MATTER_ENTRY,		/* an interrupt without an entry */
	MATTER_FORMAT,		/* an interrupt that goes around remapping */
	MATTER_SOURCE,		/* an interrupt of another requester */
	MATTER_COMMAND,		/* a command of the kernel to the IOMMU */
	MATTER_OWNER,		/* memory that belongs to an encrypted guest */
	MATTERS
};

/* A page fault of a device without a domain, for which the kernel has a line of its own. */
#define AMDVI_UNATTACHED 0x100

/* Numbers beyond those of the bits of FSR: faults of the SMMUv2 as a whole. */
#define SMMU_V2_STREAM	0x10
#define SMMU_V2_GLOBAL	0x11

/**
 * struct fault_reason - one row
 * @code: VT-d: fault reason. AMD-Vi: event type. SMMUv2: bit of FSR. Both: or one of
 *	the above. SMMUv3: event number. virtio-iommu: reason
 * @event: what the driver calls it in the log; NULL where it has no such name
 */
struct fault_reason {
	enum fault_driver driver;
	unsigned int code;
	enum fault_matter matter;
	const char *event;
	const char *words;
};

/** fault_reason_find() - the row of a number, or NULL */
const struct fault_reason *fault_reason_find(enum fault_driver driver,
					     unsigned int code);

/** fault_reason_named() - the row of an event's name, which ends at @length, or NULL */
const struct fault_reason *fault_reason_named(enum fault_driver driver,
					      const char *event,
					      size_t length);

/**
 * fault_reason_words() - a reason in words
 *
 * Return: a constant text, also for a number that nobody has given a meaning.
 */
const char *fault_reason_words(enum fault_driver driver, unsigned int code);

#endif
