// SPDX-License-Identifier: GPL-2.0
/*
 * Snapshots: positions in them, how long they are served, and that one
 * generation stands for one set of functions. The source is included, for its
 * clock, its generation and the lock that a reader holds.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include "fake_bus.h"
#include "suite.h"

#include "snapshot.c"

#define SEGMENT		0x1000
/* So long what should happen may take. */
#define PATIENCE_MS	20000

static struct iow_snapshot *get(struct kunit *test, bool fresh)
{
	struct iow_snapshot *snapshot = iow_snapshot_get(fresh);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, snapshot);
	return snapshot;
}

static void position_of_a_function(struct kunit *test)
{
	static struct iow_device devices[] = {
		{ .segment = 0, .bdf = 0x0008 }, { .segment = 0, .bdf = 0xffff },
		{ .segment = 1, .bdf = 0x0000 }, { .segment = 0xffffffff, .bdf = 0xffff },
	};
	static const struct {
		u64 key;
		unsigned int index;
	} rows[] = {
		{ 0, 0 }, { IOW_KEY(0, 8), 0 }, { IOW_KEY(0, 9), 1 }, { IOW_KEY(0, 0xffff), 1 },
		{ IOW_KEY(0, 0xffff) + 1, 2 }, { IOW_KEY(1, 0), 2 }, { IOW_KEY(1, 1), 3 },
		{ IOW_KEY(0xffffffff, 0xffff), 3 }, { IOW_KEY(0xffffffff, 0xffff) + 1, 4 },
		{ U64_MAX, 4 },
	};
	const struct iow_snapshot snapshot = {
		.devices = devices, .device_count = ARRAY_SIZE(devices),
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ_MSG(test, iow_snapshot_device_from(&snapshot, rows[i].key),
				    rows[i].index, "key %llx", rows[i].key);
}

static void position_of_a_group(struct kunit *test)
{
	struct iow_group some[] = { { .id = 0 }, { .id = 7 }, { .id = 0xffffffff } };
	static const struct {
		u64 id;
		unsigned int index;
	} rows[] = {
		{ 0, 0 }, { 1, 1 }, { 7, 1 }, { 8, 2 }, { 0xffffffff, 2 }, { 0x100000000, 3 },
	};
	const struct iow_snapshot snapshot = { .groups = some, .group_count = ARRAY_SIZE(some) };
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ_MSG(test, iow_snapshot_group_from(&snapshot, rows[i].id),
				    rows[i].index, "id %llx", rows[i].id);
}

static void nothing_is_found_in_an_empty_one(struct kunit *test)
{
	static const struct iow_snapshot empty;

	KUNIT_EXPECT_EQ(test, iow_snapshot_device_from(&empty, 0), 0);
	KUNIT_EXPECT_EQ(test, iow_snapshot_group_from(&empty, 0), 0);
}

static void one_is_shared_as_long_as_it_lives(struct kunit *test)
{
	struct iow_snapshot *first = get(test, true), *second, *third;

	/* However long this thread is kept from running. */
	newest->expires = jiffies + 3600 * HZ;
	second = get(test, false);
	KUNIT_EXPECT_PTR_EQ(test, first, second);
	newest->expires = jiffies - 1;
	third = get(test, false);
	KUNIT_EXPECT_PTR_NE(test, first, third);
	KUNIT_EXPECT_EQ(test, first->generation, third->generation);
	iow_snapshot_put(third);
	iow_snapshot_put(second);
	iow_snapshot_put(first);
}

static void fresh_one_is_another(struct kunit *test)
{
	struct iow_snapshot *first = get(test, false), *second = get(test, true);

	KUNIT_EXPECT_PTR_NE(test, first, second);
	KUNIT_EXPECT_EQ(test, first->generation, second->generation);
	iow_snapshot_put(second);
	iow_snapshot_put(first);
}

static void life_grows_with_the_cost_and_is_short_while_busy(struct kunit *test)
{
	static const struct iow_snapshot settled, busy = { .busy = true };

	KUNIT_EXPECT_EQ(test, life(&settled, 0), HZ);
	KUNIT_EXPECT_EQ(test, life(&settled, HZ), 20 * HZ);
	KUNIT_EXPECT_EQ(test, life(&busy, 0), msecs_to_jiffies(50));
	KUNIT_EXPECT_EQ(test, life(&busy, HZ), 20 * HZ);
}

static void older_generation_is_not_served(struct kunit *test)
{
	struct iow_snapshot *first = get(test, false), *second;

	iow_snapshot_advance();
	second = get(test, false);
	KUNIT_EXPECT_PTR_NE(test, first, second);
	KUNIT_EXPECT_EQ(test, second->generation, first->generation + 1);
	iow_snapshot_put(second);
	iow_snapshot_put(first);
}

static void generation_is_never_0(struct kunit *test)
{
	const int before = atomic_read(&moves);
	int i;

	atomic_set(&moves, -3);
	for (i = 0; i < 5; i++) {
		KUNIT_EXPECT_NE(test, generation(), 0);
		iow_snapshot_advance();
	}
	atomic_set(&moves, before);
}

static void functions_and_groups_are_in_order(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct iow_snapshot *snapshot;
	unsigned int i, members = 0, grouped = 0;

	fake_function(test, host, NULL, PCI_DEVFN(3, 0), PCI_EXP_TYPE_RC_END);
	fake_function(test, host, NULL, PCI_DEVFN(2, 0), PCI_EXP_TYPE_RC_END);
	fake_host_scan(test, host);
	snapshot = get(test, true);
	KUNIT_EXPECT_GE(test, snapshot->device_count, 2U);
	for (i = 1; i < snapshot->device_count; i++)
		KUNIT_EXPECT_LT(test, IOW_KEY(snapshot->devices[i - 1].segment,
					      snapshot->devices[i - 1].bdf),
				IOW_KEY(snapshot->devices[i].segment, snapshot->devices[i].bdf));
	for (i = 1; i < snapshot->group_count; i++)
		KUNIT_EXPECT_LT(test, snapshot->groups[i - 1].id, snapshot->groups[i].id);
	for (i = 0; i < snapshot->group_count; i++)
		members += snapshot->groups[i].pci_devices;
	for (i = 0; i < snapshot->device_count; i++)
		grouped += snapshot->devices[i].has_group;
	KUNIT_EXPECT_EQ(test, members, grouped);
	/* The machine that runs this has an IOMMU, or the sums say little. */
	KUNIT_EXPECT_GT(test, grouped, 0U);
	iow_snapshot_put(snapshot);
}

/* Nobody told that it went: hotplug.c does not run here. */
static void one_generation_stands_for_one_set_of_functions(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	struct iow_snapshot *before, *same, *after;
	unsigned int i;

	fake_host_scan(test, host);
	before = get(test, true);
	same = get(test, true);
	KUNIT_EXPECT_EQ(test, before->generation, same->generation);
	fake_remove(test, function);
	after = get(test, true);
	KUNIT_EXPECT_NE(test, before->generation, after->generation);
	KUNIT_EXPECT_EQ(test, before->device_count, after->device_count + 1);
	/* The old one is as it was. */
	i = iow_snapshot_device_from(before, IOW_KEY(SEGMENT, 0));
	KUNIT_EXPECT_EQ(test, before->devices[i].vendor, FAKE_VENDOR);
	iow_snapshot_put(after);
	iow_snapshot_put(same);
	iow_snapshot_put(before);
}

/**
 * struct removal - a removal in another thread
 * @work: does it
 * @pdev: what is removed
 * @done: it is
 */
struct removal {
	struct work_struct work;
	struct pci_dev *pdev;
	struct completion done;
};

static void do_removal(struct work_struct *work)
{
	struct removal *removal = container_of(work, struct removal, work);

	pci_stop_and_remove_bus_device_locked(removal->pdev);
	complete_all(&removal->done);
}

static bool is_on_its_bus(void)
{
	struct pci_dev *pdev = pci_get_domain_bus_and_slot(SEGMENT, 0, 0);

	pci_dev_put(pdev);
	return pdev;
}

/* Somebody waits for the lock that a reader holds. */
static bool is_waited_for(void)
{
	bool waited_for;

	raw_spin_lock(&reading.wait_lock);
	waited_for = !list_empty(&reading.wait_list);
	raw_spin_unlock(&reading.wait_lock);
	return waited_for;
}

/* Between any two steps of a reader: the IOMMU core takes it from its group afterwards. */
static void removal_waits_for_the_reader(struct kunit *test)
{
	struct fake_host *host = fake_host(test, SEGMENT);
	struct fake_function *function = fake_function(test, host, NULL, 0, PCI_EXP_TYPE_RC_END);
	struct removal removal;
	unsigned long start = jiffies;

	fake_host_scan(test, host);
	removal.pdev = fake_pdev(test, function);
	init_completion(&removal.done);
	INIT_WORK_ONSTACK(&removal.work, do_removal);
	KUNIT_ASSERT_EQ(test, bus_register_notifier(&pci_bus_type, &barrier), 0);
	mutex_lock(&reading);
	schedule_work(&removal.work);
	/* First it goes off its bus, so that no new reader finds it; then it waits. */
	while (!is_waited_for() && !completion_done(&removal.done) &&
	       time_before(jiffies, start + msecs_to_jiffies(PATIENCE_MS)))
		msleep(20);
	KUNIT_EXPECT_TRUE(test, is_waited_for());
	KUNIT_EXPECT_FALSE(test, is_on_its_bus());
	KUNIT_EXPECT_FALSE(test, completion_done(&removal.done));
	mutex_unlock(&reading);
	wait_for_completion(&removal.done);
	flush_work(&removal.work);
	destroy_work_on_stack(&removal.work);
	bus_unregister_notifier(&pci_bus_type, &barrier);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(position_of_a_function),
	KUNIT_CASE(position_of_a_group),
	KUNIT_CASE(nothing_is_found_in_an_empty_one),
	KUNIT_CASE(one_is_shared_as_long_as_it_lives),
	KUNIT_CASE(fresh_one_is_another),
	KUNIT_CASE(life_grows_with_the_cost_and_is_short_while_busy),
	KUNIT_CASE(older_generation_is_not_served),
	KUNIT_CASE(generation_is_never_0),
	KUNIT_CASE(functions_and_groups_are_in_order),
	KUNIT_CASE(one_generation_stands_for_one_set_of_functions),
	KUNIT_CASE(removal_waits_for_the_reader),
	{ }
};

static void drop_newest(struct kunit_suite *suite)
{
	iow_snapshot_stop();
}

static struct kunit_suite suite = {
	.name = "iowarden_snapshot",
	.suite_exit = drop_newest,
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: the machine at one moment");
MODULE_LICENSE("GPL");
