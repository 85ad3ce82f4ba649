/* SPDX-License-Identifier: GPL-2.0 */
/* Reading the ACS registers of a live function without disturbing it. */
#ifndef IOW_REGISTERS_H
#define IOW_REGISTERS_H

#include "acs.h"

struct pci_dev;

int iow_registers_read(struct pci_dev *pdev, struct pci_dev *upstream, struct iow_acs *acs);

#endif /* IOW_REGISTERS_H */
