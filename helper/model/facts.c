// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "model/array.h"
#include "model/facts.h"

void facts_start(struct facts *facts, const char *provider)
{
	struct utsname name;

	*facts = (struct facts){ .provider = provider };
	if (uname(&name) == 0)
		memcpy(facts->kernel, name.release, sizeof(facts->kernel));
}

struct device *facts_add_device(struct facts *facts)
{
	return ARRAY_ADD(facts, devices, device_count);
}

struct group *facts_add_group(struct facts *facts)
{
	return ARRAY_ADD(facts, groups, group_count);
}

struct region *facts_add_region(struct facts *facts)
{
	return ARRAY_ADD(facts, regions, region_count);
}

struct use *facts_add_use(struct facts *facts)
{
	return ARRAY_ADD(facts, uses, use_count);
}

static int by_address(const void *a, const void *b)
{
	return bdf_compare(((const struct device *)a)->address,
			   ((const struct device *)b)->address);
}

static int by_id(const void *a, const void *b)
{
	uint32_t x = ((const struct group *)a)->id;
	uint32_t y = ((const struct group *)b)->id;

	return x < y ? -1 : x > y;
}

static void sort(void *array, size_t count, size_t size,
		 int (*compare)(const void *, const void *))
{
	if (count)
		qsort(array, count, size, compare);
}

static int check_devices(const struct facts *facts, struct problem *problem)
{
	const struct device *device = facts->devices;
	char text[BDF_TEXT];

	for (size_t i = 0; i < facts->device_count; i++, device++) {
		bdf_format(device->address, text);
		if (i && !by_address(device - 1, device))
			return problem_set(problem, -EBADMSG,
				"%s: reported twice by %s", text,
				facts->provider);
		if (device_has(device, DEVICE_GROUP) &&
		    !facts_group(facts, device->group))
			return problem_set(problem, -EBADMSG,
				"%s: in group %u, which %s did not report",
				text, device->group, facts->provider);
	}
	return 0;
}

int facts_finish(struct facts *facts, struct problem *problem)
{
	faults_sort(&facts->faults);
	sort(facts->devices, facts->device_count, sizeof(*facts->devices),
	     by_address);
	sort(facts->groups, facts->group_count, sizeof(*facts->groups), by_id);
	for (size_t i = 1; i < facts->group_count; i++)
		if (facts->groups[i - 1].id == facts->groups[i].id)
			return problem_set(problem, -EBADMSG,
				"group %u: reported twice by %s",
				facts->groups[i].id, facts->provider);
	return check_devices(facts, problem);
}

const struct device *facts_find(const struct facts *facts, struct bdf address)
{
	struct device key = { .address = address };

	if (!facts->device_count)
		return NULL;
	return bsearch(&key, facts->devices, facts->device_count, sizeof(key),
		       by_address);
}

const struct group *facts_group(const struct facts *facts, uint32_t id)
{
	struct group key = { .id = id };

	if (!facts->group_count)
		return NULL;
	return bsearch(&key, facts->groups, facts->group_count, sizeof(key),
		       by_id);
}

const struct group *facts_real_group(const struct facts *facts,
				     const struct device *device)
{
	const struct group *group = NULL;

	if (device_has(device, DEVICE_GROUP))
		group = facts_group(facts, device->group);
	return group && !group->noiommu ? group : NULL;
}

const struct group *facts_shared_group(const struct facts *facts,
				       const struct device *one,
				       const struct device *other)
{
	const struct group *group = facts_real_group(facts, one);

	return group == facts_real_group(facts, other) ? group : NULL;
}

bool facts_may_translate(const struct facts *facts,
			 const struct device *device)
{
	return facts_real_group(facts, device) ||
	       device_has(device, DEVICE_GROUP_UNKNOWN);
}

void facts_free(struct facts *facts)
{
	for (size_t i = 0; i < facts->device_count; i++)
		device_free(&facts->devices[i]);
	free(facts->devices);
	for (size_t i = 0; i < facts->group_count; i++)
		group_free(&facts->groups[i]);
	free(facts->groups);
	for (size_t i = 0; i < facts->use_count; i++)
		use_free(&facts->uses[i]);
	free(facts->uses);
	free(facts->regions);
	faults_free(&facts->faults);
	host_free(&facts->host);
	info_free(&facts->info);
	free(facts->recording.provider);
	text_list_free(&facts->unseen);
	*facts = (struct facts){ 0 };
}
