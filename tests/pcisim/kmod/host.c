// SPDX-License-Identifier: GPL-2.0
#include <linux/list.h>
#include <linux/pci.h>
#include "config.h"
#include "host.h"
#include "table.h"

/*
 * Private part of a host bridge. So the kernel keeps it as long as it keeps the
 * bridge, whoever holds a bus or a device.
 */
struct pcisim_host {
	struct pci_sysdata sysdata;	/* what x86 wants to know of a bus */
	struct resource buses;
	struct pcisim_table *table;
	struct list_head others;
};

static struct pcisim_function *function_at(struct pci_bus *bus, unsigned int devfn)
{
	struct pcisim_host *host = container_of(to_pci_sysdata(bus), struct pcisim_host, sysdata);

	return pcisim_table_find(host->table, pci_domain_nr(bus), bus->number, devfn);
}

static int config_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	*value = pcisim_config_read(function_at(bus, devfn), where, size);
	return PCIBIOS_SUCCESSFUL;
}

static int config_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	pcisim_config_write(function_at(bus, devfn), where, size, value);
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops config_ops = {
	.read = config_read,
	.write = config_write,
};

static struct pci_bus *bus_of(struct pcisim_host *host)
{
	return pci_host_bridge_from_priv(host)->bus;
}

static int scan_root(struct list_head *hosts, struct pcisim_table *table,
		     const struct pcisim_root *root)
{
	struct pci_host_bridge *bridge;
	struct pcisim_host *host;
	int err;

	bridge = pci_alloc_host_bridge(sizeof(*host));
	if (!bridge)
		return -ENOMEM;
	host = pci_host_bridge_priv(bridge);
	host->table = table;
	host->sysdata.domain = root->segment;
	host->sysdata.node = NUMA_NO_NODE;
	host->buses = (struct resource){ .name = "pcisim", .start = root->bus,
					 .end = root->last_bus, .flags = IORESOURCE_BUS };
	pci_add_resource(&bridge->windows, &host->buses);
	bridge->sysdata = &host->sysdata;
	bridge->busnr = root->bus;
	bridge->ops = &config_ops;

	pci_lock_rescan_remove();
	err = pci_scan_root_bus_bridge(bridge);
	pci_unlock_rescan_remove();
	if (err) {
		pci_free_host_bridge(bridge);
		return err;
	}
	list_add_tail(&host->others, hosts);
	return 0;
}

/**
 * pcisim_hosts_scan() - let the kernel find what a table holds
 * @hosts: an empty list, which gets the root buses
 * @table: functions and root buses; must stay
 *
 * No resources are assigned: nothing has any. Bus numbers are those that the
 * bridges have been given in the table.
 *
 * Return: 0 or an error; then some root buses may be in the list.
 */
int pcisim_hosts_scan(struct list_head *hosts, struct pcisim_table *table)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < table->root_count && !err; i++)
		err = scan_root(hosts, table, &table->roots[i]);
	return err;
}

/**
 * pcisim_hosts_scan_again() - let the kernel find what has come
 * @hosts: root buses
 */
void pcisim_hosts_scan_again(struct list_head *hosts)
{
	struct pcisim_host *host;

	pci_lock_rescan_remove();
	list_for_each_entry(host, hosts, others)
		pci_scan_child_bus(bus_of(host));
	pci_unlock_rescan_remove();
}

/**
 * pcisim_hosts_bind() - let drivers have the functions
 * @hosts: root buses
 */
void pcisim_hosts_bind(struct list_head *hosts)
{
	struct pcisim_host *host;

	pci_lock_rescan_remove();
	list_for_each_entry(host, hosts, others)
		pci_bus_add_devices(bus_of(host));
	pci_unlock_rescan_remove();
}

/**
 * pcisim_hosts_remove() - take away root buses and all that is on them
 * @hosts: root buses; empty afterwards
 */
void pcisim_hosts_remove(struct list_head *hosts)
{
	struct pcisim_host *host, *next;

	list_for_each_entry_safe(host, next, hosts, others) {
		struct pci_host_bridge *bridge = pci_host_bridge_from_priv(host);

		list_del(&host->others);
		pci_lock_rescan_remove();
		pci_stop_root_bus(bridge->bus);
		pci_remove_root_bus(bridge->bus);
		pci_unlock_rescan_remove();
		pci_free_host_bridge(bridge);
	}
}

/**
 * pcisim_host_function() - what is simulated of a device
 * @pdev: any PCI device
 *
 * Return: the function, NULL for a device that is not ours.
 */
struct pcisim_function *pcisim_host_function(struct pci_dev *pdev)
{
	return pdev->bus->ops == &config_ops ? function_at(pdev->bus, pdev->devfn) : NULL;
}
