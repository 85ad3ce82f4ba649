// SPDX-License-Identifier: GPL-2.0
/*
 * A mock, for guests only: makes the kernel believe that a port is in D3hot, as
 * long as this module is loaded. No bridge that QEMU emulates can be put there,
 * so what iowarden makes of a sleeping bridge cannot be seen otherwise.
 */
#include <linux/module.h>
#include <linux/pci.h>

static unsigned int bdf;
module_param(bdf, uint, 0444);
MODULE_PARM_DESC(bdf, "the port, bus << 8 | devfn, of segment 0");

static struct pci_dev *port;
static pci_power_t before;

static int __init asleep_init(void)
{
	port = pci_get_domain_bus_and_slot(0, bdf >> 8, bdf & 0xff);
	if (!port)
		return -ENODEV;
	before = port->current_state;
	port->current_state = PCI_D3hot;
	return 0;
}

static void __exit asleep_exit(void)
{
	port->current_state = before;
	pci_dev_put(port);
}

module_init(asleep_init);
module_exit(asleep_exit);

MODULE_DESCRIPTION("Test mock: a port that sleeps");
MODULE_LICENSE("GPL");
