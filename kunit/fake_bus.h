/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PCI functions that exist in memory only, on a bus that the kernel's own code
 * scans. Builders nest: what is put below a bridge is found behind it.
 */
#ifndef IOW_FAKE_BUS_H
#define IOW_FAKE_BUS_H

#include <linux/pci.h>

struct kunit;

/* Of every function; no quirk of the kernel goes by it. */
#define FAKE_VENDOR	0xfeed
#define FAKE_DEVICE	0x0001

/* Where the builders put the PCI Express capability. */
#define FAKE_PCIE	0x40

/* The type of fake_function() for a function without PCI Express capability. */
#define FAKE_CONVENTIONAL	(-1)

/**
 * struct fake_host - a host bridge, a segment of its own
 * @sysdata: tells x86 the segment
 * @numbers: bus numbers below it
 * @ops: how the kernel reads; in memory of ours, as the core wants it writable
 * @functions: all struct fake_function, in the order they were built
 * @root: the root bus, once scanned
 * @buses: bus numbers given out
 * @writes: how often anything was written
 */
struct fake_host {
	struct pci_sysdata sysdata;
	struct resource numbers;
	struct pci_ops ops;
	struct list_head functions;
	struct pci_bus *root;
	u8 buses;
	unsigned int writes;
};

/**
 * struct fake_function - a function
 * @node: in @host->functions
 * @host: the host
 * @above: the bridge above, or NULL on the root bus
 * @bus: number of its bus, once scanned
 * @devfn: device and function number
 * @absent: there is nothing (yet, or any more)
 * @reads: how often it was read
 * @gone_after: from this read on all ones come back; 0: never
 * @space: configuration space
 */
struct fake_function {
	struct list_head node;
	struct fake_host *host;
	struct fake_function *above;
	u8 bus;
	u8 devfn;
	bool absent;
	unsigned int reads;
	unsigned int gone_after;
	u32 space[PCI_CFG_SPACE_EXP_SIZE / 4];
};

struct fake_host *fake_host(struct kunit *test, int segment);
struct fake_function *fake_function(struct kunit *test, struct fake_host *host,
				    struct fake_function *above, u8 devfn, int type);
void fake_put16(struct fake_function *function, int where, u16 value);
void fake_extended(struct fake_function *function, int where, u16 id, int next);
void fake_acs(struct fake_function *function, u16 capability, u16 control);
void fake_host_scan(struct kunit *test, struct fake_host *host);
struct pci_dev *fake_pdev(struct kunit *test, const struct fake_function *function);
void fake_remove(struct kunit *test, struct fake_function *function);

#endif /* IOW_FAKE_BUS_H */
