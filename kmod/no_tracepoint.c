// SPDX-License-Identifier: GPL-2.0
/* In the place of trace.c, where the kernel has no tracepoint io_page_fault. */
#include <linux/iowarden.h>
#include "source.h"

static struct iow_unit source = {
	.source = "trace",
	.state = {
		.state = IOWARDEN_SOURCE_STATE_FAILED,
		.why = "this kernel has no tracepoint io_page_fault",
	},
};

static int start(struct iow_ledger *ledger)
{
	return iow_ledger_add_unit(ledger, &source);
}

static void stop(void)
{
}

static void free_units(void)
{
}

const struct iow_source iow_source_trace = {
	.start = start,
	.stop = stop,
	.free = free_units,
};
