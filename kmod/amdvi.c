// SPDX-License-Identifier: GPL-2.0
#include <linux/iowarden.h>
#include <linux/moduleparam.h>
#include "source.h"

static bool enabled;
module_param_named(amdvi, enabled, bool, 0444);
MODULE_PARM_DESC(amdvi, "read AMD-Vi's event log rather than listen to the tracepoint (default: no)");

bool iow_amdvi_is_wanted(void)
{
	return enabled;
}

static int start(struct iow_ledger *to) { return 0; }
static void stop(void) { }
static void free_units(void) { }

const struct iow_source iow_source_amdvi = {
	.start = start,
	.stop = stop,
	.free = free_units,
};
