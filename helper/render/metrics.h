/* SPDX-License-Identifier: GPL-2.0 */
/* What monitoring systems are told of a machine. */
#ifndef RENDER_METRICS_H
#define RENDER_METRICS_H

#include "render/exposition.h"
#include "rule/account.h"
#include "rule/audit.h"

/** METRICS_NOBODY - stands for the address of all requester IDs of no function */
#define METRICS_NOBODY "unknown"

/**
 * struct measurement - of one machine
 * @read: when its facts were read, nanoseconds since 1970; 0 where not known
 */
struct measurement {
	const struct tree *tree;
	const struct audit *audit;
	const struct accounts *accounts;
	uint64_t read;
};

/**
 * metrics_collect() - all samples
 * @exposition: empty; freed by exposition_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int metrics_collect(struct exposition *exposition,
		    const struct measurement *measurement);

#endif
