// SPDX-License-Identifier: GPL-2.0
/*
 * Which driver has a function, at each moment of its being bound and unbound:
 * a driver of the test's own takes the reading within its probe and remove.
 */
#include "bindings.h"
#include "device.h"
#include "fake_bus.h"
#include "owned.h"
#include "roster.h"
#include "suite.h"

#define SEGMENT		0x1000
#define NAME		"iowarden-kunit"
/* One character more than a reading has room for. */
#define LONG_NAME	"a-driver-with-a-name-that-is-longer-than-sixty-three-characters-1"

/* What was read of the function within probe and remove. */
static struct iow_device in_probe, in_remove;

/*
 * The function's own reading; the roster is taken anew each time. A function that
 * goes with its bus is off the roster before its driver is asked to let go.
 */
static void read_binding(const struct pci_dev *pdev, struct iow_device *device)
{
	struct iow_device *devices;
	struct iow_roster roster;
	int i;

	memset(device, 0, sizeof(*device));
	if (iow_roster_take(&roster))
		return;
	i = iow_roster_find(&roster, pdev);
	devices = kcalloc(roster.count, sizeof(*devices), GFP_KERNEL);
	if (devices && i >= 0) {
		iow_bindings_read(&roster, devices);
		*device = devices[i];
	}
	kfree(devices);
	iow_roster_drop(&roster);
}

static int probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	read_binding(pdev, &in_probe);
	return 0;
}

static void remove(struct pci_dev *pdev)
{
	read_binding(pdev, &in_remove);
}

static const struct pci_device_id ids[] = {
	{ PCI_DEVICE(FAKE_VENDOR, FAKE_DEVICE) },
	{ }
};

static void unregister(struct kunit_resource *resource)
{
	pci_unregister_driver(resource->data);
}

static struct pci_driver *make_driver(struct kunit *test, const char *name, bool managed)
{
	struct pci_driver *driver = kunit_kzalloc(test, sizeof(*driver), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, driver);
	driver->name = name;
	driver->id_table = ids;
	driver->probe = probe;
	driver->remove = remove;
	driver->driver_managed_dma = managed;
	/*
	 * Of no module: Linux 6.1 runs suites before the module has its place in
	 * sysfs, where a driver would make a link to it.
	 */
	KUNIT_ASSERT_EQ(test, __pci_register_driver(driver, NULL, NULL), 0);
	return owned(test, unregister, driver);
}

static struct pci_dev *make_function(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);

	fake_host_scan(test, host);
	return fake_pdev(test, function);
}

/* What pci_bus_add_device() does, of which only this is wanted. */
static void bind(struct kunit *test, struct pci_dev *pdev)
{
	pdev->match_driver = true;
	KUNIT_ASSERT_EQ(test, device_attach(&pdev->dev), 1);
}

/* A function bound to a driver of that name, and its reading. */
static void read_bound(struct kunit *test, const char *name, bool managed,
		       struct iow_device *device)
{
	struct pci_dev *pdev = make_function(test);

	make_driver(test, name, managed);
	bind(test, pdev);
	read_binding(pdev, device);
}

static void function_without_a_driver(struct kunit *test)
{
	struct iow_device device;

	make_driver(test, NAME, false);
	read_binding(make_function(test), &device);
	KUNIT_EXPECT_STREQ(test, device.driver, "");
	KUNIT_EXPECT_EQ(test, device.driver_unknown, 0);
}

static void function_with_a_driver(struct kunit *test)
{
	struct iow_device device;

	read_bound(test, NAME, false, &device);
	KUNIT_EXPECT_STREQ(test, device.driver, NAME);
	KUNIT_EXPECT_FALSE(test, device.driver_managed_dma);
	KUNIT_EXPECT_EQ(test, device.driver_unknown, 0);
}

static void driver_that_manages_dma_itself(struct kunit *test)
{
	struct iow_device device;

	read_bound(test, NAME, true, &device);
	KUNIT_EXPECT_STREQ(test, device.driver, NAME);
	KUNIT_EXPECT_TRUE(test, device.driver_managed_dma);
}

static void function_that_is_being_probed_is_busy(struct kunit *test)
{
	struct pci_dev *pdev = make_function(test);

	make_driver(test, NAME, true);
	bind(test, pdev);
	KUNIT_EXPECT_STREQ(test, in_probe.driver, "");
	KUNIT_EXPECT_FALSE(test, in_probe.driver_managed_dma);
	KUNIT_EXPECT_EQ(test, in_probe.driver_unknown, IOWARDEN_REASON_BUSY);
}

/* The driver has it until its remove has returned. */
static void function_that_is_being_released_still_has_its_driver(struct kunit *test)
{
	struct pci_dev *pdev = make_function(test);
	struct iow_device device;

	make_driver(test, NAME, false);
	bind(test, pdev);
	device_release_driver(&pdev->dev);
	KUNIT_EXPECT_STREQ(test, in_remove.driver, NAME);
	KUNIT_EXPECT_EQ(test, in_remove.driver_unknown, 0);
	read_binding(pdev, &device);
	KUNIT_EXPECT_STREQ(test, device.driver, "");
	KUNIT_EXPECT_EQ(test, device.driver_unknown, 0);
}

static void long_name_is_cut_and_ended(struct kunit *test)
{
	struct iow_device device;

	read_bound(test, LONG_NAME, false, &device);
	KUNIT_EXPECT_EQ(test, strlen(device.driver), IOW_DRIVER_SIZE - 1);
	KUNIT_EXPECT_EQ(test, strncmp(device.driver, LONG_NAME, IOW_DRIVER_SIZE - 1), 0);
}

/* It came after the roster was taken, and has a driver already. */
static void function_that_is_not_on_the_roster_is_passed_over(struct kunit *test)
{
	struct iow_device *devices;
	struct iow_roster roster;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, iow_roster_take(&roster), 0);
	make_driver(test, NAME, false);
	bind(test, make_function(test));
	devices = kunit_kcalloc(test, roster.count, sizeof(*devices), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, devices);
	iow_bindings_read(&roster, devices);
	for (i = 0; i < roster.count; i++)
		KUNIT_EXPECT_NE(test, strcmp(devices[i].driver, NAME), 0);
	iow_roster_drop(&roster);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(function_without_a_driver),
	KUNIT_CASE(function_with_a_driver),
	KUNIT_CASE(driver_that_manages_dma_itself),
	KUNIT_CASE(function_that_is_being_probed_is_busy),
	KUNIT_CASE(function_that_is_being_released_still_has_its_driver),
	KUNIT_CASE(long_name_is_cut_and_ended),
	KUNIT_CASE(function_that_is_not_on_the_roster_is_passed_over),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_bindings",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: which driver has which function");
MODULE_LICENSE("GPL");
