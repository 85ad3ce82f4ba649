/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where faults are learnt from: one way of looking for each IOMMU driver. No
 * fault is looked at by two of them: vtd watches Intel's units, trace and amdvi
 * all others, and of these two only one at a time. Where the kernel has not what one needs
 * (Kbuild), another file of the same functions says so.
 */
#ifndef IOW_SOURCE_H
#define IOW_SOURCE_H

#include "ledger.h"

/**
 * struct iow_source - a way of looking
 * @start: add the units to the ledger, each with its state, and begin to count
 *	   in it; a state other than active is no error. Process context.
 * @stop: cease to count; nobody is at it when this returns. Process context.
 * @free: free the units; the ledger is closed
 */
struct iow_source {
	int (*start)(struct iow_ledger *ledger);
	void (*stop)(void);
	void (*free)(void);
};

extern const struct iow_source iow_source_vtd;
extern const struct iow_source iow_source_trace;
extern const struct iow_source iow_source_amdvi;

/* Then iow_source_trace leaves it to that. */
bool iow_amdvi_is_wanted(void);

struct iow_ledger *iow_sources_start(void);
void iow_sources_stop(void);
void iow_sources_close(void);

#endif /* IOW_SOURCE_H */
