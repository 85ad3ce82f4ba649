// SPDX-License-Identifier: GPL-2.0
#include <linux/async.h>
#include <linux/pci.h>
#include <linux/xarray.h>
#include "host.h"
#include "table.h"
#include "virtual.h"

static ASYNC_DOMAIN_EXCLUSIVE(disabling);

/**
 * pcisim_virtual_enable() - make the virtual functions that a table asks for
 * @table: whose functions have been found
 *
 * It does what a driver does when somebody writes to sriov_numvfs. Physical
 * functions that are not there yet are left out, and those that have theirs.
 *
 * Return: 0 or an error; then some may have been made.
 */
int pcisim_virtual_enable(struct pcisim_table *table)
{
	struct pcisim_function *function;
	unsigned long address;
	int err = 0;

	pcisim_for_each_function(table, address, function) {
		struct pci_dev *pdev = NULL;

		if (function->vfs)
			pdev = pci_get_domain_bus_and_slot(function->segment, function->bus,
							   function->devfn);
		if (!pdev)
			continue;
		if (!pci_num_vf(pdev))
			err = pci_enable_sriov(pdev, function->vfs);
		pci_dev_put(pdev);
		if (err)
			break;
	}
	return err;
}

/* Those of one bus in turn: virtual functions may share a bus, which goes with the last of them. */
static void disable(void *data, async_cookie_t cookie)
{
	struct pci_dev *first = data;
	struct pci_dev *pdev;

	list_for_each_entry(pdev, &first->bus->devices, bus_list) {
		if (pci_num_vf(pdev))
			pci_disable_sriov(pdev);
	}
	pci_dev_put(first);
}

static unsigned long bus_key(struct pci_dev *pdev)
{
	return (unsigned long)pci_domain_nr(pdev->bus) << 8 | pdev->bus->number;
}

/**
 * pcisim_virtual_disable() - remove all virtual functions, whoever made them
 *
 * The kernel gives each physical function a second for it, so buses have it
 * together.
 */
void pcisim_virtual_disable(void)
{
	struct pci_dev *pdev = NULL;
	DEFINE_XARRAY(firsts);
	unsigned long key;

	for_each_pci_dev(pdev) {
		if (!pcisim_host_function(pdev) || !pci_num_vf(pdev))
			continue;
		/* Without memory for it the bus has its second alone. */
		switch (xa_insert(&firsts, bus_key(pdev), pdev, GFP_KERNEL)) {
		case 0:
			pci_dev_get(pdev);
			break;
		case -EBUSY:
			break;
		default:
			pci_disable_sriov(pdev);
		}
	}
	/* Only now, as to look for others while functions go would race with it. */
	xa_for_each(&firsts, key, pdev)
		async_schedule_domain(disable, pdev, &disabling);
	async_synchronize_full_domain(&disabling);
	xa_destroy(&firsts);
}
