// SPDX-License-Identifier: GPL-2.0
#include <linux/async.h>
#include <linux/pci.h>
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

static void disable(void *data, async_cookie_t cookie)
{
	struct pci_dev *pdev = data;

	pci_disable_sriov(pdev);
	pci_dev_put(pdev);
}

/**
 * pcisim_virtual_disable() - remove all virtual functions, whoever made them
 *
 * The kernel gives each physical function a second for it, so they have it
 * together.
 */
void pcisim_virtual_disable(void)
{
	struct pci_dev *pdev = NULL;

	for_each_pci_dev(pdev) {
		if (pcisim_host_function(pdev) && pci_num_vf(pdev))
			async_schedule_domain(disable, pci_dev_get(pdev), &disabling);
	}
	async_synchronize_full_domain(&disabling);
}
