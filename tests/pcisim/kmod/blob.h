/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of functions as it comes from a file; tests/pcisim/machine/blob.py
 * writes it. All numbers are little-endian:
 *
 *   header
 *   roots × struct blob_root
 *   functions × (struct blob_function, then as many bytes as its size says)
 *
 * and nothing after that.
 */
#ifndef PCISIM_BLOB_H
#define PCISIM_BLOB_H

#include <linux/bits.h>
#include <linux/types.h>

#define BLOB_MAGIC	"PCISIM 1"
#define BLOB_MAGIC_SIZE	8

struct blob_header {
	char magic[BLOB_MAGIC_SIZE];
	__le32 roots;
	__le32 functions;
} __packed;

/* A root bus, and the last of the buses that may be below it. */
struct blob_root {
	__le32 segment;
	u8 bus;
	u8 last_bus;
	__le16 reserved;
} __packed;

/* The IOMMU knows nothing of this function: it gets no group. */
#define BLOB_NO_IOMMU	BIT(0)
/* Not there before the IOMMU is registered: hot-plugged. */
#define BLOB_HOT	BIT(1)
/* A root port of an Intel chipset whose hidden isolation bits the kernel has set. */
#define BLOB_PCH_ACS	BIT(2)
/* ACS registers as Sunrise Point has them: double words. */
#define BLOB_ACS_DWORD	BIT(3)

struct blob_function {
	__le32 segment;
	u8 bus;
	u8 devfn;
	__le16 flags;
	__le16 vfs;		/* virtual functions to make; theirs are in the table, too */
	__le16 size;		/* of the configuration space that follows */
} __packed;

#endif /* PCISIM_BLOB_H */
