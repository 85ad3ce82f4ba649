/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Metrics in the text form of Prometheus. Collectors drop what comes twice and say
 * so in a log that nobody reads, so that here it is an error.
 */
#ifndef RENDER_EXPOSITION_H
#define RENDER_EXPOSITION_H

#include <stdint.h>
#include <stdio.h>

#include "model/problem.h"

#define METRIC_LABELS 6

/**
 * struct metric - series of one name
 * @type: counter or gauge
 * @help: what it is, one line
 * @label: names of its labels, the rest NULL
 */
struct metric {
	const char *name, *type, *help;
	const char *label[METRIC_LABELS];
};

struct sample;

/** struct exposition - samples, those of a metric together */
struct exposition {
	struct sample *sample;
	size_t count;
};

/**
 * exposition_add() - add a sample
 * @metric: borrowed
 * @value: a number
 * @values: of the labels, in the order of the metric; any text, copied
 *
 * Return: 0, or -ENOMEM.
 */
int exposition_add(struct exposition *exposition, const struct metric *metric,
		   const char *value, const char *const *values);

/** exposition_add_number() - likewise, a whole number */
int exposition_add_number(struct exposition *exposition,
			  const struct metric *metric, uint64_t number,
			  const char *const *values);

/** exposition_add_moment() - likewise, nanoseconds since 1970 as seconds */
int exposition_add_moment(struct exposition *exposition,
			  const struct metric *metric, uint64_t moment,
			  const char *const *values);

/**
 * exposition_check() - look for series that came twice
 * @problem: names one
 *
 * Return: 0, or -EEXIST or -ENOMEM with @problem set.
 */
int exposition_check(const struct exposition *exposition,
		     struct problem *problem);

/** exposition_write() - write it; errors stay in the stream */
void exposition_write(const struct exposition *exposition, FILE *stream);

/** exposition_free() - free it */
void exposition_free(struct exposition *exposition);

#endif
