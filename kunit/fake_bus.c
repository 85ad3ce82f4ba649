// SPDX-License-Identifier: GPL-2.0
#include <linux/list.h>
#include "fake_bus.h"
#include "owned.h"
#include "suite.h"

static bool is_bridge(const struct fake_function *function)
{
	return (function->space[PCI_CACHE_LINE_SIZE / 4] >> 16 & 0x7f) == PCI_HEADER_TYPE_BRIDGE;
}

static struct fake_function *find(const struct pci_bus *bus, unsigned int devfn)
{
	struct fake_host *host = container_of(bus->ops, struct fake_host, ops);
	struct fake_function *function;

	list_for_each_entry(function, &host->functions, node)
		if (function->bus == bus->number && function->devfn == devfn && !function->absent)
			return function;
	return NULL;
}

static int read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	struct fake_function *function = find(bus, devfn);

	*value = ~0U;
	if (!function)
		return PCIBIOS_DEVICE_NOT_FOUND;
	function->reads++;
	if (!function->gone_after || function->reads < function->gone_after)
		*value = function->space[where / 4] >> 8 * (where % 4);
	*value &= GENMASK(8 * size - 1, 0);
	return PCIBIOS_SUCCESSFUL;
}

/* Nothing is writable: a BAR that stays 0 is one that does not exist. */
static int write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	container_of(bus->ops, struct fake_host, ops)->writes++;
	return PCIBIOS_SUCCESSFUL;
}

/**
 * fake_host() - begin a host bridge
 * @test: frees it
 * @segment: its segment; real machines use the lowest numbers
 *
 * Return: the host, without functions; fails the test rather than return NULL.
 */
struct fake_host *fake_host(struct kunit *test, int segment)
{
	struct fake_host *host = kunit_kzalloc(test, sizeof(*host), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, host);
	host->sysdata.domain = segment;
	host->sysdata.node = NUMA_NO_NODE;
	host->numbers = (struct resource){ .end = 255, .flags = IORESOURCE_BUS };
	host->ops = (struct pci_ops){ .read = read, .write = write };
	INIT_LIST_HEAD(&host->functions);
	return host;
}

/* Windows that are closed: all zero would be open from 0 on. */
static void put_bridge_header(struct fake_function *function)
{
	fake_put16(function, PCI_CLASS_DEVICE, PCI_CLASS_BRIDGE_PCI);
	function->space[PCI_CACHE_LINE_SIZE / 4] |= PCI_HEADER_TYPE_BRIDGE << 16;
	fake_put16(function, PCI_IO_BASE, 0x00f0);
	fake_put16(function, PCI_MEMORY_BASE, 0xfff0);
	fake_put16(function, PCI_PREF_MEMORY_BASE, 0xfff0);
}

static bool is_bridge_type(int type)
{
	return type == PCI_EXP_TYPE_ROOT_PORT || type == PCI_EXP_TYPE_UPSTREAM ||
	       type == PCI_EXP_TYPE_DOWNSTREAM || type == PCI_EXP_TYPE_PCI_BRIDGE ||
	       type == PCI_EXP_TYPE_PCIE_BRIDGE;
}

static void put_pcie(struct fake_function *function, int type)
{
	fake_put16(function, PCI_STATUS, PCI_STATUS_CAP_LIST);
	function->space[PCI_CAPABILITY_LIST / 4] = FAKE_PCIE;
	function->space[FAKE_PCIE / 4] = PCI_CAP_ID_EXP | (2 | type << 4) << 16;
}

/**
 * fake_function() - add a function
 * @test: frees it
 * @host: on which host
 * @above: below which bridge; NULL: on the root bus
 * @devfn: device and function number
 * @type: PCI_EXP_TYPE_... or FAKE_CONVENTIONAL; bridges get a bridge's header
 *
 * Return: the function; fails the test rather than return NULL.
 */
struct fake_function *fake_function(struct kunit *test, struct fake_host *host,
				    struct fake_function *above, u8 devfn, int type)
{
	struct fake_function *function = kunit_kzalloc(test, sizeof(*function), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, function);
	function->host = host;
	function->above = above;
	function->devfn = devfn;
	function->space[0] = FAKE_VENDOR | FAKE_DEVICE << 16;
	fake_put16(function, PCI_CLASS_DEVICE, PCI_CLASS_NETWORK_ETHERNET);
	if (is_bridge_type(type))
		put_bridge_header(function);
	if (type != FAKE_CONVENTIONAL)
		put_pcie(function, type);
	list_add_tail(&function->node, &host->functions);
	return function;
}

/**
 * fake_put16() - set a word of configuration space
 * @function: the function
 * @where: offset in bytes, even
 * @value: the word
 */
void fake_put16(struct fake_function *function, int where, u16 value)
{
	const int shift = 8 * (where % 4);
	u32 *dword = &function->space[where / 4];

	*dword = (*dword & ~(0xffffU << shift)) | (u32)value << shift;
}

/**
 * fake_extended() - put the header of an extended capability
 * @function: the function
 * @where: its offset
 * @id: PCI_EXT_CAP_ID_...
 * @next: offset of the next one, 0 at the end of the list
 */
void fake_extended(struct fake_function *function, int where, u16 id, int next)
{
	function->space[where / 4] = id | 1u << 16 | (u32)next << 20;
}

/**
 * fake_acs() - put an ACS capability, the only extended one
 * @function: the function
 * @capability: the register
 * @control: the register
 */
void fake_acs(struct fake_function *function, u16 capability, u16 control)
{
	fake_extended(function, PCI_CFG_SPACE_SIZE, PCI_EXT_CAP_ID_ACS, 0);
	fake_put16(function, PCI_CFG_SPACE_SIZE + PCI_ACS_CAP, capability);
	fake_put16(function, PCI_CFG_SPACE_SIZE + PCI_ACS_CTRL, control);
}

/* As firmware does: depth first, each bridge with the numbers of all below it. */
static void number_below(struct fake_host *host, const struct fake_function *bridge, u8 bus)
{
	struct fake_function *function;

	list_for_each_entry(function, &host->functions, node) {
		u8 secondary;

		if (function->above != bridge)
			continue;
		function->bus = bus;
		if (!is_bridge(function))
			continue;
		secondary = ++host->buses;
		number_below(host, function, secondary);
		function->space[PCI_PRIMARY_BUS / 4] = bus | secondary << 8 | host->buses << 16;
	}
}

static void remove_host(struct kunit_resource *resource)
{
	struct fake_host *host = resource->data;
	struct pci_host_bridge *bridge = to_pci_host_bridge(host->root->bridge);

	pci_lock_rescan_remove();
	pci_stop_root_bus(host->root);
	pci_remove_root_bus(host->root);
	pci_unlock_rescan_remove();
	/* The reference that pci_create_root_bus() leaves. */
	pci_free_host_bridge(bridge);
}

/**
 * fake_host_scan() - number the buses and let the kernel find the functions
 * @test: removes the bus at its end
 * @host: the host; functions that are added later are found by a rescan only
 */
void fake_host_scan(struct kunit *test, struct fake_host *host)
{
	LIST_HEAD(resources);

	number_below(host, NULL, 0);
	pci_add_resource(&resources, &host->numbers);
	pci_lock_rescan_remove();
	host->root = pci_create_root_bus(NULL, 0, &host->ops, &host->sysdata, &resources);
	if (host->root)
		pci_scan_child_bus(host->root);
	pci_unlock_rescan_remove();
	pci_free_resource_list(&resources);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, host->root);
	owned(test, remove_host, host);
}

/**
 * fake_pdev() - what the kernel made of a function
 * @test: fails where it did not find the function
 * @function: the function, scanned
 *
 * Return: valid as long as the function is there; without a reference.
 */
struct pci_dev *fake_pdev(struct kunit *test, const struct fake_function *function)
{
	struct pci_dev *pdev = pci_get_domain_bus_and_slot(function->host->sysdata.domain,
							   function->bus, function->devfn);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev);
	pci_dev_put(pdev);
	return pdev;
}

/**
 * fake_remove() - take a function out, with all below it
 * @test: the test
 * @function: the function, scanned
 */
void fake_remove(struct kunit *test, struct fake_function *function)
{
	pci_stop_and_remove_bus_device_locked(fake_pdev(test, function));
	function->absent = true;
}
