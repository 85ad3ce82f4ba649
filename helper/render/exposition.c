// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/array.h"
#include "model/moment.h"
#include "model/text.h"
#include "render/escape.h"
#include "render/exposition.h"

#define VALUE_MAX 32

/**
 * struct sample - one series and its value now
 * @series: its name and labels, as they are written
 */
struct sample {
	const struct metric *metric;
	char *series;
	char value[VALUE_MAX];
};

static int append_label(char **series, char before, const char *name,
			const char *value)
{
	char *escaped = escape_label(value);
	int ret = -ENOMEM;

	if (escaped)
		ret = text_append(series, "%c%s=\"%s\"", before, name, escaped);
	free(escaped);
	return ret;
}

static char *name_series(const struct metric *metric, const char *const *values)
{
	char *series = text_format("%s", metric->name);
	int ret = series ? 0 : -ENOMEM;
	int count = 0;

	for (; !ret && count < METRIC_LABELS && metric->label[count]; count++)
		ret = append_label(&series, count ? ',' : '{',
				   metric->label[count], values[count]);
	if (!ret && count)
		ret = text_append(&series, "}");
	if (!ret)
		return series;
	free(series);
	return NULL;
}

int exposition_add(struct exposition *exposition, const struct metric *metric,
		   const char *value, const char *const *values)
{
	char *series = name_series(metric, values);
	struct sample *sample = NULL;

	if (series)
		sample = ARRAY_ADD(exposition, sample, count);
	if (!sample) {
		free(series);
		return -ENOMEM;
	}
	sample->metric = metric;
	sample->series = series;
	text_print(sample->value, sizeof(sample->value), "%s", value);
	return 0;
}

int exposition_add_number(struct exposition *exposition,
			  const struct metric *metric, uint64_t number,
			  const char *const *values)
{
	char value[VALUE_MAX];

	text_print(value, sizeof(value), "%llu", (unsigned long long)number);
	return exposition_add(exposition, metric, value, values);
}

/* Milliseconds: a reader's floating point has no more digits for these days. */
int exposition_add_moment(struct exposition *exposition,
			  const struct metric *metric, uint64_t moment,
			  const char *const *values)
{
	char value[VALUE_MAX];

	text_print(value, sizeof(value), "%llu.%03llu",
		   (unsigned long long)(moment / MOMENT_SECOND),
		   (unsigned long long)(moment % MOMENT_SECOND / 1000000));
	return exposition_add(exposition, metric, value, values);
}

static int by_series(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int exposition_check(const struct exposition *exposition,
		     struct problem *problem)
{
	size_t count = exposition->count;
	char **series = calloc(count + 1, sizeof(*series));
	int ret = 0;

	if (!series)
		return problem_set(problem, -ENOMEM, "out of memory");
	for (size_t i = 0; i < count; i++)
		series[i] = exposition->sample[i].series;
	qsort(series, count, sizeof(*series), by_series);
	for (size_t i = 1; !ret && i < count; i++)
		if (!strcmp(series[i - 1], series[i]))
			ret = problem_set(problem, -EEXIST,
					  "%s: the same series twice",
					  series[i]);
	free(series);
	return ret;
}

static void write_heading(const struct metric *metric, FILE *stream)
{
	fprintf(stream, "# HELP %s %s\n# TYPE %s %s\n", metric->name,
		metric->help, metric->name, metric->type);
}

void exposition_write(const struct exposition *exposition, FILE *stream)
{
	const struct metric *last = NULL;

	for (size_t i = 0; i < exposition->count; i++) {
		const struct sample *sample = &exposition->sample[i];

		if (sample->metric != last)
			write_heading(sample->metric, stream);
		last = sample->metric;
		fprintf(stream, "%s %s\n", sample->series, sample->value);
	}
}

void exposition_free(struct exposition *exposition)
{
	for (size_t i = 0; i < exposition->count; i++)
		free(exposition->sample[i].series);
	free(exposition->sample);
	*exposition = (struct exposition){ 0 };
}
