/* SPDX-License-Identifier: GPL-2.0 */
/* One DMA fault, as a source found it. */
#ifndef IOW_FAULT_H
#define IOW_FAULT_H

#include <linux/types.h>

/**
 * struct iow_fault - a request that an IOMMU refused
 * @time: when it was seen, ns since 1970 (UTC)
 * @address: that was asked for, valid with @has_address
 * @pasid: valid with @has_pasid
 * @segment: PCI segment of the requester
 * @requester: requester ID, bus << 8 | devfn; what the request claimed
 * @access: enum iowarden_access
 * @reason: the IOMMU's own number, valid with @has_reason
 * @has_address: some faults have none
 * @has_pasid: the request carried one
 * @has_reason: some sources do not tell
 */
struct iow_fault {
	u64 time;
	u64 address;
	u32 pasid;
	u32 segment;
	u16 requester;
	u8 access;
	u8 reason;
	bool has_address;
	bool has_pasid;
	bool has_reason;
};

#endif /* IOW_FAULT_H */
