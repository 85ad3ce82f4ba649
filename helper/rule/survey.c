// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/path.h"
#include "rule/neighbour.h"
#include "rule/survey.h"

/* A function is another hop where the way begins than where it passes by. */
static bool may_be_open(const struct tree *tree, const struct device *device)
{
	struct hop start = hop_make(tree, device, true);
	struct hop passed = hop_make(tree, device, false);

	return hop_shows_open(&start) || hop_may_be_open(&start) ||
	       hop_shows_open(&passed) || hop_may_be_open(&passed);
}

static void look_at_hops(struct survey *survey)
{
	const struct tree *tree = survey->prediction->tree;

	for (size_t i = 0; i < tree->facts->device_count; i++)
		survey->open[i] = may_be_open(tree, &tree->facts->devices[i]);
}

static void look_at_endpoints(struct survey *survey)
{
	const struct tree *tree = survey->prediction->tree;
	size_t end = tree->kin.endpoint_count;

	survey->next_guest[end] = survey->next_stranger[end] = end;
	for (size_t i = end; i--;) {
		const struct device *device = tree->kin.endpoint[i];
		bool guest = neighbour_is_assigned(tree->facts, device);
		bool stranger = neighbour_may_be_assigned(tree->facts, device);

		survey->next_guest[i] = guest ? i : survey->next_guest[i + 1];
		survey->next_stranger[i] =
			stranger ? i : survey->next_stranger[i + 1];
	}
}

int survey_make(struct survey *survey, const struct prediction *prediction)
{
	const struct tree *tree = prediction->tree;
	size_t endpoints = tree->kin.endpoint_count + 1;

	*survey = (struct survey){ .prediction = prediction };
	survey->open = calloc(tree->facts->device_count + 1,
			      sizeof(*survey->open));
	survey->next_guest = calloc(endpoints, sizeof(*survey->next_guest));
	survey->next_stranger = calloc(endpoints,
				       sizeof(*survey->next_stranger));
	if (!survey->open || !survey->next_guest || !survey->next_stranger)
		return -ENOMEM;
	look_at_hops(survey);
	look_at_endpoints(survey);
	return usage_make(&survey->usage, tree->facts);
}

bool survey_may_be_open(const struct survey *survey,
			const struct device *device)
{
	return survey->open[device - survey->prediction->tree->facts->devices];
}

static const struct device *find(const struct survey *survey, const size_t *next,
				 const struct device *top, const struct set *set)
{
	const struct tree *tree = survey->prediction->tree;
	struct brood brood = kin_brood(tree, top);

	if (!brood.count)
		return NULL;
	for (size_t i = next[brood.first]; i < brood.end; i = next[i + 1]) {
		const struct device *device = tree->kin.endpoint[i];

		if (!set_has(set, device) && tree_below(tree, device, top))
			return device;
	}
	return NULL;
}

const struct device *survey_guest(const struct survey *survey,
				  const struct device *top,
				  const struct set *set)
{
	return find(survey, survey->next_guest, top, set);
}

const struct device *survey_stranger(const struct survey *survey,
				     const struct device *top,
				     const struct set *set)
{
	return find(survey, survey->next_stranger, top, set);
}

void survey_free(struct survey *survey)
{
	free(survey->open);
	free(survey->next_guest);
	free(survey->next_stranger);
	usage_free(&survey->usage);
	*survey = (struct survey){ 0 };
}
