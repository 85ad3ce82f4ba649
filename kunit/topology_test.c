// SPDX-License-Identifier: GPL-2.0
/*
 * What is read of each function of a machine: the kernel scans functions in
 * memory, the roster lists them, and each is compared with a row of a table.
 */
#include <linux/iommu.h>
#include "device.h"
#include "fake_bus.h"
#include "roster.h"
#include "suite.h"

/* The machine under the test has segments of its own, below this one. */
#define SEGMENT		0x1000
#define BDF(bus, device, function) ((bus) << 8 | PCI_DEVFN(device, function))
/* As upstream of a function on a root bus. */
#define ROOT		(-1)

/**
 * struct row - what is expected of a function
 * @segment: counted from SEGMENT
 * @bdf: where it is
 * @upstream: BDF of the bridge above, or ROOT
 * @port_type: enum iowarden_port_type
 * @multifunction: as the kernel takes it
 * @acs_unknown: enum iowarden_reason
 */
struct row {
	int segment;
	u16 bdf;
	int upstream;
	u8 port_type;
	bool multifunction;
	u8 acs_unknown;
};

/* Where the simulated segments begin on the roster. */
static unsigned int first_of(const struct iow_roster *roster)
{
	unsigned int i = 0;

	while (i < roster->count && iow_device_key(roster->functions[i]) < IOW_KEY(SEGMENT, 0))
		i++;
	return i;
}

static void read_at(const struct iow_roster *roster, unsigned int i, struct iow_device *device)
{
	const struct iow_relatives relatives = iow_roster_relatives(roster, roster->functions[i]);
	struct iommu_group *group;

	memset(device, 0, sizeof(*device));
	group = iow_device_read(roster->functions[i], &relatives, device);
	iommu_group_put(group);
}

static void expect_row(struct kunit *test, const struct row *row, const struct iow_device *device)
{
	KUNIT_EXPECT_EQ(test, device->segment, SEGMENT + row->segment);
	KUNIT_EXPECT_EQ_MSG(test, device->bdf, row->bdf, "bdf %04x", row->bdf);
	KUNIT_EXPECT_EQ_MSG(test, device->on_root_bus, row->upstream == ROOT, "bdf %04x", row->bdf);
	KUNIT_EXPECT_EQ_MSG(test, device->has_upstream, row->upstream != ROOT, "bdf %04x",
			    row->bdf);
	if (row->upstream != ROOT)
		KUNIT_EXPECT_EQ_MSG(test, device->upstream, row->upstream, "bdf %04x", row->bdf);
	KUNIT_EXPECT_EQ_MSG(test, device->port_type, row->port_type, "bdf %04x", row->bdf);
	KUNIT_EXPECT_EQ_MSG(test, device->multifunction, row->multifunction, "bdf %04x", row->bdf);
	KUNIT_EXPECT_FALSE(test, device->has_group);
	KUNIT_EXPECT_EQ(test, device->group_unknown, 0);
	KUNIT_EXPECT_EQ_MSG(test, device->acs_unknown, row->acs_unknown, "bdf %04x", row->bdf);
	KUNIT_EXPECT_EQ(test, device->vendor, FAKE_VENDOR);
	KUNIT_EXPECT_NE(test, device->identity, 0);
}

/* The simulated part of the roster is exactly these, in this order. */
static void expect_rows(struct kunit *test, const struct row *rows, unsigned int count)
{
	struct iow_roster roster;
	struct iow_device device;
	unsigned int first, i;

	KUNIT_ASSERT_EQ(test, iow_roster_take(&roster), 0);
	first = first_of(&roster);
	KUNIT_EXPECT_EQ(test, roster.count - first, count);
	for (i = 0; i < count && first + i < roster.count; i++) {
		read_at(&roster, first + i, &device);
		expect_row(test, &rows[i], &device);
		KUNIT_EXPECT_EQ(test, iow_roster_find(&roster, roster.functions[first + i]),
				first + i);
	}
	iow_roster_drop(&roster);
}

/*
 *	00:01.0 root port
 *	└── 01:00.0 upstream port
 *	    ├── 02:00.0 downstream port ── 03:00.0 endpoint
 *	    └── 02:01.0 downstream port ── 04:00.0 legacy endpoint
 */
static struct fake_host *switch_host(struct kunit *test, struct fake_function **upstream)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *port, *first, *second;

	port = fake_function(test, host, NULL, PCI_DEVFN(1, 0), PCI_EXP_TYPE_ROOT_PORT);
	*upstream = fake_function(test, host, port, 0, PCI_EXP_TYPE_UPSTREAM);
	first = fake_function(test, host, *upstream, 0, PCI_EXP_TYPE_DOWNSTREAM);
	second = fake_function(test, host, *upstream, PCI_DEVFN(1, 0), PCI_EXP_TYPE_DOWNSTREAM);
	fake_function(test, host, first, 0, PCI_EXP_TYPE_ENDPOINT);
	fake_function(test, host, second, 0, PCI_EXP_TYPE_LEG_END);
	fake_host_scan(test, host);
	return host;
}

static void port_switch_endpoint(struct kunit *test)
{
	static const struct row rows[] = {
		{ 0, BDF(0, 1, 0), ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT },
		{ 0, BDF(1, 0, 0), BDF(0, 1, 0), IOWARDEN_PORT_TYPE_UPSTREAM_PORT },
		{ 0, BDF(2, 0, 0), BDF(1, 0, 0), IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT },
		{ 0, BDF(2, 1, 0), BDF(1, 0, 0), IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT },
		{ 0, BDF(3, 0, 0), BDF(2, 0, 0), IOWARDEN_PORT_TYPE_ENDPOINT },
		{ 0, BDF(4, 0, 0), BDF(2, 1, 0), IOWARDEN_PORT_TYPE_LEGACY_ENDPOINT },
	};
	struct fake_function *upstream;

	switch_host(test, &upstream);
	expect_rows(test, rows, ARRAY_SIZE(rows));
}

/*
 *	00:01.0 root port
 *	└── 01:00.0 PCIe-to-PCI bridge
 *	    ├── 02:04.0 conventional
 *	    └── 02:05.0 PCI-to-PCIe bridge ── 03:00.0 endpoint
 *
 * No extended configuration space passes a conventional bus, so ACS below it is
 * not known.
 */
static void bridges_to_conventional_pci_and_back(struct kunit *test)
{
	static const struct row rows[] = {
		{ 0, BDF(0, 1, 0), ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT },
		{ 0, BDF(1, 0, 0), BDF(0, 1, 0), IOWARDEN_PORT_TYPE_PCIE_TO_PCI_BRIDGE },
		{ 0, BDF(2, 4, 0), BDF(1, 0, 0), IOWARDEN_PORT_TYPE_CONVENTIONAL },
		{ 0, BDF(2, 5, 0), BDF(1, 0, 0), IOWARDEN_PORT_TYPE_PCI_TO_PCIE_BRIDGE,
		  .acs_unknown = IOWARDEN_REASON_NO_ACCESS },
		{ 0, BDF(3, 0, 0), BDF(2, 5, 0), IOWARDEN_PORT_TYPE_ENDPOINT,
		  .acs_unknown = IOWARDEN_REASON_NO_ACCESS },
	};
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *port, *bridge, *back;

	port = fake_function(test, host, NULL, PCI_DEVFN(1, 0), PCI_EXP_TYPE_ROOT_PORT);
	bridge = fake_function(test, host, port, 0, PCI_EXP_TYPE_PCI_BRIDGE);
	fake_function(test, host, bridge, PCI_DEVFN(4, 0), FAKE_CONVENTIONAL);
	back = fake_function(test, host, bridge, PCI_DEVFN(5, 0), PCI_EXP_TYPE_PCIE_BRIDGE);
	fake_function(test, host, back, 0, PCI_EXP_TYPE_ENDPOINT);
	fake_host_scan(test, host);
	expect_rows(test, rows, ARRAY_SIZE(rows));
}

/* On the root bus: 00:02.0, .2 and .7 of one device; 00:03.0 integrated, alone. */
static void multifunction_with_holes(struct kunit *test)
{
	static const struct row rows[] = {
		{ 0, BDF(0, 2, 0), ROOT, IOWARDEN_PORT_TYPE_RC_ENDPOINT, true },
		{ 0, BDF(0, 2, 2), ROOT, IOWARDEN_PORT_TYPE_RC_ENDPOINT, true },
		{ 0, BDF(0, 2, 7), ROOT, IOWARDEN_PORT_TYPE_RC_EVENT_COLLECTOR, true },
		{ 0, BDF(0, 3, 0), ROOT, IOWARDEN_PORT_TYPE_RC_ENDPOINT, false },
	};
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *first;

	/* Found and listed in the order of their place, not of their making. */
	fake_function(test, host, NULL, PCI_DEVFN(3, 0), PCI_EXP_TYPE_RC_END);
	fake_function(test, host, NULL, PCI_DEVFN(2, 7), PCI_EXP_TYPE_RC_EC);
	first = fake_function(test, host, NULL, PCI_DEVFN(2, 0), PCI_EXP_TYPE_RC_END);
	/* Bit 7 of the header type; the others lack it, and the kernel puts it right. */
	first->space[PCI_CACHE_LINE_SIZE / 4] |= 0x80 << 16;
	fake_function(test, host, NULL, PCI_DEVFN(2, 2), PCI_EXP_TYPE_RC_END);
	fake_host_scan(test, host);
	expect_rows(test, rows, ARRAY_SIZE(rows));
}

static struct fake_function *ari_function(struct kunit *test, struct fake_function *port, u8 devfn,
					  u8 next)
{
	struct fake_function *function = fake_function(test, port->host, port, devfn,
						       PCI_EXP_TYPE_ENDPOINT);

	fake_extended(function, PCI_CFG_SPACE_SIZE, PCI_EXT_CAP_ID_ARI, 0);
	fake_put16(function, PCI_CFG_SPACE_SIZE + PCI_ARI_CAP, next << 8);
	return function;
}

/* 00:01.0 root port ── functions 0, 3, 8 and 129 of one device, listed by ARI. */
static void ari_functions_past_the_seventh(struct kunit *test)
{
	static const struct row rows[] = {
		{ 0, BDF(0, 1, 0), ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT },
		{ 0, 0x100, BDF(0, 1, 0), IOWARDEN_PORT_TYPE_ENDPOINT },
		{ 0, 0x103, BDF(0, 1, 0), IOWARDEN_PORT_TYPE_ENDPOINT, true },
		{ 0, 0x108, BDF(0, 1, 0), IOWARDEN_PORT_TYPE_ENDPOINT, true },
		{ 0, 0x181, BDF(0, 1, 0), IOWARDEN_PORT_TYPE_ENDPOINT, true },
	};
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *port = fake_function(test, host, NULL, PCI_DEVFN(1, 0),
						   PCI_EXP_TYPE_ROOT_PORT);

	port->space[(FAKE_PCIE + PCI_EXP_DEVCAP2) / 4] = PCI_EXP_DEVCAP2_ARI;
	ari_function(test, port, 0, 3);
	ari_function(test, port, 3, 8);
	ari_function(test, port, 8, 129);
	ari_function(test, port, 129, 0);
	fake_host_scan(test, host);
	expect_rows(test, rows, ARRAY_SIZE(rows));
}

/* The same BDFs twice; built in the wrong order. */
static void two_segments(struct kunit *test)
{
	static const struct row rows[] = {
		{ 0, BDF(0, 1, 0), ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT },
		{ 0, BDF(1, 0, 0), BDF(0, 1, 0), IOWARDEN_PORT_TYPE_ENDPOINT },
		{ 1, BDF(0, 1, 0), ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT },
		{ 1, BDF(1, 0, 0), BDF(0, 1, 0), IOWARDEN_PORT_TYPE_ENDPOINT },
	};
	int segment;

	for (segment = 1; segment >= 0; segment--) {
		struct fake_host *host = fake_host(test, SEGMENT + segment);
		struct fake_function *port = fake_function(test, host, NULL, PCI_DEVFN(1, 0),
							   PCI_EXP_TYPE_ROOT_PORT);

		fake_function(test, host, port, 0, PCI_EXP_TYPE_ENDPOINT);
		fake_host_scan(test, host);
	}
	expect_rows(test, rows, ARRAY_SIZE(rows));
}

/* A port that lost its bus, as a hot-plug port that was never given numbers. */
static void bridge_without_subordinate(struct kunit *test)
{
	static const struct row rows[] = {
		{ 0, BDF(0, 1, 0), ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT },
		{ 0, BDF(0, 2, 0), ROOT, IOWARDEN_PORT_TYPE_RC_ENDPOINT },
	};
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *port = fake_function(test, host, NULL, PCI_DEVFN(1, 0),
						   PCI_EXP_TYPE_ROOT_PORT);
	struct pci_dev *pdev;

	fake_function(test, host, NULL, PCI_DEVFN(2, 0), PCI_EXP_TYPE_RC_END);
	fake_host_scan(test, host);
	pdev = fake_pdev(test, port);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev->subordinate);
	pci_lock_rescan_remove();
	pci_remove_bus(pdev->subordinate);
	pdev->subordinate = NULL;
	pci_unlock_rescan_remove();
	expect_rows(test, rows, ARRAY_SIZE(rows));
}

/*
 * The switch goes after the roster was taken, before anything was read. The
 * references hold: nothing is freed under the reader (KASAN would tell), what is
 * above each function is still said, and the registers are not taken for read.
 */
static void switch_removed_between_two_steps(struct kunit *test)
{
	struct fake_function *upstream;
	struct iow_roster roster;
	struct iow_device device;
	unsigned int first;

	switch_host(test, &upstream);
	KUNIT_ASSERT_EQ(test, iow_roster_take(&roster), 0);
	first = first_of(&roster);
	KUNIT_ASSERT_EQ(test, roster.count - first, 6);
	fake_remove(test, upstream);
	read_at(&roster, first, &device);
	KUNIT_EXPECT_EQ(test, device.bdf, BDF(0, 1, 0));
	KUNIT_EXPECT_EQ(test, device.acs_unknown, 0);
	read_at(&roster, first + 1, &device);
	KUNIT_EXPECT_EQ(test, device.bdf, BDF(1, 0, 0));
	KUNIT_EXPECT_EQ(test, device.upstream, BDF(0, 1, 0));
	KUNIT_EXPECT_EQ(test, device.acs_unknown, IOWARDEN_REASON_GONE);
	KUNIT_EXPECT_EQ(test, device.identity, 0);
	read_at(&roster, first + 5, &device);
	KUNIT_EXPECT_EQ(test, device.bdf, BDF(4, 0, 0));
	KUNIT_EXPECT_EQ(test, device.upstream, BDF(2, 1, 0));
	KUNIT_EXPECT_FALSE(test, device.has_group);
	iow_roster_drop(&roster);
}

/*
 *	00:01.0 root port ── 01:00.0 physical function, 01:00.1 made a virtual one
 *
 * Its place is its physical function's; without that one it has none.
 */
static void virtual_function_and_its_physical_one(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *port, *physical, *virtual;
	struct iow_device device = { };
	struct iow_roster roster;
	struct pci_dev *pdev;
	unsigned int first;

	port = fake_function(test, host, NULL, PCI_DEVFN(1, 0), PCI_EXP_TYPE_ROOT_PORT);
	physical = fake_function(test, host, port, 0, PCI_EXP_TYPE_ENDPOINT);
	physical->space[PCI_CACHE_LINE_SIZE / 4] |= 0x80 << 16;
	virtual = fake_function(test, host, port, 1, PCI_EXP_TYPE_ENDPOINT);
	fake_host_scan(test, host);
	pdev = fake_pdev(test, virtual);
	pdev->is_virtfn = 1;
	pdev->physfn = fake_pdev(test, physical);
	KUNIT_ASSERT_EQ(test, iow_roster_take(&roster), 0);
	first = first_of(&roster);
	read_at(&roster, first + 2, &device);
	KUNIT_EXPECT_TRUE(test, device.has_physfn);
	KUNIT_EXPECT_EQ(test, device.physfn, BDF(1, 0, 0));
	KUNIT_EXPECT_EQ(test, device.upstream, BDF(0, 1, 0));
	KUNIT_EXPECT_EQ(test, device.pri, 0);

	/* A pointer to one that is not on the roster may be stale. */
	pdev->physfn = (struct pci_dev *)test;
	read_at(&roster, first + 2, &device);
	KUNIT_EXPECT_FALSE(test, device.has_physfn);
	KUNIT_EXPECT_FALSE(test, device.has_upstream);
	KUNIT_EXPECT_FALSE(test, device.on_root_bus);
	pdev->is_virtfn = 0;
	pdev->physfn = NULL;
	iow_roster_drop(&roster);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(port_switch_endpoint),
	KUNIT_CASE(bridges_to_conventional_pci_and_back),
	KUNIT_CASE(multifunction_with_holes),
	KUNIT_CASE(ari_functions_past_the_seventh),
	KUNIT_CASE(two_segments),
	KUNIT_CASE(bridge_without_subordinate),
	KUNIT_CASE(switch_removed_between_two_steps),
	KUNIT_CASE(virtual_function_and_its_physical_one),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_topology",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: what is read of each function of a machine");
MODULE_LICENSE("GPL");
