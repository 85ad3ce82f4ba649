/* SPDX-License-Identifier: GPL-2.0 */
/* The PCI functions present, each held by a reference. */
#ifndef IOW_ROSTER_H
#define IOW_ROSTER_H

#include "device.h"

struct pci_dev;

/**
 * struct iow_roster - all functions, sorted by iow_device_key()
 * @functions: references
 * @count: entries
 */
struct iow_roster {
	struct pci_dev **functions;
	unsigned int count;
};

int iow_roster_take(struct iow_roster *roster);
void iow_roster_drop(struct iow_roster *roster);
struct iow_relatives iow_roster_relatives(const struct iow_roster *roster, struct pci_dev *pdev);

#endif /* IOW_ROSTER_H */
