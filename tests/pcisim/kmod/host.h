/* SPDX-License-Identifier: GPL-2.0 */
/* Root buses: where the kernel finds the simulated functions. */
#ifndef PCISIM_HOST_H
#define PCISIM_HOST_H

struct list_head;
struct pci_dev;
struct pcisim_function;
struct pcisim_table;

int pcisim_hosts_scan(struct list_head *hosts, struct pcisim_table *table);
void pcisim_hosts_scan_again(struct list_head *hosts);
void pcisim_hosts_bind(struct list_head *hosts);
void pcisim_hosts_remove(struct list_head *hosts);
struct pcisim_function *pcisim_host_function(struct pci_dev *pdev);

#endif /* PCISIM_HOST_H */
