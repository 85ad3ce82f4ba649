// SPDX-License-Identifier: GPL-2.0
/*
 * Intel VT-d: probes at the kernel's fault handler and at the question that it
 * asks before it clears each record. Registers are read through a mapping of our
 * own, found in the ACPI table DMAR, and never written.
 */
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/kprobes.h>
#include <linux/iowarden.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include "glance.h"
#include "source.h"
#include "table.h"
#include "vtd_run.h"

#define HANDLER		"dmar_fault"
#define QUESTION	"___ratelimit"
#define SOURCE		"vtd"

static bool enabled = true;
module_param_named(vtd, enabled, bool, 0444);
MODULE_PARM_DESC(vtd, "count DMA faults of Intel VT-d (default: yes)");

/**
 * struct vtd - a unit, and how it is reached
 * @registers: its registers, and through them its counts
 * @base: our mapping
 * @capability: Capability Register
 * @handler_argument: what the kernel's handler is called with for it, once known
 * @glance: whether it does anything
 */
struct vtd {
	struct iow_vtd_unit registers;
	void __iomem *base;
	u64 capability;
	const void *handler_argument;
	struct iow_glance glance;
};

/*
 * What struct intel_iommu of drivers/iommu/intel/iommu.h begins with, the same
 * from Linux 6.1 to 7.3. Believed only of an argument of the handler, and only
 * if address and capability are those of a unit of the table.
 */
struct handler_argument {
	void __iomem *reg;
	u64 reg_phys;
	u64 reg_size;
	u64 cap;
};

static struct vtd *units;
static unsigned int unit_count;
/* Stands for the source where there are no units, and for runs of none of them. */
static struct iow_unit source = { .source = SOURCE };
static struct iow_ledger *ledger;

/* A run in process context may be interrupted by one in an interrupt. */
static DEFINE_PER_CPU(struct iow_vtd_run [2], runs);
/* Times that the probe of the handler was missed, when the run began. */
static DEFINE_PER_CPU(unsigned long [2], missed_at_begin);
/* From where the first question of the run was asked; the others are from elsewhere. */
static DEFINE_PER_CPU(unsigned long [2], first_asked_from);

/* The handler ran, and its probe did not: what it asks for then says nothing. */
static bool begin_unseen;
static bool met_stranger;
/* A question of our own, and how often its probe saw it. */
static const char trial[] = "iowarden";
static atomic_t trials;

static struct kprobe handler_probe;

static u32 read32(const struct iow_vtd_unit *unit, unsigned int offset)
{
	return readl(container_of(unit, struct vtd, registers)->base + offset);
}

static u64 read64(const struct iow_vtd_unit *unit, unsigned int offset)
{
	return readq(container_of(unit, struct vtd, registers)->base + offset);
}

static struct vtd *recognize(const struct handler_argument *argument)
{
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (units[i].base && units[i].registers.unit.address == argument->reg_phys &&
		    units[i].capability == argument->cap)
			return &units[i];
	return NULL;
}

static struct vtd *find_unit(const void *argument)
{
	struct vtd *unit;
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (READ_ONCE(units[i].handler_argument) == argument)
			return &units[i];
	unit = recognize(argument);
	if (unit)
		WRITE_ONCE(unit->handler_argument, argument);
	return unit;
}

/*
 * Whether the handler runs in an interrupt. A probe that is a breakpoint, as that
 * of the question is until the kernel has optimized it, runs as an NMI does, and
 * each NMI counts as an interrupt, too.
 */
static unsigned int context_of_handler(void)
{
	return hardirq_count() > (in_nmi() ? HARDIRQ_OFFSET : 0);
}

static int handler_entered(struct kprobe *probe, struct pt_regs *regs)
{
	const unsigned int context = context_of_handler();
	struct vtd *unit = find_unit((void *)regs_get_kernel_argument(regs, 1));
	struct iow_vtd_run *run = &(*this_cpu_ptr(&runs))[context];

	*run = (struct iow_vtd_run){ .ledger = ledger };
	if (!unit) {
		WRITE_ONCE(met_stranger, true);
		iow_ledger_note(ledger, &source, IOW_UNIT_MISSED);
		return 0;
	}
	WRITE_ONCE(begin_unseen, false);
	(*this_cpu_ptr(&missed_at_begin))[context] = READ_ONCE(probe->nmissed);
	iow_vtd_begin(run, ledger, &unit->registers);
	return 0;
}

/*
 * The name of the function that asks is a literal of its own; once seen, its
 * address tells.
 */
static bool is_handler(const char *function)
{
	static const char *known;

	if (function == READ_ONCE(known))
		return true;
	if (READ_ONCE(known) || !function || strcmp(function, HANDLER))
		return false;
	WRITE_ONCE(known, function);
	return true;
}

/*
 * With the sysctl kernel.ftrace_enabled off the handler's probe, which is ftrace's,
 * does not run, while that of the question, a breakpoint, does. Then the first
 * question of a run is met in the midst of an older one, or without any.
 */
static bool is_begin_seen(const struct iow_vtd_run *run, unsigned int context, unsigned long from)
{
	unsigned long *first = &(*this_cpu_ptr(&first_asked_from))[context];

	if (!run->ledger || (run->steps && *first == from))
		return false;
	if (!run->steps)
		*first = from;
	return true;
}

static bool is_begin_missed(const struct iow_vtd_run *run, unsigned int context)
{
	return run->ledger &&
	       (*this_cpu_ptr(&missed_at_begin))[context] != READ_ONCE(handler_probe.nmissed);
}

static void follow_run(struct iow_vtd_run *run, unsigned int context, unsigned long from)
{
	const bool missed = is_begin_missed(run, context);

	if (!missed && is_begin_seen(run, context, from)) {
		if (run->unit)
			iow_vtd_step(run, ktime_get_real_fast_ns());
		return;
	}
	if (!missed)
		WRITE_ONCE(begin_unseen, true);
	/* This may be a step of another unit's run. */
	if (run->unit || !missed)
		iow_ledger_note(ledger, run->unit ? &run->unit->unit : &source, IOW_UNIT_MISSED);
	run->unit = NULL;
}

static int question_asked(struct kprobe *probe, struct pt_regs *regs)
{
	const unsigned int context = context_of_handler();
	const char *function = (const char *)regs_get_kernel_argument(regs, 1);

	if (function == trial)
		atomic_inc(&trials);
	else if (is_handler(function))
		follow_run(&(*this_cpu_ptr(&runs))[context], context,
			   *(unsigned long *)kernel_stack_pointer(regs));
	return 0;
}

static struct kprobe handler_probe = {
	.symbol_name = HANDLER,
	.pre_handler = handler_entered,
};

static struct kprobe question_probe = {
	.symbol_name = QUESTION,
	.pre_handler = question_asked,
};

/*
 * Never limited, and nothing is printed. The kernel runs no probe inside another:
 * the handler must not come in between on this CPU.
 */
static bool is_trial_seen(void)
{
	static DEFINE_RATELIMIT_STATE(unlimited, 0, 0);
	const int before = atomic_read(&trials);
	unsigned long flags;

	local_irq_save(flags);
	___ratelimit(&unlimited, trial);
	local_irq_restore(flags);
	return atomic_read(&trials) != before;
}

static struct iow_unit_state look_at_probes(void)
{
	static unsigned long blind;
	const bool seen = is_trial_seen();

	/* They may be on again when it is looked next; that they were not stays. */
	if (!seen && !test_and_set_bit(0, &blind))
		iow_ledger_note(ledger, &source, IOW_UNIT_MISSED);
	if (seen)
		clear_bit(0, &blind);
	else
		return iow_failed("the kernel's probes are off: kprobes/enabled in debugfs");
	if (READ_ONCE(begin_unseen))
		return iow_failed("the probe of " HANDLER
				  "() does not run: sysctl kernel.ftrace_enabled");
	if (READ_ONCE(met_stranger))
		return iow_failed(HANDLER "() ran for a unit that is not the table's");
	return (struct iow_unit_state){ .state = IOWARDEN_SOURCE_STATE_ACTIVE };
}

/* What can change while the module is there: whether the unit does anything. */
static struct iow_unit_state read_state(const struct iow_unit *unit)
{
	const struct vtd *vtd = container_of(unit, struct vtd, registers.unit);
	const u32 status = read32(&vtd->registers, IOW_VTD_GSTS);

	if (status == U32_MAX)
		return iow_failed("the unit does not answer");
	if (!(status & (IOW_VTD_GSTS_TES | IOW_VTD_GSTS_IRES)))
		return iow_off("the kernel has not switched this unit on");
	if (read32(&vtd->registers, IOW_VTD_FECTL) & IOW_VTD_FECTL_IM)
		return iow_off("the kernel has not asked this unit for interrupts about faults");
	return (struct iow_unit_state){ .state = IOWARDEN_SOURCE_STATE_ACTIVE };
}

static struct iow_unit_state look_at_unit(const struct iow_unit *unit)
{
	struct vtd *vtd = container_of(unit, struct vtd, registers.unit);
	const struct iow_unit_state state = iow_glance(&vtd->glance, unit, read_state);

	return state.state == IOWARDEN_SOURCE_STATE_ACTIVE ? look_at_probes() : state;
}

static struct iow_unit_state look_at_source(const struct iow_unit *unit)
{
	struct iow_unit_state state = look_at_probes();

	state.missed = READ_ONCE(handler_probe.nmissed) + READ_ONCE(question_probe.nmissed);
	return state;
}

/* Map as much of a unit as its fault records need; see 11.4.2 about their place. */
static void map_unit(struct vtd *vtd)
{
	const u64 address = vtd->registers.unit.address;
	void __iomem *base = ioremap(address, SZ_4K);
	unsigned int end;

	if (!base)
		return;
	vtd->capability = readq(base + IOW_VTD_CAP);
	iounmap(base);
	if (vtd->capability == U64_MAX)
		return;
	iow_vtd_layout(&vtd->registers, vtd->capability);
	end = vtd->registers.records + vtd->registers.record_count * 16;
	vtd->base = ioremap(address, max_t(unsigned int, SZ_4K, PAGE_ALIGN(end)));
}

static void describe_unit(struct vtd *vtd, const struct acpi_dmar_hardware_unit *drhd)
{
	struct iow_unit *unit = &vtd->registers.unit;

	unit->source = SOURCE;
	unit->segment = drhd->segment;
	unit->address = drhd->address;
	unit->has_address = true;
	mutex_init(&vtd->glance.lock);
	vtd->registers.read32 = read32;
	vtd->registers.read64 = read64;
	map_unit(vtd);
	if (vtd->base)
		unit->look = look_at_unit;
	else
		unit->state = iow_failed("its registers cannot be mapped, or do not answer");
}

typedef void (*drhd_visitor)(struct vtd *vtd, const struct acpi_dmar_hardware_unit *drhd);

/*
 * Call @each for every unit of the table.
 * Return: how many there are.
 */
static unsigned int visit_units(const struct acpi_table_header *table, drhd_visitor each)
{
	const void *end = (const void *)table + table->length;
	const void *at = (const void *)table + sizeof(struct acpi_table_dmar);
	unsigned int found = 0;

	while (at + sizeof(struct acpi_dmar_header) <= end) {
		const struct acpi_dmar_header *entry = at;

		if (entry->length < sizeof(*entry) || at + entry->length > end)
			break;
		if (entry->type == ACPI_DMAR_TYPE_HARDWARE_UNIT &&
		    entry->length >= sizeof(struct acpi_dmar_hardware_unit)) {
			if (each)
				each(&units[found], at);
			found++;
		}
		at += entry->length;
	}
	return found;
}

static int find_units(void)
{
	struct acpi_table_header *table = iow_table_get(ACPI_SIG_DMAR);

	if (!table)
		return 0;
	units = kvcalloc(visit_units(table, NULL), sizeof(*units), GFP_KERNEL);
	/* Not before: free_units() goes by it. */
	if (units)
		unit_count = visit_units(table, describe_unit);
	acpi_put_table(table);
	return units ? 0 : -ENOMEM;
}

/* What is said of each of the units, if it is the same. */
static void say_of_all(struct iow_unit_state state)
{
	unsigned int i;

	source.state = state;
	source.look = NULL;
	for (i = 0; i < unit_count; i++) {
		units[i].registers.unit.look = NULL;
		units[i].registers.unit.state = state;
	}
}

/*
 * The question first, and it goes first: without a probe at the handler no run
 * begins, while a run that begins without one at the question is misunderstood.
 */
static struct kprobe *probes[] = { &question_probe, &handler_probe };
static bool watching;

static void watch(void)
{
	const int err = register_kprobes(probes, ARRAY_SIZE(probes));

	if (err) {
		pr_warn("no probes at " HANDLER "() and " QUESTION "(): %d\n", err);
		say_of_all(iow_failed("this kernel lets nobody probe " HANDLER "() and "
				      QUESTION "()"));
		return;
	}
	source.look = look_at_source;
	watching = true;
}

static int add_units(void)
{
	unsigned int i;
	int err;

	err = iow_ledger_add_unit(ledger, &source);
	for (i = 0; !err && i < unit_count; i++)
		err = iow_ledger_add_unit(ledger, &units[i].registers.unit);
	return err;
}

static int start(struct iow_ledger *to)
{
	int err;

	ledger = to;
	err = find_units() ?: add_units();
	if (err)
		return err;
	if (!enabled)
		say_of_all(iow_off("switched off by the module's parameter vtd"));
	else if (!unit_count)
		say_of_all(iow_unit_state(IOWARDEN_SOURCE_STATE_ABSENT,
					  "no Intel VT-d: no unit in an ACPI table DMAR"));
	else
		watch();
	return 0;
}

/* Waits until no probe is running. */
static void stop(void)
{
	if (watching)
		unregister_kprobes(probes, ARRAY_SIZE(probes));
	watching = false;
}

static void free_units(void)
{
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (units[i].base)
			iounmap(units[i].base);
	kvfree(units);
}

const struct iow_source iow_source_vtd = {
	.start = start,
	.stop = stop,
	.free = free_units,
};
