/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The metrics, a row each. What is not known has no series: it never is a zero that
 * looks like an answer.
 */
#ifndef RENDER_METRIC_LIST_H
#define RENDER_METRIC_LIST_H

#include <stddef.h>

#include "render/metrics.h"

/**
 * struct metric_row - one metric
 * @add: adds its samples; returns 0, or -ENOMEM
 * @field: which enum source_field, for those that have one
 */
struct metric_row {
	struct metric metric;
	int (*add)(struct exposition *exposition, const struct metric_row *row,
		   const struct measurement *measurement);
	unsigned int field;
};

/** struct metric_list - rows about the same thing */
struct metric_list {
	const struct metric_row *row;
	size_t count;
};

#define METRIC_LIST(rows_) { (rows_), sizeof(rows_) / sizeof((rows_)[0]) }

extern const struct metric_list metrics_of_machine;
extern const struct metric_list metrics_of_sources;
extern const struct metric_list metrics_of_faults;

/** METRIC() - of a row; what follows the help are names of labels */
#define METRIC(name_, type_, help_, ...) .metric = {			\
	.name = "iowarden_" name_, .type = type_, .help = help_,	\
	.label = { __VA_ARGS__ } }

/** VALUES() - of the labels of a sample */
#define VALUES(...) ((const char *const[]){ __VA_ARGS__ })

#endif
