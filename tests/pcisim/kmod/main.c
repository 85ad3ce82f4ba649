// SPDX-License-Identifier: GPL-2.0
/*
 * Simulated PCI machines, for guests only: what a table in a file says is found by
 * the kernel in PCI segments of its own, and an IOMMU driver that does nothing else
 * lets the kernel's own code form the groups. Documentation/testing.md says how a
 * machine is described and what cannot be simulated.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include "blob.h"
#include "host.h"
#include "stub_iommu.h"
#include "table.h"
#include "virtual.h"

static char *blob = "/vm/pcisim.bin";
module_param(blob, charp, 0444);
MODULE_PARM_DESC(blob, "path of the file with the functions (/vm/pcisim.bin)");

static bool bind;
module_param(bind, bool, 0444);
MODULE_PARM_DESC(bind, "let drivers have the functions (N)");

static bool early;
module_param(early, bool, 0444);
MODULE_PARM_DESC(early, "register the IOMMU before functions are found: all are hot-plugged (N)");

static struct pcisim_table table;
static LIST_HEAD(hosts);

/* Serializes what changes the machine: loading, unloading and revealing. */
static DEFINE_MUTEX(machine_lock);
static bool machine_is_up;
static bool reveal = true;

/*
 * The kernel sets these bits outside of configuration space, where nothing is
 * simulated; and then remembers that it did.
 */
static void mark_pch_ports(void)
{
	struct pcisim_function *function;
	unsigned long address;

	pcisim_for_each_function(&table, address, function) {
		struct pci_dev *pdev = NULL;

		if (function->flags & BLOB_PCH_ACS)
			pdev = pci_get_domain_bus_and_slot(function->segment, function->bus,
							   function->devfn);
		if (pdev)
			pdev->dev_flags |= PCI_DEV_FLAGS_ACS_ENABLED_QUIRK;
		pci_dev_put(pdev);
	}
}

/* Functions that are hot-plugged come, and are found by what is left of a rescan. */
static int reveal_functions(void)
{
	struct pcisim_function *function;
	unsigned long address;

	pcisim_for_each_function(&table, address, function)
		WRITE_ONCE(function->absent, false);
	pcisim_hosts_scan_again(&hosts);
	if (bind)
		pcisim_hosts_bind(&hosts);
	return pcisim_virtual_enable(&table);
}

/*
 * As a machine boots: IOMMU drivers start when all devices have been found. The
 * other way round the groups differ, because a function is grouped before the kernel
 * has seen what else its slot holds.
 */
static int raise_machine(void)
{
	int err;

	err = early ? pcisim_iommu_register() : 0;
	if (err)
		return err;
	err = pcisim_hosts_scan(&hosts, &table);
	if (err)
		return err;
	mark_pch_ports();
	err = early ? 0 : pcisim_iommu_register();
	if (err)
		return err;
	if (bind)
		pcisim_hosts_bind(&hosts);
	err = pcisim_virtual_enable(&table);
	if (err || !reveal)
		return err;
	return reveal_functions();
}

/* Whatever of it is up. */
static void lower_machine(void)
{
	pcisim_virtual_disable();
	pcisim_hosts_remove(&hosts);
	pcisim_iommu_unregister();
	pcisim_table_free(&table);
}

static int reveal_set(const char *value, const struct kernel_param *param)
{
	bool was = reveal;
	int err;

	mutex_lock(&machine_lock);
	err = param_set_bool(value, param);
	if (!err && machine_is_up && reveal != was) {
		if (reveal)
			err = reveal_functions();
		else
			err = -EINVAL;	/* what has come cannot be hidden again */
		if (err)
			reveal = was;
	}
	mutex_unlock(&machine_lock);
	return err;
}

static const struct kernel_param_ops reveal_ops = {
	.set = reveal_set,
	.get = param_get_bool,
};

module_param_cb(reveal, &reveal_ops, &reveal, 0644);
MODULE_PARM_DESC(reveal, "hot-plugged functions come: at once, or when this is written (Y)");

static int __init pcisim_init(void)
{
	int err;

	mutex_lock(&machine_lock);
	err = pcisim_table_load(&table, blob);
	if (err) {
		pr_err("no machine in %s (%d)\n", blob, err);
	} else {
		err = raise_machine();
		if (err)
			lower_machine();
	}
	machine_is_up = !err;
	mutex_unlock(&machine_lock);
	return err;
}

static void __exit pcisim_exit(void)
{
	mutex_lock(&machine_lock);
	machine_is_up = false;
	lower_machine();
	mutex_unlock(&machine_lock);
}

module_init(pcisim_init);
module_exit(pcisim_exit);

MODULE_DESCRIPTION("Test mock: simulated PCI machines");
MODULE_LICENSE("GPL");
