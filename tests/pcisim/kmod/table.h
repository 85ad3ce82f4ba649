/* SPDX-License-Identifier: GPL-2.0 */
/* All simulated functions, found by their address. */
#ifndef PCISIM_TABLE_H
#define PCISIM_TABLE_H

#include <linux/types.h>
#include <linux/xarray.h>

/**
 * struct pcisim_function - a function and its configuration space
 * @segment: PCI segment
 * @bus: number of its bus
 * @devfn: device and function
 * @absent: a hot-plugged function that has not come yet; all its bits read 1
 * @flags: BLOB_...
 * @vfs: virtual functions to make of it
 * @size: bytes of configuration space
 * @config: configuration space
 * @writable: the bits of it that can be written
 */
struct pcisim_function {
	u32 segment;
	u8 bus;
	u8 devfn;
	bool absent;
	u16 flags;
	u16 vfs;
	u16 size;
	u8 *writable;
	u8 config[];
};

struct pcisim_root {
	u32 segment;
	u8 bus;
	u8 last_bus;
};

/**
 * struct pcisim_table - what a blob held
 * @functions: struct pcisim_function by address
 * @roots: the root buses
 * @root_count: how many
 */
struct pcisim_table {
	struct xarray functions;
	struct pcisim_root *roots;
	unsigned int root_count;
};

int pcisim_table_load(struct pcisim_table *table, const char *path);
void pcisim_table_free(struct pcisim_table *table);
struct pcisim_function *pcisim_table_find(struct pcisim_table *table, u32 segment, u8 bus,
					  u8 devfn);

#define pcisim_for_each_function(table, address, function) \
	xa_for_each(&(table)->functions, address, function)

#endif /* PCISIM_TABLE_H */
