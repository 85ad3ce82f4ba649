// SPDX-License-Identifier: GPL-2.0
/*
 * Intel VT-d: probes at the kernel's fault handler and at the question that it
 * asks before it clears each record.
 */
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kprobes.h>
#include <linux/iowarden.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/ratelimit.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>
#include "source.h"
#include "vtd_units.h"

#define HANDLER		"dmar_fault"
#define QUESTION	"___ratelimit"
#define SOURCE		"vtd"

static bool enabled = true;
module_param_named(vtd, enabled, bool, 0444);
MODULE_PARM_DESC(vtd, "count DMA faults of Intel VT-d (default: yes)");

/**
 * struct place - where the handler runs: a CPU and a context
 * @run: the last run that began there; without a ledger before the first
 * @first_from: from where its first question was asked; the others are from elsewhere
 * @stray_from: from where the last question was asked before the first run
 * @strays: how often that changed
 */
struct place {
	struct iow_vtd_run run;
	unsigned long first_from;
	unsigned long stray_from;
	unsigned int strays;
};

/* A run in process context may be interrupted by one in an interrupt. */
static DEFINE_PER_CPU(struct place [2], places);

/* Stands for the source where there are no units, and for runs of none of them. */
static struct iow_unit source = { .source = SOURCE };
static struct iow_ledger *ledger;

/* Both probes are there, since when (jiffies). Until then neither does anything. */
static bool armed;
static unsigned long armed_at;

/* The handler ran, and its probe did not: what it asks for then says nothing. */
static bool begin_unseen;
static bool met_stranger;
/* A question of our own, and how often its probe saw it. */
static const char trial[] = "iowarden";
static atomic_t trials;

/*
 * The place where the handler runs, in an interrupt or not. A probe that is a
 * breakpoint, as that of the question is until the kernel has optimized it, runs as
 * an NMI does, and each NMI counts as an interrupt, too.
 */
static struct place *find_place(void)
{
	return &(*this_cpu_ptr(&places))[hardirq_count() > (in_nmi() ? HARDIRQ_OFFSET : 0)];
}

static int handler_entered(struct kprobe *probe, struct pt_regs *regs)
{
	struct iow_vtd_run *run = &find_place()->run;
	struct iow_vtd *unit;

	if (!READ_ONCE(armed))
		return 0;
	unit = iow_vtd_units_find((void *)regs_get_kernel_argument(regs, 1));
	*run = (struct iow_vtd_run){ .ledger = ledger };
	if (!unit) {
		WRITE_ONCE(met_stranger, true);
		iow_ledger_note(ledger, &source, IOW_UNIT_MISSED);
		return 0;
	}
	WRITE_ONCE(begin_unseen, false);
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
 * A run that was under way when the probes came asks from its loop, at most once
 * before that from its head. It is soon over. What it takes is of before.
 */
static bool is_from_before(struct place *place, unsigned long from)
{
	if (place->run.ledger || time_after(jiffies, armed_at + HZ))
		return false;
	if (place->stray_from != from)
		place->strays++;
	place->stray_from = from;
	return place->strays <= 2;
}

/*
 * With the sysctl kernel.ftrace_enabled off the handler's probe, which is ftrace's,
 * does not run, while that of the question, a breakpoint, does. Then the first
 * question of a run is met in the midst of an older one, or without any. Inside the
 * probe of somebody else neither runs, until the handler has ended: see nmissed.
 */
static bool is_begin_seen(struct place *place, unsigned long from)
{
	if (!place->run.ledger || (place->run.steps && place->first_from == from))
		return false;
	if (!place->run.steps)
		place->first_from = from;
	return true;
}

static void follow_run(struct place *place, unsigned long from)
{
	struct iow_vtd_run *run = &place->run;

	if (is_begin_seen(place, from)) {
		if (run->unit)
			iow_vtd_step(run, ktime_get_real_fast_ns());
		return;
	}
	if (is_from_before(place, from))
		return;
	WRITE_ONCE(begin_unseen, true);
	/* This may be a step of another unit's run. */
	iow_ledger_note(ledger, run->unit ? &run->unit->unit : &source, IOW_UNIT_MISSED);
	run->unit = NULL;
}

static int question_asked(struct kprobe *probe, struct pt_regs *regs)
{
	const char *function = (const char *)regs_get_kernel_argument(regs, 1);

	if (function == trial)
		atomic_inc(&trials);
	else if (READ_ONCE(armed) && is_handler(function))
		follow_run(find_place(), *(unsigned long *)kernel_stack_pointer(regs));
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
	return iow_unit_state(IOWARDEN_SOURCE_STATE_ACTIVE, NULL);
}

/* Runs of the handler whose unit is not known, as its probe could not run. */
static unsigned long count_missed(void)
{
	return READ_ONCE(handler_probe.nmissed);
}

static struct iow_unit_state look_at_source(const struct iow_unit *unit)
{
	struct iow_unit_state state = look_at_probes();

	state.missed = count_missed();
	return state;
}

/* What was missed without knowing of which unit may have been of each. */
static struct iow_unit_state look_at_unit(const struct iow_unit *unit)
{
	struct iow_vtd *vtd = container_of(unit, struct iow_vtd, registers.unit);
	struct iow_unit_state state = iow_vtd_units_look(vtd);

	if (state.state == IOWARDEN_SOURCE_STATE_ACTIVE)
		state = look_at_probes();
	state.lower_bound = count_missed() || iow_unit_read(&source).missed;
	return state;
}

static void tell_missed(void)
{
	static unsigned long told;
	const unsigned long missed = count_missed();
	struct iow_vtd *vtd;
	unsigned int i;

	if (missed == told)
		return;
	told = missed;
	iow_ledger_mark(ledger, &source);
	for (i = 0; (vtd = iow_vtd_units_get(i)); i++)
		iow_ledger_mark(ledger, &vtd->registers.unit);
}

static void look_again(struct work_struct *work);
static DECLARE_DELAYED_WORK(lookout, look_again);

/* The probes may be switched off and on again while nobody asks. */
static void look_again(struct work_struct *work)
{
	look_at_probes();
	tell_missed();
	schedule_delayed_work(&lookout, round_jiffies_relative(HZ));
}

/* What is said of each of the units, where nobody looks. */
static void say_of_all(struct iow_unit_state state)
{
	struct iow_vtd *vtd;
	unsigned int i;

	source.state = state;
	for (i = 0; (vtd = iow_vtd_units_get(i)); i++)
		vtd->registers.unit.state = state;
}

static void look_at_all(void)
{
	struct iow_vtd *vtd;
	unsigned int i;

	source.look = look_at_source;
	for (i = 0; (vtd = iow_vtd_units_get(i)); i++)
		vtd->registers.unit.look = look_at_unit;
}

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
	armed_at = jiffies;
	WRITE_ONCE(armed, true);
	watching = true;
	look_at_all();
	schedule_delayed_work(&lookout, round_jiffies_relative(HZ));
}

static int add_units(void)
{
	int err = iow_ledger_add_unit(ledger, &source);
	struct iow_vtd *vtd;
	unsigned int i;

	for (i = 0; !err && (vtd = iow_vtd_units_get(i)); i++)
		err = iow_ledger_add_unit(ledger, &vtd->registers.unit);
	return err;
}

static int start(struct iow_ledger *to)
{
	int err;

	ledger = to;
	err = iow_vtd_units_open(SOURCE) ?: add_units();
	if (err)
		return err;
	if (!enabled)
		say_of_all(iow_off("switched off by the module's parameter vtd"));
	else if (!iow_vtd_units_get(0))
		say_of_all(iow_unit_state(IOWARDEN_SOURCE_STATE_ABSENT,
					  "no Intel VT-d: no unit in an ACPI table DMAR"));
	else
		watch();
	return 0;
}

/* Waits until no probe is running. */
static void stop(void)
{
	if (!watching)
		return;
	cancel_delayed_work_sync(&lookout);
	unregister_kprobes(probes, ARRAY_SIZE(probes));
	watching = false;
}

const struct iow_source iow_source_vtd = {
	.start = start,
	.stop = stop,
	.free = iow_vtd_units_close,
};
