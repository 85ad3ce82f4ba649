// SPDX-License-Identifier: GPL-2.0
#include "model/array.h"
#include "model/faults.h"

struct source *faults_add_source(struct faults *faults)
{
	return ARRAY_ADD(faults, sources, source_count);
}

struct requester *faults_add_requester(struct faults *faults)
{
	return ARRAY_ADD(faults, requesters, requester_count);
}

static int by_index(const void *a, const void *b)
{
	uint32_t x = ((const struct source *)a)->index;
	uint32_t y = ((const struct source *)b)->index;

	return x < y ? -1 : x > y;
}

static int by_requester(const void *a, const void *b)
{
	return requester_compare(a, b);
}

static void sort(void *array, size_t count, size_t size,
		 int (*compare)(const void *, const void *))
{
	if (count)
		qsort(array, count, size, compare);
}

void faults_sort(struct faults *faults)
{
	struct requester *all = faults->requesters;
	size_t count = 0;

	sort(faults->sources, faults->source_count, sizeof(*faults->sources),
	     by_index);
	sort(all, faults->requester_count, sizeof(*all), by_requester);
	for (size_t i = 0; i < faults->requester_count; i++) {
		if (!count || requester_compare(&all[count - 1], &all[i]))
			all[count++] = all[i];
		else if (all[i].total > all[count - 1].total)
			all[count - 1] = all[i];
	}
	faults->requester_count = count;
}

const struct requester *faults_find(const struct faults *faults,
				    const struct requester *like)
{
	if (!faults->requester_count)
		return NULL;
	return bsearch(like, faults->requesters, faults->requester_count,
		       sizeof(*like), by_requester);
}

struct source *faults_find_source(const struct faults *faults, uint32_t index)
{
	struct source like = { .index = index };

	if (!faults->source_count)
		return NULL;
	return bsearch(&like, faults->sources, faults->source_count,
		       sizeof(like), by_index);
}

static uint64_t sum_records(const struct faults *faults)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < faults->source_count; i++)
		sum += faults->sources[i].records;
	return sum;
}

static uint64_t sum_totals(const struct faults *faults)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < faults->requester_count; i++)
		sum += faults->requesters[i].total;
	return sum;
}

bool faults_hide_some(const struct faults *faults)
{
	return !faults->detailed && sum_records(faults) != sum_totals(faults);
}

uint64_t faults_hidden(const struct faults *faults)
{
	uint64_t records = sum_records(faults), totals = sum_totals(faults);

	return !faults->detailed && records > totals ? records - totals : 0;
}

void faults_free(struct faults *faults)
{
	for (size_t i = 0; i < faults->source_count; i++)
		source_free(&faults->sources[i]);
	free(faults->sources);
	free(faults->requesters);
	*faults = (struct faults){ 0 };
}
