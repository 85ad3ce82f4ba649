// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fault/reason.h"
#include "model/moment.h"
#include "rule/suspect.h"

static bool is_asked(const struct question *question, struct bdf id)
{
	for (size_t i = 0; i < question->count; i++)
		if (!bdf_compare(question->only[i], id))
			return true;
	return !question->count;
}

/* Whether a device that was asked for uses an ID beside its own. */
static bool is_shared(const struct question *question, const struct tree *tree,
		      const struct requester *requester)
{
	for (size_t i = 0; i < question->count; i++) {
		const struct device *device = facts_find(tree->facts,
							 question->only[i]);

		if (device && identity_is_of(tree, requester, device))
			return true;
	}
	return false;
}

static bool is_wanted(const struct question *question, const struct tree *tree,
		      const struct requester *requester)
{
	if (is_asked(question, requester->address))
		return question->all || question->count || requester->total;
	return (question->all || requester->total) &&
	       is_shared(question, tree, requester);
}

/* Counts that became smaller are those of a module that was loaded anew. */
static void compare(struct suspect *suspect, const struct faults *now,
		    const struct faults *before)
{
	const struct requester *then = faults_find(before, suspect->requester);
	uint64_t total = then ? then->total : 0;

	if (suspect->requester->total < total || now->time <= before->time)
		return;
	suspect->grown = suspect->requester->total - total;
	suspect->seconds = (double)(now->time - before->time) / MOMENT_SECOND;
}

/* Of thousands of functions without faults nobody asks more than their names. */
static struct identity identify(const struct tree *tree,
				const struct requester *requester,
				const struct device *device)
{
	if (requester->total || !device)
		return identity_find(tree, requester);
	return (struct identity){ IDENTITY_FUNCTION, device };
}

static bool is_exact(const struct facts *facts,
		     const struct requester *requester,
		     const struct device *device)
{
	if (device && watch_find(facts, device).state != WATCHING_YES)
		return false;
	return watch_is_exact(facts, requester->address.segment);
}

static int add(struct suspects *suspects, const struct claims *claims,
	       const struct requester *requester,
	       const struct question *question)
{
	struct suspect *suspect = &suspects->item[suspects->count++];
	const struct tree *tree = claims->tree;
	const struct device *device = requester->whole_bus ? NULL :
		facts_find(tree->facts, requester->address);

	*suspect = (struct suspect){
		.requester = requester, .device = device,
		.identity = identify(tree, requester, device),
		.exact = is_exact(tree->facts, requester, device),
	};
	if (question->before && question->before->told)
		compare(suspect, &tree->facts->faults, question->before);
	suspects->faults += requester->total;
	return forgery_find(&suspect->forgery, claims, requester->address);
}

static int by_activity(const void *a, const void *b)
{
	const struct suspect *x = a, *y = b;
	uint64_t one = x->requester->total, other = y->requester->total;

	if (x->grown != y->grown)
		return x->grown > y->grown ? -1 : 1;
	if (one != other)
		return one > other ? -1 : 1;
	return requester_compare(x->requester, y->requester);
}

static void look_at_watch(struct suspects *suspects, const struct facts *facts,
			  const struct device *device)
{
	struct watch watch = watch_find(facts, device);

	suspects->losses |= watch_has_losses(facts, device->address.segment);
	suspects->inexact |= !watch_is_exact(facts, device->address.segment);
	if (watch.state == WATCHING_YES) {
		suspects->watched++;
		return;
	}
	if (!suspects->unwatched++) {
		suspects->gap = device;
		suspects->why = watch;
	}
}

/*
 * Where nothing particular is asked for, devices that no IOMMU translates for do
 * not count, unless there are no others.
 */
static void find_watch(struct suspects *suspects, const struct facts *facts,
		       const struct question *question, bool translated)
{
	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (!is_asked(question, device->address))
			continue;
		if (translated && !question->count &&
		    !facts_real_group(facts, device))
			continue;
		look_at_watch(suspects, facts, device);
	}
	if (translated && !suspects->watched && !suspects->unwatched)
		find_watch(suspects, facts, question, false);
}

/* Those that are in no account that is shown. */
static void count_others(struct suspects *suspects, const struct faults *faults)
{
	for (size_t i = 0; i < faults->source_count; i++)
		suspects->faults += faults->sources[i].unattributed;
	suspects->faults += faults_hidden(faults);
	suspects->hides = faults_hide_some(faults);
}

static void find_remainder(struct suspects *suspects, const struct tree *tree,
			   const struct question *question)
{
	for (size_t i = 0; i < question->count && !suspects->remainder.device;
	     i++) {
		const struct device *device = facts_find(tree->facts,
							 question->only[i]);

		if (device)
			suspects->remainder = remainder_find(tree, device);
	}
}

int suspects_find(struct suspects *suspects, const struct tree *tree,
		  const struct question *question)
{
	const struct faults *faults = &tree->facts->faults;
	struct claims claims;
	int ret = claims_find(&claims, tree);

	*suspects = (struct suspects){ 0 };
	suspects->item = calloc(faults->requester_count + 1,
				sizeof(*suspects->item));
	if (!suspects->item)
		ret = -ENOMEM;
	for (size_t i = 0; !ret && i < faults->requester_count; i++)
		if (is_wanted(question, tree, &faults->requesters[i]))
			ret = add(suspects, &claims, &faults->requesters[i],
				  question);
	claims_free(&claims);
	if (ret)
		return ret;
	qsort(suspects->item, suspects->count, sizeof(*suspects->item),
	      by_activity);
	find_watch(suspects, tree->facts, question, true);
	find_remainder(suspects, tree, question);
	if (!question->count)
		count_others(suspects, faults);
	return 0;
}

bool suspects_all_watched(const struct suspects *suspects)
{
	return suspects->watched && !suspects->unwatched;
}

bool suspects_are_none(const struct suspects *suspects)
{
	return !suspects->faults && !suspects->losses && !suspects->hides &&
	       !suspects->remainder.device && suspects_all_watched(suspects);
}

const char *suspect_reason(const struct faults *faults,
			   const struct requester *requester, uint8_t code)
{
	for (size_t i = 0; i < faults->source_count; i++)
		if (faults->sources[i].index == requester->last_source)
			return fault_reason_words(
				strcmp(faults->sources[i].name, "amdvi") ?
				FAULT_VTD : FAULT_AMDVI, code);
	return "a reason of an IOMMU that is not known";
}

void suspects_free(struct suspects *suspects)
{
	for (size_t i = 0; i < suspects->count; i++)
		forgery_free(&suspects->item[i].forgery);
	free(suspects->item);
	*suspects = (struct suspects){ 0 };
}
