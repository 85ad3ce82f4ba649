// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include "device.h"
#include "roster.h"

static int by_key(const void *a, const void *b)
{
	u64 first = iow_device_key(*(struct pci_dev *const *)a);
	u64 second = iow_device_key(*(struct pci_dev *const *)b);

	return first < second ? -1 : first > second;
}

static unsigned int count_functions(void)
{
	struct pci_dev *pdev = NULL;
	unsigned int count = 0;

	for_each_pci_dev(pdev)
		count++;
	return count;
}

/* Functions that appear between counting and taking are left for the next time. */
static void take_functions(struct iow_roster *roster, unsigned int room)
{
	struct pci_dev *pdev = NULL;

	for_each_pci_dev(pdev) {
		if (roster->count == room) {
			pci_dev_put(pdev);
			return;
		}
		roster->functions[roster->count++] = pci_dev_get(pdev);
	}
}

/**
 * iow_roster_take() - take a reference on every PCI function
 * @roster: filled, sorted
 *
 * Context: process context; may sleep.
 * Return: 0 or -ENOMEM, and then @roster is empty.
 */
int iow_roster_take(struct iow_roster *roster)
{
	unsigned int room = count_functions();

	roster->count = 0;
	roster->functions = kvcalloc(max(room, 1U), sizeof(*roster->functions), GFP_KERNEL);
	if (!roster->functions)
		return -ENOMEM;
	take_functions(roster, room);
	sort(roster->functions, roster->count, sizeof(*roster->functions), by_key, NULL);
	return 0;
}

/**
 * iow_roster_drop() - undo iow_roster_take()
 * @roster: the roster
 *
 * Context: process context; may sleep.
 */
void iow_roster_drop(struct iow_roster *roster)
{
	unsigned int i;

	for (i = 0; i < roster->count; i++)
		pci_dev_put(roster->functions[i]);
	kvfree(roster->functions);
}

/*
 * @pdev if it is on the roster, else NULL. A virtual function does not keep its
 * physical one alive, nor a function behind VMD the VMD device, so such a
 * pointer must not be followed before it is found here: it may be stale.
 */
static struct pci_dev *held(const struct iow_roster *roster, const struct pci_dev *pdev)
{
	unsigned int i;

	for (i = 0; pdev && i < roster->count; i++)
		if (roster->functions[i] == pdev)
			return roster->functions[i];
	return NULL;
}

static const struct pci_dev *real_dma_device(struct pci_dev *pdev)
{
#if IS_ENABLED(CONFIG_VMD)
	/* As pci_real_dma_dev() of x86, which is not exported. */
	if (is_vmd(pdev->bus))
		return to_pci_sysdata(pdev->bus)->vmd_dev;
#endif
	return NULL;
}

/**
 * iow_roster_relatives() - other functions that say something about one
 * @roster: the roster
 * @pdev: a function on it
 *
 * Context: process context.
 * Return: the relatives; valid as long as the roster is held. Bridges are kept
 *	   by the bus below them, and that by the functions on it.
 */
struct iow_relatives iow_roster_relatives(const struct iow_roster *roster, struct pci_dev *pdev)
{
	struct iow_relatives relatives = { };
	const struct pci_dev *seat = pdev;

	if (pdev->is_virtfn) {
		relatives.physfn = held(roster, pdev->physfn);
		seat = relatives.physfn;
	}
	if (seat && !pci_is_root_bus(seat->bus))
		relatives.upstream = seat->bus->self;
	relatives.dma_device = held(roster, real_dma_device(pdev));
	return relatives;
}
