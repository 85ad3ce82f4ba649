// SPDX-License-Identifier: GPL-2.0
/*
 * In the place of vtd.c and amdvi.c, where the kernel has not what they need. An
 * x86 machine may have units all the same, so that this is a failure there.
 */
#include <linux/iowarden.h>
#include "source.h"

static struct iow_unit source = {
	.source = "vtd",
	.state = {
		.state = IS_ENABLED(CONFIG_X86) ? IOWARDEN_SOURCE_STATE_FAILED :
						  IOWARDEN_SOURCE_STATE_ABSENT,
		.why = "to watch Intel VT-d takes a kernel for x86-64 with kprobes and ACPI",
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

const struct iow_source iow_source_vtd = {
	.start = start,
	.stop = stop,
	.free = free_units,
};

/* There only if asked for, and here nobody can ask. */
static int start_none(struct iow_ledger *ledger)
{
	return 0;
}

const struct iow_source iow_source_amdvi = {
	.start = start_none,
	.stop = stop,
	.free = free_units,
};

bool iow_amdvi_is_wanted(void)
{
	return false;
}
