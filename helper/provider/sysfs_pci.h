/* SPDX-License-Identifier: GPL-2.0 */
/* One PCI function as sysfs shows it. */
#ifndef PROVIDER_SYSFS_PCI_H
#define PROVIDER_SYSFS_PCI_H

#include <pci/pci.h>

#include "model/facts.h"

/** sysfs_origin - where this provider has each field of a device from */
extern const char *const sysfs_origin[DEVICE_FIELDS];

/**
 * sysfs_pci_read() - fill a device
 * @devices: open directory bus/pci/devices
 * @name: of the device in there
 * @access: libpci, open on the same tree
 * @device: empty but for its address
 *
 * Return: 0; -EAGAIN where the device went away meanwhile; -EBADMSG where sysfs
 * is not as the kernel makes it; another negative errno.
 */
int sysfs_pci_read(int devices, const char *name, struct pci_access *access,
		   struct device *device);

#endif
