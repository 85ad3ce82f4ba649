// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include "device.h"
#include "roster.h"

/* Room for functions that come between counting and taking. */
#define SPARE	16
/* How often more than that may come before we give up. */
#define TRIES	5

static int by_key(const void *a, const void *b)
{
	u64 first = iow_device_key(*(struct pci_dev *const *)a);
	u64 second = iow_device_key(*(struct pci_dev *const *)b);

	return first < second ? -1 : first > second;
}

static int count_function(struct device *dev, void *data)
{
	++*(unsigned int *)data;
	return 0;
}

static int take_function(struct device *dev, void *data)
{
	struct iow_roster *roster = data;

	if (roster->count == roster->room)
		return -EAGAIN;
	roster->functions[roster->count++] = pci_dev_get(to_pci_dev(dev));
	return 0;
}

/*
 * Not for_each_pci_dev(): that starts again from the front when the function it
 * stands on is removed, and would deliver some twice.
 */
static int take_functions(struct iow_roster *roster)
{
	unsigned int count = 0;
	int err;

	bus_for_each_dev(&pci_bus_type, NULL, &count, count_function);
	roster->count = 0;
	roster->room = count + SPARE;
	roster->functions = kvcalloc(roster->room, sizeof(*roster->functions), GFP_KERNEL);
	if (!roster->functions)
		return -ENOMEM;
	err = bus_for_each_dev(&pci_bus_type, NULL, roster, take_function);
	if (err)
		iow_roster_drop(roster);
	return err;
}

/**
 * iow_roster_take() - take a reference on every PCI function
 * @roster: filled, sorted
 *
 * Context: process context; may sleep.
 * Return: 0, -ENOMEM, or -EAGAIN if ever more functions came; then @roster is
 *	   empty.
 */
int iow_roster_take(struct iow_roster *roster)
{
	int tries = TRIES;
	int err;

	do
		err = take_functions(roster);
	while (err == -EAGAIN && --tries);
	if (!err)
		sort(roster->functions, roster->count, sizeof(*roster->functions), by_key, NULL);
	return err;
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

/**
 * iow_roster_find() - place of a function on the roster
 * @roster: the roster
 * @pdev: the function; alive
 *
 * Context: any.
 * Return: index into @roster->functions, -1 if it is not there.
 */
int iow_roster_find(const struct iow_roster *roster, const struct pci_dev *pdev)
{
	const u64 key = iow_device_key(pdev);
	unsigned int low = 0, high = roster->count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (iow_device_key(roster->functions[middle]) < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < roster->count && roster->functions[low] == pdev ? (int)low : -1;
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
