/* SPDX-License-Identifier: GPL-2.0 */
/* One refused request, as an IOMMU driver tells of it. */
#ifndef FAULT_FAULT_H
#define FAULT_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "fault/reason.h"
#include "model/bdf.h"

/** enum fault_kind - what was wanted; 0 where the log does not tell */
enum fault_kind {
	FAULT_READ = 1,
	FAULT_WRITE,
	FAULT_EXECUTE,
	FAULT_INTERRUPT,
	FAULT_TRANSLATION,	/* a device with ATS asked for one */
	FAULT_COMMAND,		/* nothing; the kernel spoke to the IOMMU */
};

extern const struct names fault_kind_names;

/** AMD-Vi's flags of an event, from bit 0 on */
extern const struct names fault_flag_names;

#define FAULT_NAME 32

/**
 * struct fault - one of them
 * @has_segment: @requester has its segment from the log; else 0 is assumed
 * @stream: of an SMMU the stream, of virtio-iommu the endpoint, which the
 *	firmware maps to requester ids
 * @code: as of struct fault_reason
 * @flags: AMD-Vi only
 * @address: of an interrupt, its index
 * @unit: the IOMMU, as the log names it; may be empty
 * @client: a device that is none of PCI, likewise
 */
struct fault {
	enum fault_driver driver;
	enum fault_kind kind;
	bool has_requester, has_segment, has_stream, has_pasid;
	bool has_address, has_code, has_flags;
	struct bdf requester;
	uint32_t stream, pasid;
	unsigned int code, flags;
	uint64_t address;
	char unit[FAULT_NAME], client[FAULT_NAME];
};

/** fault_same() - whether two differ in nothing but the address */
bool fault_same(const struct fault *a, const struct fault *b);

/** fault_hash() - a number that is the same for faults that fault_same() finds equal */
uint32_t fault_hash(const struct fault *fault);

/** fault_matter() - what it comes to */
enum fault_matter fault_matter(const struct fault *fault);

#endif
