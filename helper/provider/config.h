/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Configuration space into a device record, through libpci: whatever libpci can
 * open, sysfs or a dump of lspci, is read by the same code.
 */
#ifndef PROVIDER_CONFIG_H
#define PROVIDER_CONFIG_H

#include <pci/pci.h>

#include "model/device.h"

/** config_conventional() - fill in what is sure of a function without PCIe */
void config_conventional(struct device *device);

/**
 * config_read() - header type, port type, ACS, ATS, PRI, PASID and MPC
 * @pci: of the device; nothing is written and names are not looked up
 * @device: has vendor, device and physfn already, and its port type if the
 *	caller knows that it is conventional
 * @multifunction: set to bit 7 of the header type, or left as it is
 *
 * What cannot be read stays unknown, and acs_unknown says why. libpci ends the
 * program by its error function when memory runs out.
 */
void config_read(struct pci_dev *pci, struct device *device,
		 bool *multifunction);

/** config_dword() - four bytes of configuration space; whether they are there */
bool config_dword(struct pci_dev *pci, unsigned int at, uint32_t *value);

/** config_find_extended() - offset of an extended capability; 0 if not seen */
unsigned int config_find_extended(struct pci_dev *pci, uint16_t id);

/** config_has_dwords() - whether its ACS registers are double words */
bool config_has_dwords(const struct device *device);

#endif
