// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule/audit.h"
#include "rule/neighbour.h"
#include "rule/use.h"

/*
 * Each set can have all other devices as victims and as intruders: keeping all
 * of them would take the square of the machine.
 */
#define DEVICES_KEPT 16

static bool is_assigned(const struct set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (neighbour_is_on_vfio(set->member[i]))
			return true;
	return false;
}

/* As far as the host is concerned: no driver of its own is left. */
static bool is_handed_over(const struct set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->member[i]->driver &&
		    !neighbour_is_on_vfio(set->member[i]) &&
		    !neighbour_is_parked(set->member[i]))
			return false;
	return is_assigned(set);
}

/* A driver that could not be seen may be vfio's. */
static bool may_be_assigned(const struct set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (device_has(set->member[i], DEVICE_DRIVER_UNKNOWN))
			return true;
	return is_assigned(set);
}

static int add_unseen(struct audit *audit, const struct text_list *unseen)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < unseen->count; i++)
		if (!text_list_has(&audit->unseen, unseen->item[i]))
			ret = text_list_add(&audit->unseen, "%s",
					    unseen->item[i]);
	return ret;
}

/* Takes @asked over. Sets are not moved: answers point to them. */
static int add(struct audit *audit, const struct device *first,
	       const struct set *asked)
{
	struct audited *audited = &audit->item[audit->count++];
	int ret;

	audited->first = first;
	audited->asked = *asked;
	audited->covered = may_be_assigned(asked);
	ret = assessment_find(&audited->assessment, &audit->survey,
			      &audited->asked, is_handed_over(asked),
			      DEVICES_KEPT);
	if (!ret)
		ret = add_unseen(audit, &audited->assessment.judgement.unseen);
	if (ret || !audited->covered)
		return ret;
	audit->covered++;
	if (audited->assessment.judgement.verdict > audit->verdict)
		audit->verdict = audited->assessment.judgement.verdict;
	return 0;
}

/* What the process that has a device through vfio has beside it. */
static int add_of_owners(const struct survey *survey,
			 const struct device *device, struct set *more)
{
	const struct facts *facts = survey->prediction->tree->facts;
	struct uses uses = usage_of(&survey->usage, device);
	int ret = 0;

	for (size_t i = 0; i < uses.count; i++) {
		struct uses owned;

		if (!use_is_owner(uses.item[i]) ||
		    bdf_compare(uses.item[i]->device, device->address))
			continue;
		owned = usage_of_owner(&survey->usage, uses.item[i]);
		for (size_t j = 0; !ret && j < owned.count; j++) {
			device = facts_find(facts, owned.item[j]->device);
			if (device && device_is_endpoint(device))
				ret = set_add(more, device);
		}
	}
	return ret;
}

/* Two devices of one guest are handed over together, whatever their groups. */
static int add_of_same_owner(const struct survey *survey, struct set *asked)
{
	struct set more = { 0 };
	int ret = 0;

	for (size_t i = 0; !ret && i < asked->count; i++)
		ret = add_of_owners(survey, asked->member[i], &more);
	for (size_t i = 0; !ret && i < more.count; i++)
		ret = set_add(asked, more.member[i]);
	set_free(&more);
	return ret;
}

static int add_group(struct audit *audit, const struct group *group)
{
	const struct survey *survey = &audit->survey;
	struct relatives all = kin_members(survey->prediction->tree, group);
	const struct device *first = NULL;
	struct set asked = { 0 };
	int ret = 0;

	for (size_t i = 0; !ret && i < all.count; i++)
		if (device_is_endpoint(all.member[i]))
			ret = set_add(&asked, all.member[i]);
	if (asked.count)
		first = asked.member[0];
	if (!ret)
		ret = add_of_same_owner(survey, &asked);
	if (!ret && first)
		return add(audit, first, &asked);
	set_free(&asked);
	return ret;
}

static int add_alone(struct audit *audit, const struct device *device)
{
	struct set asked = { 0 };
	int ret;

	if (device_has(device, DEVICE_GROUP) || !device_is_endpoint(device))
		return 0;
	ret = set_add(&asked, device);
	return ret ? ret : add(audit, device, &asked);
}

int audit_run(struct audit *audit, const struct prediction *prediction)
{
	const struct facts *facts = prediction->tree->facts;
	int ret;

	*audit = (struct audit){ .verdict = SEVERITY_INFO };
	ret = survey_make(&audit->survey, prediction);
	if (ret)
		return ret;
	audit->item = calloc(facts->device_count + 1, sizeof(*audit->item));
	if (!audit->item)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < facts->group_count; i++)
		ret = add_group(audit, &facts->groups[i]);
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		ret = add_alone(audit, &facts->devices[i]);
	return ret ? ret : prospects_find(&audit->slots, prediction->tree);
}

size_t audit_count(const struct audit *audit, enum severity verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < audit->count; i++)
		count += audit->item[i].covered &&
			 audit->item[i].assessment.judgement.verdict == verdict;
	return count;
}

void audit_free(struct audit *audit)
{
	for (size_t i = 0; i < audit->count; i++) {
		assessment_free(&audit->item[i].assessment);
		set_free(&audit->item[i].asked);
	}
	free(audit->item);
	prospects_free(&audit->slots);
	survey_free(&audit->survey);
	text_list_free(&audit->unseen);
	*audit = (struct audit){ 0 };
}
