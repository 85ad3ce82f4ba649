// SPDX-License-Identifier: GPL-2.0
/*
 * AMD-Vi: a probe where the kernel's driver begins to read a unit's event log, which
 * is then read alongside. Only if asked for, as nobody has seen it on hardware.
 * Registers and log are read through mappings of our own, found in the ACPI table
 * IVRS and in the unit, and never written.
 */
#include <linux/io.h>
#include <linux/iowarden.h>
#include <linux/kprobes.h>
#include <linux/mem_encrypt.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/suspend.h>
#include <linux/timekeeping.h>
#include "amdvi_log.h"
#include "glance.h"
#include "ivrs.h"
#include "probe_lock.h"
#include "source.h"
#include "table.h"

#define SOURCE		"amdvi"
/* As much of the registers as has those of amdvi_log.h. */
#define REGISTERS	SZ_16K

static bool enabled;
module_param_named(amdvi, enabled, bool, 0444);
MODULE_PARM_DESC(amdvi, "read AMD-Vi's event log rather than listen to the tracepoint (default: no)");

/**
 * struct amdvi - a unit, and how it is reached
 * @log: its event log, and through it its counts
 * @base: our mapping of its registers, or NULL
 * @ring: our mapping of the log, or NULL
 * @lock: of @log; the driver may read a log in two threads
 * @argument: what the driver's reader is called with for it, once known
 * @wakes: of the machine, when @log was read last
 * @glance: whether it logs anything
 */
struct amdvi {
	struct iow_amdvi_log log;
	void __iomem *base;
	void *ring;
	raw_spinlock_t lock;
	const void *argument;
	unsigned int wakes;
	struct iow_glance glance;
};

/*
 * What struct amd_iommu of drivers/iommu/amd/amd_iommu_types.h has at offset 40,
 * the same from Linux 6.1 to 7.3 without debugging of locks. Believed only of an
 * argument of the reader, and only if it is the address of a unit of the table.
 */
struct reader_argument {
	u8 other[40];
	u64 mmio_phys;
};

static struct amdvi *units;
static unsigned int unit_count;
/* Stands for the source where there are no units, and for readings of none of them. */
static struct iow_unit source = { .source = SOURCE };
static struct iow_ledger *ledger;
static bool met_stranger;
/* The machine goes to sleep, or is not quite awake; how often it has been. */
static bool asleep;
static unsigned int wakes;

static u32 read32(const struct iow_amdvi_log *log, unsigned int offset)
{
	return readl(container_of(log, struct amdvi, log)->base + offset);
}

static struct amdvi *find_address(u64 address)
{
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (units[i].log.unit.address == address)
			return &units[i];
	return NULL;
}

static struct amdvi *find_unit(const struct reader_argument *argument)
{
	struct amdvi *unit;
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (READ_ONCE(units[i].argument) == argument)
			return &units[i];
	unit = find_address(argument->mmio_phys);
	if (unit)
		WRITE_ONCE(unit->argument, argument);
	return unit;
}

/*
 * After a sleep the driver begins the log anew: what the cursor stood at is no more.
 * When it does so is not told, only that it is over.
 * Return: whether the cursor is one of the log as it is.
 */
static bool skip_sleep(struct amdvi *unit)
{
	const unsigned int now = READ_ONCE(wakes), cursor = unit->log.cursor;

	if (!READ_ONCE(asleep) && unit->wakes == now)
		return true;
	if (!iow_amdvi_log_begin(&unit->log))
		return false;
	/* The driver has read others since, or has begun anew. */
	if (unit->log.cursor != cursor)
		iow_ledger_note(ledger, &unit->log.unit, IOW_UNIT_MISSED);
	unit->wakes = now;
	return true;
}

static void follow(struct amdvi *unit)
{
	unsigned long flags;

	iow_probe_lock(&unit->lock, flags);
	if (skip_sleep(unit))
		iow_amdvi_log_follow(&unit->log, ledger, ktime_get_real_fast_ns());
	else
		iow_ledger_note(ledger, &unit->log.unit, IOW_UNIT_MISSED);
	raw_spin_unlock_irqrestore(&unit->lock, flags);
}

static void reader_entered(const void *argument)
{
	struct amdvi *unit = find_unit(argument);

	if (unit && unit->ring) {
		follow(unit);
		return;
	}
	if (!unit)
		WRITE_ONCE(met_stranger, true);
	iow_ledger_note(ledger, unit ? &unit->log.unit : &source, IOW_UNIT_MISSED);
}

static int poll_entered(struct kprobe *probe, struct pt_regs *regs)
{
	reader_entered((void *)regs_get_kernel_argument(regs, 0));
	return 0;
}

static int thread_entered(struct kprobe *probe, struct pt_regs *regs)
{
	reader_entered((void *)regs_get_kernel_argument(regs, 1));
	return 0;
}

/*
 * Where the driver begins to read, the best place first: Linux 6.12 and 7.3 have
 * the function that reads; in 6.1 it is part of the interrupt's thread, which may
 * read more than once.
 */
static struct kprobe readers[] = {
	{ .symbol_name = "iommu_poll_events", .pre_handler = poll_entered },
	{ .symbol_name = "amd_iommu_int_thread", .pre_handler = thread_entered },
};

/* The one that is there. */
static struct kprobe *reader;
static bool watching;

static struct iow_unit_state unproven(void)
{
	return iow_unit_state(IOWARDEN_SOURCE_STATE_UNPROVEN,
			      "reads the event log alongside the kernel's driver, which nobody has seen work on AMD hardware");
}

/* What can change while the module is there: whether the unit logs anything. */
static struct iow_unit_state read_state(const struct iow_unit *unit)
{
	const struct amdvi *amdvi = container_of(unit, struct amdvi, log.unit);
	const u32 control = read32(&amdvi->log, IOW_AMDVI_CONTROL);

	if (control == U32_MAX)
		return iow_failed("the unit does not answer");
	if (!(control & IOW_AMDVI_CONTROL_LOG))
		return iow_off("the kernel has not switched this unit's event log on");
	return unproven();
}

static struct iow_unit_state look_at_unit(const struct iow_unit *unit)
{
	struct amdvi *amdvi = container_of(unit, struct amdvi, log.unit);

	return iow_glance(&amdvi->glance, unit, read_state);
}

static struct iow_unit_state look_at_source(const struct iow_unit *unit)
{
	struct iow_unit_state state = unproven();

	if (READ_ONCE(met_stranger))
		state = iow_failed("the driver reads the log of a unit that is not in the table");
	state.missed = READ_ONCE(reader->nmissed);
	return state;
}

static void map_log(struct amdvi *amdvi)
{
	u64 address;

	amdvi->base = ioremap(amdvi->log.unit.address, REGISTERS);
	if (!amdvi->base)
		return;
	address = iow_amdvi_log_layout(&amdvi->log, readq(amdvi->base + IOW_AMDVI_LOG));
	if (!address)
		return;
	amdvi->ring = memremap(__sme_clr(address), amdvi->log.length * IOW_AMDVI_EVENT_BYTES,
			       MEMREMAP_WB);
	amdvi->log.ring = amdvi->ring;
}

static void open_unit(struct amdvi *amdvi)
{
	struct iow_unit *unit = &amdvi->log.unit;

	map_log(amdvi);
	if (!amdvi->base)
		unit->state = iow_failed("its registers cannot be mapped");
	else if (!amdvi->ring)
		unit->state = iow_failed("it has no event log, or one that cannot be mapped");
	else if (!iow_amdvi_log_begin(&amdvi->log))
		unit->state = iow_failed("its registers make no sense");
	else
		unit->look = look_at_unit;
}

/* A unit is in the table once for each type of block that tells of it. */
static void describe_unit(const struct acpi_ivrs_hardware_10 *block)
{
	struct amdvi *amdvi = &units[unit_count];

	if (find_address(block->base_address))
		return;
	raw_spin_lock_init(&amdvi->lock);
	mutex_init(&amdvi->glance.lock);
	amdvi->log.read32 = read32;
	amdvi->log.unit.source = SOURCE;
	amdvi->log.unit.segment = block->pci_segment_group;
	amdvi->log.unit.address = block->base_address;
	amdvi->log.unit.has_address = true;
	unit_count++;
}

/**
 * iow_amdvi_is_wanted() - whether this source counts, and the tracepoint must not
 *
 * Context: process context; may sleep.
 * Return: whether the parameter says so, and there is an ACPI table IVRS.
 */
bool iow_amdvi_is_wanted(void)
{
	return enabled && iow_table_is_there(ACPI_SIG_IVRS);
}

static int find_units(void)
{
	struct acpi_table_header *table = iow_table_get(ACPI_SIG_IVRS);

	if (!table)
		return 0;
	units = kvcalloc(iow_ivrs_visit(table, NULL), sizeof(*units), GFP_KERNEL);
	if (units)
		iow_ivrs_visit(table, describe_unit);
	acpi_put_table(table);
	return units ? 0 : -ENOMEM;
}

static int sleep_changed(struct notifier_block *block, unsigned long action, void *unused)
{
	switch (action) {
	case PM_SUSPEND_PREPARE:
	case PM_HIBERNATION_PREPARE:
	case PM_RESTORE_PREPARE:
		WRITE_ONCE(asleep, true);
		break;
	default:
		WRITE_ONCE(wakes, wakes + 1);
		WRITE_ONCE(asleep, false);
	}
	return NOTIFY_DONE;
}

static struct notifier_block sleep_notifier = { .notifier_call = sleep_changed };

static void say_of_all(struct iow_unit_state state)
{
	unsigned int i;

	source.state = state;
	source.look = NULL;
	for (i = 0; i < unit_count; i++) {
		units[i].log.unit.look = NULL;
		units[i].log.unit.state = state;
	}
}

static void watch(void)
{
	unsigned int i;
	int err = -ENOENT;

	register_pm_notifier(&sleep_notifier);
	for (i = 0; err && i < ARRAY_SIZE(readers); i++) {
		err = register_kprobe(&readers[i]);
		if (!err)
			reader = &readers[i];
	}
	if (!err) {
		source.look = look_at_source;
		watching = true;
		return;
	}
	unregister_pm_notifier(&sleep_notifier);
	pr_warn("no probe where AMD-Vi's event log is read: %d\n", err);
	say_of_all(iow_failed("this kernel lets nobody probe where its driver reads the log"));
}

static int add_units(void)
{
	unsigned int i;
	int err = iow_ledger_add_unit(ledger, &source);

	for (i = 0; !err && i < unit_count; i++)
		err = iow_ledger_add_unit(ledger, &units[i].log.unit);
	return err;
}

static int start(struct iow_ledger *to)
{
	unsigned int i;
	int err;

	if (!enabled)
		return 0;
	ledger = to;
	err = find_units() ?: add_units();
	if (err)
		return err;
	if (!unit_count) {
		say_of_all(iow_unit_state(IOWARDEN_SOURCE_STATE_ABSENT,
					  "no AMD-Vi: no unit in an ACPI table IVRS"));
		return 0;
	}
	for (i = 0; i < unit_count; i++)
		open_unit(&units[i]);
	watch();
	return 0;
}

/* Waits until no probe is running. */
static void stop(void)
{
	if (!watching)
		return;
	unregister_kprobe(reader);
	unregister_pm_notifier(&sleep_notifier);
	watching = false;
}

static void free_units(void)
{
	unsigned int i;

	for (i = 0; i < unit_count; i++) {
		if (units[i].ring)
			memunmap(units[i].ring);
		if (units[i].base)
			iounmap(units[i].base);
	}
	kvfree(units);
}

const struct iow_source iow_source_amdvi = {
	.start = start,
	.stop = stop,
	.free = free_units,
};
