/* SPDX-License-Identifier: GPL-2.0 */
/* The PCI functions present, each held by a reference. */
#ifndef IOW_ROSTER_H
#define IOW_ROSTER_H

struct pci_dev;

/**
 * struct iow_relatives - other functions that say something about one
 * @upstream: the bridge above, NULL on a root bus
 * @physfn: the physical function of a virtual one, or NULL
 * @dma_device: the function that issues its requests, or NULL if it does
 *
 * The caller holds a reference on each.
 */
struct iow_relatives {
	struct pci_dev *upstream;
	struct pci_dev *physfn;
	struct pci_dev *dma_device;
};

/**
 * struct iow_roster - all functions, sorted by iow_device_key()
 * @functions: references
 * @count: entries
 * @room: how many entries @functions has room for
 */
struct iow_roster {
	struct pci_dev **functions;
	unsigned int count;
	unsigned int room;
};

int iow_roster_take(struct iow_roster *roster);
void iow_roster_drop(struct iow_roster *roster);
int iow_roster_find(const struct iow_roster *roster, const struct pci_dev *pdev);
struct iow_relatives iow_roster_relatives(const struct iow_roster *roster, struct pci_dev *pdev);

#endif /* IOW_ROSTER_H */
