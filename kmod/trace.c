// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's tracepoint io_page_fault: what AMD-Vi and the SMMUv2 of Arm report
 * of themselves, whoever listens. Intel VT-d never does, nor do virtio-iommu and
 * the SMMUv3 (Linux 6.1 to 7.3).
 */
#include <linux/iommu.h>
#include <linux/iowarden.h>
#include <linux/moduleparam.h>
#include <linux/pci.h>
#include <linux/timekeeping.h>
#include <linux/tracepoint.h>
#include <trace/events/iommu.h>
#include "source.h"
#include "table.h"

static bool enabled = true;
module_param_named(trace, enabled, bool, 0444);
MODULE_PARM_DESC(trace, "count what IOMMU drivers tell by the tracepoint io_page_fault (default: yes)");

static struct iow_unit source = { .source = "trace" };
static struct iow_ledger *ledger;
static bool watching;

/* @device is NULL where the driver does not know whose request it was. */
static void fault_told(void *unused, struct device *device, unsigned long address, int flags)
{
	struct iow_fault fault = {
		.time = ktime_get_real_fast_ns(),
		.address = address,
		.has_address = true,
		.access = flags & IOMMU_FAULT_WRITE ? IOWARDEN_ACCESS_WRITE : IOWARDEN_ACCESS_READ,
	};

	if (!device || !dev_is_pci(device)) {
		iow_ledger_note(ledger, &source, IOW_UNIT_UNATTRIBUTED);
		return;
	}
	fault.segment = pci_domain_nr(to_pci_dev(device)->bus);
	fault.requester = pci_dev_id(to_pci_dev(device));
	iow_ledger_count(ledger, &source, &fault);
}

static int is_behind_iommu(struct device *device, void *unused)
{
	return device_iommu_mapped(device);
}

/* What is watched for, and what never comes this way: kernel.md, 5b to 5d. */
static struct iow_unit_state active(void)
{
	if (iow_table_is_there(ACPI_SIG_IVRS))
		return iow_unit_state(IOWARDEN_SOURCE_STATE_ACTIVE,
				      "AMD-Vi tells of page faults of devices that have a domain; not of interrupt remapping, of requester IDs without a device, or of errors in its tables");
	return iow_unit_state(IOWARDEN_SOURCE_STATE_UNPROVEN,
			      "whether this IOMMU driver tells the kernel of its faults is not known; virtio-iommu and SMMUv3 do not");
}

static struct iow_unit_state begin(void)
{
	if (!enabled)
		return iow_off("switched off by the module's parameter trace");
	if (iow_table_is_there(ACPI_SIG_DMAR))
		return iow_unit_state(IOWARDEN_SOURCE_STATE_ABSENT,
				      "Intel VT-d does not tell of faults this way; see vtd");
	if (iow_amdvi_is_wanted())
		return iow_off("amdvi counts instead, as the module's parameter asks");
	if (!bus_for_each_dev(&pci_bus_type, NULL, NULL, is_behind_iommu))
		return iow_unit_state(IOWARDEN_SOURCE_STATE_ABSENT,
				      "no PCI device is behind an IOMMU");
	if (register_trace_io_page_fault(fault_told, NULL))
		return iow_failed("the tracepoint io_page_fault takes no listener");
	watching = true;
	return active();
}

static int start(struct iow_ledger *to)
{
	int err = iow_ledger_add_unit(to, &source);

	if (err)
		return err;
	ledger = to;
	source.state = begin();
	return 0;
}

static void stop(void)
{
	if (!watching)
		return;
	unregister_trace_io_page_fault(fault_told, NULL);
	tracepoint_synchronize_unregister();
	watching = false;
}

static void free_units(void)
{
}

const struct iow_source iow_source_trace = {
	.start = start,
	.stop = stop,
	.free = free_units,
};
