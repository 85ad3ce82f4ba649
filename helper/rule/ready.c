// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule/neighbour.h"
#include "rule/ready.h"
#include "rule/use.h"

#define DRIVER "vfio-pci"

static const char *const action_table[] = { "remove-vfs", "unbind", "bind" };

const struct names action_names = { action_table, 3 };

/* vfio lets drivers stand beside it in a group that do nothing. */
static bool may_stay(const struct inquiry *inquiry, const struct device *device)
{
	return neighbour_is_on_vfio(device) ||
	       (neighbour_is_parked(device) &&
		!set_has(inquiry->asked, device));
}

/* Drivers of bridges that leave DMA to whoever owns the group. */
static bool leaves_dma(const struct device *device)
{
	static const char *const drivers[] = { "pcieport", "shpchp" };

	if (device_has(device, DEVICE_DRIVER_MANAGED_DMA))
		return device->driver_managed_dma;
	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++)
		if (!strcmp(device->driver, drivers[i]))
			return true;
	return false;
}

/*
 * What is in a group of the set must be without a driver of the host's, bridges
 * too. What is behind Intel's VMD goes when that does.
 */
static bool must_unbind(const struct inquiry *inquiry,
			const struct device *device)
{
	if (!device->driver || device_has(device, DEVICE_DMA_DEVICE))
		return false;
	if (set_has(&inquiry->set, device))
		return !may_stay(inquiry, device);
	return !device_is_endpoint(device) &&
	       !neighbour_is_parked(device) && !leaves_dma(device);
}

static bool must_bind(const struct device *device)
{
	return !neighbour_is_on_vfio(device) &&
	       !device_has(device, DEVICE_DMA_DEVICE);
}

static int add_step(struct ready *ready, enum action action,
		    const struct device *device, const char *driver)
{
	struct step *step;

	step = reallocarray(ready->step, ready->step_count + 1, sizeof(*step));
	if (!step)
		return -ENOMEM;
	ready->step = step;
	step[ready->step_count++] = (struct step){
		.action = action, .device = device, .driver = driver };
	return 0;
}

/* vfio-pci takes no physical function that has virtual ones. */
static int find_removals(struct ready *ready, const struct inquiry *inquiry)
{
	const struct set *asked = inquiry->asked;
	int ret = 0;

	for (size_t i = 0; !ret && i < asked->count; i++)
		if (asked->member[i]->num_vfs)
			ret = add_step(ready, ACTION_REMOVE_VFS,
				       asked->member[i], NULL);
	return ret;
}

/* The set, and bridges that share its groups. */
static int find_concerned(const struct inquiry *inquiry, struct set *concerned)
{
	const struct set *set = &inquiry->set;
	int ret = 0;

	for (size_t i = 0; !ret && i < set->count; i++) {
		struct relatives group = kin_group(inquiry->tree,
						   set->member[i]);

		ret = set_add(concerned, set->member[i]);
		if (set_first_of(set, &group) != set->member[i])
			continue;
		for (size_t j = 0; !ret && j < group.count; j++)
			ret = set_add(concerned, group.member[j]);
	}
	return ret;
}

static int find_unbindings(struct ready *ready, const struct inquiry *inquiry)
{
	struct set concerned = { 0 };
	int ret = find_concerned(inquiry, &concerned);

	for (size_t i = 0; !ret && i < concerned.count; i++) {
		const struct device *device = concerned.member[i];

		if (must_unbind(inquiry, device))
			ret = add_step(ready, ACTION_UNBIND, device,
				       device->driver);
	}
	set_free(&concerned);
	return ret;
}

/* First all drivers go: vfio takes a group only if none of the host's is left. */
static int find_steps(struct ready *ready, const struct inquiry *inquiry)
{
	const struct set *asked = inquiry->asked;
	int ret = find_removals(ready, inquiry);

	if (!ret)
		ret = find_unbindings(ready, inquiry);
	for (size_t i = 0; !ret && i < asked->count; i++)
		if (must_bind(asked->member[i]))
			ret = add_step(ready, ACTION_BIND, asked->member[i],
				       DRIVER);
	return ret;
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
	struct uses uses = usage_of(&inquiry->survey->usage, device);
	int ret = 0;

	for (size_t i = 0; !ret && i < uses.count; i++)
		ret = add_obstacle(ready, device, uses.item[i]);
	return ret;
}

/* Where the owner is seen himself, that somebody owns the group is no news. */
static bool has_owner(const struct inquiry *inquiry,
		      const struct device *device)
{
	struct uses uses = usage_of(&inquiry->survey->usage, device);

	for (size_t i = 0; i < uses.count; i++)
		if (!bdf_compare(uses.item[i]->device, device->address) &&
		    use_is_owner(uses.item[i]))
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
	if (step->action == ACTION_REMOVE_VFS)
		return text_format("remove the %u virtual functions of %s (write 0 to its sriov_numvfs)",
				   step->device->num_vfs, address);
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
	use = use_describe(obstacle->use, obstacle->device);
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
