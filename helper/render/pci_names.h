/* SPDX-License-Identifier: GPL-2.0 */
/* Names of vendors, devices and classes, from pci.ids. */
#ifndef RENDER_PCI_NAMES_H
#define RENDER_PCI_NAMES_H

#include "model/device.h"

struct pci_names;

/**
 * pci_names_open() - open the list of names
 * @file: pci.ids to use; NULL or "" for the one that libpci was built with
 *
 * Return: names for pci_names_close(), or NULL without memory. A list that is
 * missing or broken is no error: then names are numbers.
 */
struct pci_names *pci_names_open(const char *file);

/** pci_names_close() - close it; NULL is fine */
void pci_names_close(struct pci_names *names);

/**
 * pci_names_device() - vendor and device
 * @names: NULL: numbers only
 *
 * Return: new text, safe for a terminal, that the caller frees; NULL without
 * memory.
 */
char *pci_names_device(struct pci_names *names, const struct device *device);

/** pci_names_class() - what kind of device it is; as pci_names_device() */
char *pci_names_class(struct pci_names *names, const struct device *device);

#endif
