// SPDX-License-Identifier: GPL-2.0
/*
 * The ACS registers of functions that are asleep, in reset, gone or odd, on a
 * bus in memory:
 *
 *	00:1c.0 root port ── 01:00.0 endpoint      both with ACS
 *
 * Most cases turn a knob of the kernel's pci_dev: no emulated device reaches
 * these states.
 */
#include "fake_bus.h"
#include "registers.h"
#include "suite.h"

#define SEGMENT		0x1000
#define CAPABILITY	0x001f
#define CONTROL		0x001d

/**
 * struct pair - the two functions
 * @host: their host
 * @port: the root port
 * @endpoint: below it
 * @bridge: the kernel's idea of @port
 * @pdev: the kernel's idea of @endpoint
 */
struct pair {
	struct fake_host *host;
	struct fake_function *port;
	struct fake_function *endpoint;
	struct pci_dev *bridge;
	struct pci_dev *pdev;
};

static int make_pair(struct kunit *test)
{
	struct pair *pair = kunit_kzalloc(test, sizeof(*pair), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pair);
	pair->host = fake_host(test, SEGMENT);
	pair->port = fake_function(test, pair->host, NULL, PCI_DEVFN(0x1c, 0),
				   PCI_EXP_TYPE_ROOT_PORT);
	pair->endpoint = fake_function(test, pair->host, pair->port, 0, PCI_EXP_TYPE_ENDPOINT);
	fake_acs(pair->port, CAPABILITY, CONTROL);
	fake_acs(pair->endpoint, CAPABILITY, CONTROL);
	fake_host_scan(test, pair->host);
	pair->bridge = fake_pdev(test, pair->port);
	pair->pdev = fake_pdev(test, pair->endpoint);
	test->priv = pair;
	return 0;
}

/* What stands in @acs before must not shine through. */
static int read_endpoint(const struct pair *pair, struct iow_acs *acs)
{
	memset(acs, 0xff, sizeof(*acs));
	return iow_registers_read(pair->pdev, pair->bridge, acs);
}

static void expect_unknown(struct kunit *test, int reason)
{
	static const struct iow_acs nothing;
	const struct pair *pair = test->priv;
	struct iow_acs acs;

	KUNIT_EXPECT_EQ(test, read_endpoint(pair, &acs), reason);
	KUNIT_EXPECT_EQ(test, memcmp(&acs, &nothing, sizeof(acs)), 0);
}

static void both_answer(struct kunit *test)
{
	const struct pair *pair = test->priv;
	const unsigned int writes = pair->host->writes;
	struct iow_acs acs;

	KUNIT_EXPECT_EQ(test, read_endpoint(pair, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, PCI_CFG_SPACE_SIZE);
	KUNIT_EXPECT_EQ(test, acs.capability, CAPABILITY);
	KUNIT_EXPECT_EQ(test, acs.control, CONTROL);
	KUNIT_EXPECT_EQ(test, iow_registers_read(pair->bridge, NULL, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.control, CONTROL);
	KUNIT_EXPECT_EQ(test, pair->host->writes, writes);
}

static void conventional_function_is_not_read(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT + 1);
	struct fake_function *function = fake_function(test, host, NULL, 0, FAKE_CONVENTIONAL);
	unsigned int reads;
	struct iow_acs acs;

	fake_host_scan(test, host);
	reads = function->reads;
	KUNIT_EXPECT_EQ(test, iow_registers_read(fake_pdev(test, function), NULL, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.offset, 0);
	KUNIT_EXPECT_EQ(test, function->reads, reads);
}

static void function_in_d3cold_is_not_read(struct kunit *test)
{
	const struct pair *pair = test->priv;
	const unsigned int reads = pair->endpoint->reads;

	pair->pdev->current_state = PCI_D3cold;
	expect_unknown(test, IOWARDEN_REASON_ASLEEP);
	KUNIT_EXPECT_EQ(test, pair->endpoint->reads, reads);
	pair->pdev->current_state = PCI_UNKNOWN;
}

static void function_in_d3hot_answers(struct kunit *test)
{
	const struct pair *pair = test->priv;
	struct iow_acs acs;

	pair->pdev->current_state = PCI_D3hot;
	KUNIT_EXPECT_EQ(test, read_endpoint(pair, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.control, CONTROL);
	pair->pdev->current_state = PCI_UNKNOWN;
}

static void nothing_is_read_below_a_sleeping_bridge(struct kunit *test)
{
	const struct pair *pair = test->priv;
	const unsigned int reads = pair->endpoint->reads;

	pair->bridge->current_state = PCI_D3hot;
	expect_unknown(test, IOWARDEN_REASON_ASLEEP);
	pair->bridge->current_state = PCI_D3cold;
	expect_unknown(test, IOWARDEN_REASON_ASLEEP);
	KUNIT_EXPECT_EQ(test, pair->endpoint->reads, reads);
	pair->bridge->current_state = PCI_UNKNOWN;
}

static void function_in_reset_is_busy(struct kunit *test)
{
	const struct pair *pair = test->priv;

	pair->pdev->block_cfg_access = 1;
	expect_unknown(test, IOWARDEN_REASON_BUSY);
	pair->pdev->block_cfg_access = 0;
}

static void frozen_channel_is_busy(struct kunit *test)
{
	const struct pair *pair = test->priv;

	pair->pdev->error_state = pci_channel_io_frozen;
	expect_unknown(test, IOWARDEN_REASON_BUSY);
	pair->pdev->error_state = pci_channel_io_normal;
}

static void disconnected_function_is_gone_even_if_asleep(struct kunit *test)
{
	const struct pair *pair = test->priv;

	pair->pdev->error_state = pci_channel_io_perm_failure;
	pair->pdev->current_state = PCI_D3cold;
	expect_unknown(test, IOWARDEN_REASON_GONE);
	pair->pdev->current_state = PCI_UNKNOWN;
	pair->pdev->error_state = pci_channel_io_normal;
}

static void space_of_256_bytes_is_no_access(struct kunit *test)
{
	const struct pair *pair = test->priv;

	pair->pdev->cfg_size = PCI_CFG_SPACE_SIZE;
	expect_unknown(test, IOWARDEN_REASON_NO_ACCESS);
	pair->pdev->cfg_size = PCI_CFG_SPACE_EXP_SIZE;
}

/* For every read of ours: the function vanishes just before it. */
static void function_that_vanishes_at_any_moment_is_gone(struct kunit *test)
{
	const struct pair *pair = test->priv;
	struct fake_function *endpoint = pair->endpoint;
	struct iow_acs acs;
	unsigned int reads, i;

	endpoint->reads = 0;
	KUNIT_ASSERT_EQ(test, read_endpoint(pair, &acs), 0);
	reads = endpoint->reads;
	/* Vendor, list, the two words, vendor again. */
	KUNIT_EXPECT_EQ(test, reads, 4);
	for (i = 1; i <= reads; i++) {
		endpoint->reads = 0;
		endpoint->gone_after = i;
		expect_unknown(test, IOWARDEN_REASON_GONE);
	}
	endpoint->gone_after = 0;
}

static void vendor_0001_and_0000_ask_for_patience(struct kunit *test)
{
	struct pair *pair = test->priv;

	pair->endpoint->space[0] = 0xffff0001;
	expect_unknown(test, IOWARDEN_REASON_BUSY);
	pair->endpoint->space[0] = 0;
	expect_unknown(test, IOWARDEN_REASON_BUSY);
}

static void all_ones_in_the_list_of_one_that_answers_is_malformed(struct kunit *test)
{
	struct pair *pair = test->priv;

	pair->endpoint->space[PCI_CFG_SPACE_SIZE / 4] = ~0U;
	expect_unknown(test, IOWARDEN_REASON_MALFORMED);
}

/* SR-IOV 3.4.1.1: vendor and device ID of a virtual function are all ones. */
static void virtual_function_answers_with_its_class(struct kunit *test)
{
	const struct pair *pair = test->priv;
	struct iow_acs acs;

	pair->pdev->is_virtfn = 1;
	pair->endpoint->space[PCI_VENDOR_ID / 4] = ~0U;
	KUNIT_EXPECT_EQ(test, read_endpoint(pair, &acs), 0);
	KUNIT_EXPECT_EQ(test, acs.control, CONTROL);
	pair->endpoint->space[PCI_CLASS_REVISION / 4] = ~0U;
	expect_unknown(test, IOWARDEN_REASON_GONE);
	pair->pdev->is_virtfn = 0;
}

static void intel_root_ports_by_their_device_id(struct kunit *test)
{
	static const struct {
		u16 device;
		bool dwords;
	} ports[] = {
		{ 0x9d0f, false }, { 0x9d10, true }, { 0x9d1b, true }, { 0x9d1c, false },
		{ 0xa10f, false }, { 0xa110, true }, { 0xa11f, true }, { 0xa120, false },
		{ 0xa166, false }, { 0xa167, true }, { 0xa16a, true }, { 0xa16b, false },
		{ 0xa28f, false }, { 0xa290, true }, { 0xa29f, true }, { 0xa2a0, false },
		{ 0xa2e6, false }, { 0xa2e7, true }, { 0xa2ee, true }, { 0xa2ef, false },
	};
	const struct pair *pair = test->priv;
	struct iow_acs acs;
	int i;

	pair->bridge->vendor = PCI_VENDOR_ID_INTEL;
	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		pair->bridge->device = ports[i].device;
		KUNIT_EXPECT_EQ(test, iow_registers_read(pair->bridge, NULL, &acs), 0);
		KUNIT_EXPECT_EQ_MSG(test, acs.dwords, ports[i].dwords, "device %04x",
				    ports[i].device);
	}
	/* The same numbers are other things elsewhere. */
	pair->bridge->device = 0xa110;
	pair->bridge->vendor = FAKE_VENDOR;
	KUNIT_EXPECT_EQ(test, iow_registers_read(pair->bridge, NULL, &acs), 0);
	KUNIT_EXPECT_FALSE(test, acs.dwords);
	pair->pdev->vendor = PCI_VENDOR_ID_INTEL;
	pair->pdev->device = 0xa110;
	KUNIT_EXPECT_EQ(test, read_endpoint(pair, &acs), 0);
	KUNIT_EXPECT_FALSE(test, acs.dwords);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(both_answer),
	KUNIT_CASE(conventional_function_is_not_read),
	KUNIT_CASE(function_in_d3cold_is_not_read),
	KUNIT_CASE(function_in_d3hot_answers),
	KUNIT_CASE(nothing_is_read_below_a_sleeping_bridge),
	KUNIT_CASE(function_in_reset_is_busy),
	KUNIT_CASE(frozen_channel_is_busy),
	KUNIT_CASE(disconnected_function_is_gone_even_if_asleep),
	KUNIT_CASE(space_of_256_bytes_is_no_access),
	KUNIT_CASE(function_that_vanishes_at_any_moment_is_gone),
	KUNIT_CASE(vendor_0001_and_0000_ask_for_patience),
	KUNIT_CASE(all_ones_in_the_list_of_one_that_answers_is_malformed),
	KUNIT_CASE(virtual_function_answers_with_its_class),
	KUNIT_CASE(intel_root_ports_by_their_device_id),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_registers",
	.init = make_pair,
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: reading the ACS registers of live functions");
MODULE_LICENSE("GPL");
