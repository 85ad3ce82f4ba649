// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"

typedef int part(const struct host_roots *roots, struct facts *facts);

static part *const of_groups_and_devices[] = {
	group_complete, device_complete,
};

/* The command line first: where a module is not loaded, it stands in. */
static part *const of_kernel_and_uses[] = {
	command_line_collect, parameter_collect, interrupt_collect,
	iommu_collect, symbol_collect, kernel_log_collect,
	mount_collect, filesystem_collect, swap_collect,
	route_collect, console_collect, keyboard_collect, holder_collect,
};

static int run(part *const *parts, size_t count,
	       const struct host_roots *roots, struct facts *facts,
	       struct problem *problem)
{
	for (size_t i = 0; i < count; i++)
		if (parts[i](roots, facts))
			return problem_set(problem, -ENOMEM, "out of memory");
	return 0;
}

#define RUN(parts, ...) \
	run(parts, sizeof(parts) / sizeof((parts)[0]), __VA_ARGS__)

int host_complete(const struct host_roots *roots, struct facts *facts,
		  struct problem *problem)
{
	facts->host_origin = device_complete_origin;
	return RUN(of_groups_and_devices, roots, facts, problem);
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

/* Processes and folders come in any order; answers are to be comparable. */
static int by_kind(const void *left, const void *right)
{
	const struct use *a = left, *b = right;
	int order = (int)a->kind - (int)b->kind;

	if (!order)
		order = bdf_compare(a->device, b->device);
	if (!order)
		order = compare_texts(a->what, b->what);
	return order ? order : compare_texts(a->through, b->through);
}

int host_collect(const struct host_roots *roots, struct facts *facts,
		 struct problem *problem)
{
	int ret = RUN(of_kernel_and_uses, roots, facts, problem);

	if (facts->use_count)
		qsort(facts->uses, facts->use_count, sizeof(*facts->uses),
		      by_kind);
	return ret;
}
