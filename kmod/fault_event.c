// SPDX-License-Identifier: GPL-2.0
/*
 * Who counts a fault only notes that an account or a unit changed, and with the
 * first of them raises an interrupt of its own CPU, from which a worker is started.
 * That looks ten times a second, so that a requester or a unit is told of ten times
 * a second at most, and tells of 50 requesters at a time.
 */
#include <linux/irq_work.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include "fault_event.h"
#include "ledger.h"
#include "netlink.h"

#define PERIOD_MS	100
#define AT_A_TIME	50

static void tell(struct work_struct *work);
static void start_telling(struct irq_work *work);

static DECLARE_DELAYED_WORK(teller, tell);
static struct irq_work starter = IRQ_WORK_INIT(start_telling);
static struct iow_ledger *ledger;
/* Of the last notification; only the worker touches it. */
static u64 sequence;

static void start_telling(struct irq_work *work)
{
	schedule_delayed_work(&teller, msecs_to_jiffies(PERIOD_MS));
}

static void wake(struct iow_ledger *of)
{
	irq_work_queue(&starter);
}

/* What comes after the mark is cleared is told of the next time. */
static void tell_account(struct iow_account *account, bool heard)
{
	clear_bit(IOW_ACCOUNT_CHANGED, &account->flags);
	/* Pairs with test_and_set_bit(), which comes after the counting. */
	smp_mb__after_atomic();
	if (heard)
		iow_netlink_notify_fault(account, ++sequence);
}

static void tell_unit(struct iow_unit *unit, bool heard)
{
	if (!test_and_clear_bit(IOW_UNIT_CHANGED, &unit->flags))
		return;
	/* Full barriers here and at test_and_set_bit(), as for accounts. */
	if (heard)
		iow_netlink_notify_source(unit, ++sequence);
}

/* Once iow_fault_event_stop() has run, what is still woken tells nobody. */
static void tell(struct work_struct *work)
{
	const bool heard = READ_ONCE(ledger->wake) && iow_netlink_hears_faults();
	struct iow_account *account, *next;
	struct iow_unit *unit;
	unsigned int told = 0;

	llist_for_each_entry_safe(account, next, iow_ledger_take_changed(ledger), changed_node)
		tell_account(account, heard && told++ < AT_A_TIME);
	list_for_each_entry(unit, &ledger->units, siblings)
		tell_unit(unit, heard);
	if (told > AT_A_TIME)
		iow_netlink_notify_resync(++sequence);
}

/**
 * iow_fault_event_start() - tell whoever listens
 * @of: the ledger
 *
 * Context: process context. The family is registered.
 */
void iow_fault_event_start(struct iow_ledger *of)
{
	ledger = of;
	WRITE_ONCE(ledger->wake, wake);
	/* Something may have been booked already, with nobody to wake. */
	schedule_delayed_work(&teller, 0);
}

/**
 * iow_fault_event_stop() - cease to tell
 *
 * Before the sources stop, so that no listener is told that they see nothing.
 *
 * Context: process context; may sleep. The family is still registered, and takes
 *	    no dumps any more.
 */
void iow_fault_event_stop(void)
{
	WRITE_ONCE(ledger->wake, NULL);
	/* The worker looks at units, which may be counted, too. */
	cancel_delayed_work_sync(&teller);
}

/**
 * iow_fault_event_end() - wait for the last who wanted something told
 *
 * Who counts may have been about to wake the worker when iow_fault_event_stop() ran:
 * since Linux 7.0 listeners of tracepoints are preempted.
 *
 * Context: process context; may sleep. After the sources stopped; the ledger is
 *	    still open.
 */
void iow_fault_event_end(void)
{
	irq_work_sync(&starter);
	cancel_delayed_work_sync(&teller);
}
