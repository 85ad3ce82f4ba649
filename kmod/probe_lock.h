/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Locks of who counts in a probe. A probe that is a breakpoint, as most are until
 * the kernel has optimized them, runs as an NMI does. It never interrupts who
 * holds one of these: that is done with interrupts off, and what is probed runs in
 * interrupts and in process context. lockdep cannot know that, and complains of a
 * lock that is taken there and elsewhere, unless it is tried until it is had.
 */
#ifndef IOW_PROBE_LOCK_H
#define IOW_PROBE_LOCK_H

#include <linux/processor.h>
#include <linux/spinlock.h>

/* Undone by raw_spin_unlock_irqrestore(). */
#define iow_probe_lock(lock, flags)					\
do {									\
	while (!raw_spin_trylock_irqsave(lock, flags))			\
		cpu_relax();						\
} while (0)

#endif /* IOW_PROBE_LOCK_H */
