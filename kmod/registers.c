// SPDX-License-Identifier: GPL-2.0
#include <linux/pci.h>
#include <linux/iowarden.h>
#include "registers.h"

struct live_config {
	struct iow_config config;
	struct pci_dev *pdev;
};

static void read_live(const struct iow_config *config, int where, u32 *value)
{
	const struct live_config *live = container_of(config, struct live_config, config);

	/* Not pci_user_read_config_dword(): that one waits for a reset to end. */
	if (pci_read_config_dword(live->pdev, where, value))
		*value = ~0U;
}

/*
 * Root ports with the ACS registers as double words; Intel's errata for the
 * 100, 200 series and 8th-generation chipsets, as listed by the kernel in
 * pci_quirk_intel_spt_pch_acs_match().
 */
static const struct {
	u16 first, last;
} dword_ports[] = {
	{ 0x9d10, 0x9d1b },
	{ 0xa110, 0xa11f },
	{ 0xa167, 0xa16a },
	{ 0xa290, 0xa29f },
	{ 0xa2e7, 0xa2ee },
};

static bool has_dwords(const struct pci_dev *pdev)
{
	int i;

	if (pdev->vendor != PCI_VENDOR_ID_INTEL || pci_pcie_type(pdev) != PCI_EXP_TYPE_ROOT_PORT)
		return false;
	for (i = 0; i < ARRAY_SIZE(dword_ports); i++)
		if (pdev->device >= dword_ports[i].first && pdev->device <= dword_ports[i].last)
			return true;
	return false;
}

/*
 * Configuration space of a function in D3hot answers; behind a bridge in D3hot
 * or below, and in D3cold, nothing does. PCI_UNKNOWN is what a function without
 * a driver is in.
 */
static bool is_asleep(const struct pci_dev *pdev, struct pci_dev *upstream)
{
	if (READ_ONCE(pdev->current_state) == PCI_D3cold)
		return true;
	for (; upstream; upstream = upstream->bus->self) {
		pci_power_t state = READ_ONCE(upstream->current_state);

		if (state == PCI_D3hot || state == PCI_D3cold)
			return true;
	}
	return false;
}

/* Why the registers should not even be tried, 0 if they can be. */
static int obstacle(const struct pci_dev *pdev, struct pci_dev *upstream)
{
	if (pdev->error_state == pci_channel_io_perm_failure)
		return IOWARDEN_REASON_GONE;
	if (is_asleep(pdev, upstream))
		return IOWARDEN_REASON_ASLEEP;
	if (pdev->block_cfg_access || pdev->error_state == pci_channel_io_frozen)
		return IOWARDEN_REASON_BUSY;
	if (pdev->cfg_size <= PCI_CFG_SPACE_SIZE)
		return IOWARDEN_REASON_NO_ACCESS;
	return 0;
}

/*
 * Does the function answer? A virtual function has all ones for a vendor ID by
 * specification (SR-IOV 3.4.1.1), so it is asked for its class instead. Vendor
 * ID 0x0001 is a device that asks to be retried after a reset (PCIe base
 * specification, 2.3.2); some show 0 then, see pci_bus_generic_read_dev_vendor_id().
 */
static int absence(const struct live_config *live)
{
	u32 value;

	read_live(&live->config, live->pdev->is_virtfn ? PCI_CLASS_REVISION : PCI_VENDOR_ID,
		  &value);
	if (value == ~0U)
		return IOWARDEN_REASON_GONE;
	if (!live->pdev->is_virtfn && (value & 0xffff) <= 0x0001)
		return IOWARDEN_REASON_BUSY;
	return 0;
}

static int read_present(const struct live_config *live, struct iow_acs *acs)
{
	int reason = iow_acs_read(&live->config, has_dwords(live->pdev), acs);
	int after = absence(live);

	if (after)
		return after;
	/* All ones in the list of a function that answers: the list is at fault. */
	return reason == IOWARDEN_REASON_GONE ? IOWARDEN_REASON_MALFORMED : reason;
}

/**
 * iow_registers_read() - read the ACS registers of a function
 * @pdev: the function; the caller holds a reference
 * @upstream: the bridge above, or NULL on a root bus; with a reference too
 * @acs: filled; all zero where there is no ACS capability or on failure
 *
 * Wakes nothing, waits for nothing: a function asleep, in reset or gone is
 * reported as such. A conventional function has no ACS capability.
 *
 * Context: process context; takes no lock, does not sleep.
 * Return: 0, or why the capability is not known (enum iowarden_reason).
 */
int iow_registers_read(struct pci_dev *pdev, struct pci_dev *upstream, struct iow_acs *acs)
{
	struct live_config live = {
		.config = { .read = read_live, .size = pdev->cfg_size },
		.pdev = pdev,
	};
	int reason;

	memset(acs, 0, sizeof(*acs));
	if (!pci_is_pcie(pdev))
		return 0;
	reason = obstacle(pdev, upstream);
	if (reason)
		return reason;
	reason = absence(&live) ?: read_present(&live, acs);
	/* If it fell asleep or into a reset under our eyes, say that. */
	reason = obstacle(pdev, upstream) ?: reason;
	if (reason)
		memset(acs, 0, sizeof(*acs));
	return reason;
}
