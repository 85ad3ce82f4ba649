// SPDX-License-Identifier: GPL-2.0
/*
 * The name of a driver is safe to read under the device lock, but that lock is
 * not ours to take, not even to try: vfio tries it once to reset a function that
 * a guest gives back, and goes without the reset if it fails
 * (vfio_pci_core_disable()). So the drivers are asked for their functions
 * instead: both lists hold an entry while it is looked at, and whoever takes it
 * off waits for that moment (klist_remove()).
 */
#include <linux/pci.h>
#include <linux/iowarden.h>
#include "bindings.h"
#include "device.h"
#include "roster.h"

struct search {
	const struct iow_roster *roster;
	struct iow_device *devices;
	const struct pci_driver *driver;
};

static int note_function(struct device *dev, void *data)
{
	const struct search *search = data;
	int i = iow_roster_find(search->roster, to_pci_dev(dev));

	/* One that came after the roster is in the next snapshot. */
	if (i < 0)
		return 0;
	strscpy(search->devices[i].driver, search->driver->driver.name, IOW_DRIVER_SIZE);
	search->devices[i].driver_managed_dma = search->driver->driver_managed_dma;
	return 0;
}

static int note_driver(struct device_driver *driver, void *data)
{
	struct search *search = data;

	search->driver = to_pci_driver(driver);
	return driver_for_each_device(driver, NULL, search, note_function);
}

/*
 * A function with a driver that is not on the driver's list, or the reverse, is
 * being bound or unbound. The pointer is compared, not followed.
 */
static void check_settled(const struct pci_dev *pdev, struct iow_device *device)
{
	const bool listed = device->driver[0];

	if (listed == !!READ_ONCE(pdev->dev.driver))
		return;
	memset(device->driver, 0, sizeof(device->driver));
	device->driver_managed_dma = false;
	device->driver_unknown = IOWARDEN_REASON_BUSY;
}

/**
 * iow_bindings_read() - read which driver each function has
 * @roster: the functions
 * @devices: one for each of @roster, in its order; the driver is filled
 *
 * Context: process context; may sleep, but takes no device lock.
 */
void iow_bindings_read(const struct iow_roster *roster, struct iow_device *devices)
{
	struct search search = { .roster = roster, .devices = devices };
	unsigned int i;

	bus_for_each_drv(&pci_bus_type, NULL, &search, note_driver);
	for (i = 0; i < roster->count; i++)
		check_settled(roster->functions[i], &devices[i]);
}
