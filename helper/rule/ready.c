// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule/neighbour.h"
#include "rule/ready.h"
#include "rule/use.h"

#define DRIVER "vfio-pci"

static const char *const action_table[] = { "unbind", "bind" };

const struct names action_names = { action_table, 2 };

/* A driver that does nothing, which vfio lets stand beside it in a group. */
static bool may_stay(const struct inquiry *inquiry, const struct device *device)
{
	return neighbour_is_assigned(device) ||
	       (!strcmp(device->driver, "pci-stub") &&
		!set_has(inquiry->asked, device));
}

static void add_step(struct ready *ready, enum action action,
		     const struct device *device, const char *driver)
{
	ready->step[ready->step_count++] = (struct step){
		.action = action, .device = device, .driver = driver };
}

/* First all drivers go: vfio takes a group only if none of the host's is left. */
static int find_steps(struct ready *ready, const struct inquiry *inquiry)
{
	const struct set *set = &inquiry->set, *asked = inquiry->asked;

	ready->step = calloc(set->count + asked->count, sizeof(*ready->step));
	if (!ready->step)
		return -ENOMEM;
	for (size_t i = 0; i < set->count; i++)
		if (set->member[i]->driver && !may_stay(inquiry, set->member[i]))
			add_step(ready, ACTION_UNBIND, set->member[i],
				 set->member[i]->driver);
	for (size_t i = 0; i < asked->count; i++)
		if (!neighbour_is_assigned(asked->member[i]))
			add_step(ready, ACTION_BIND, asked->member[i], DRIVER);
	return 0;
}

static int add_obstacle(struct ready *ready, const struct device *device,
			const struct use *use)
{
	struct obstacle *obstacle;

	obstacle = reallocarray(ready->obstacle, ready->obstacle_count + 1,
				sizeof(*obstacle));
	if (!obstacle)
		return -ENOMEM;
	ready->obstacle = obstacle;
	obstacle[ready->obstacle_count++] = (struct obstacle){ device, use };
	return 0;
}

static int find_uses(struct ready *ready, const struct inquiry *inquiry,
		     const struct device *device)
{
	const struct facts *facts = inquiry->tree->facts;
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->use_count; i++)
		if (!bdf_compare(facts->uses[i].device, device->address))
			ret = add_obstacle(ready, device, &facts->uses[i]);
	return ret;
}

/* Where the owner is seen himself, that somebody owns the group is no news. */
static bool has_owner(const struct inquiry *inquiry,
		      const struct device *device)
{
	const struct facts *facts = inquiry->tree->facts;

	for (size_t i = 0; i < facts->use_count; i++)
		if (!bdf_compare(facts->uses[i].device, device->address) &&
		    use_is_owner(&facts->uses[i]))
			return true;
	return false;
}

static bool is_owned(const struct inquiry *inquiry, const struct device *device)
{
	const struct group *group = NULL;

	if (device_has(device, DEVICE_GROUP))
		group = facts_group(inquiry->tree->facts, device->group);
	return group && group->user_owned == ANSWER_YES &&
	       !has_owner(inquiry, device);
}

int ready_find(struct ready *ready, const struct inquiry *inquiry)
{
	const struct set *set = &inquiry->set;
	int ret;

	*ready = (struct ready){ 0 };
	if (inquiry->handed_over)
		return 0;
	ret = find_steps(ready, inquiry);
	for (size_t i = 0; !ret && i < set->count; i++) {
		ret = find_uses(ready, inquiry, set->member[i]);
		if (!ret && is_owned(inquiry, set->member[i]))
			ret = add_obstacle(ready, set->member[i], NULL);
	}
	return ret;
}

void ready_free(struct ready *ready)
{
	free(ready->step);
	free(ready->obstacle);
	*ready = (struct ready){ 0 };
}

char *step_describe(const struct step *step)
{
	char address[BDF_TEXT];

	bdf_format(step->device->address, address);
	if (step->action == ACTION_UNBIND)
		return text_format("unbind %s from %s", step->driver, address);
	return text_format("bind %s to %s", address, step->driver);
}

char *obstacle_describe(const struct obstacle *obstacle)
{
	char address[BDF_TEXT];
	char *use, *text = NULL;

	bdf_format(obstacle->device->address, address);
	if (!obstacle->use)
		return text_format("%s: its group %u is owned by a process of user space",
				   address, obstacle->device->group);
	use = use_describe(obstacle->use);
	if (use)
		text = text_format("%s %s", address, use);
	free(use);
	return text;
}

const char *obstacle_kind(const struct obstacle *obstacle)
{
	if (!obstacle->use || use_is_owner(obstacle->use))
		return "owner";
	return names_get(&use_kind_names, obstacle->use->kind);
}
