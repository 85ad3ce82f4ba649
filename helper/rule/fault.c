// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/moment.h"
#include "rule/fault.h"
#include "rule/forgery.h"
#include "rule/identity.h"
#include "rule/subject.h"

static bool is_recent(const struct faults *faults,
		      const struct requester *requester)
{
	if (!requester_faults(requester) ||
	    !field_known(requester, REQUESTER_LAST_SEEN))
		return false;
	/* What is in the future was seen before a clock was set back. */
	return faults->time < requester->last_seen ||
	       faults->time - requester->last_seen <= FAULT_WINDOW;
}

/* Of several IDs that the device uses, the one with most faults. */
static const struct requester *find_recent(const struct subject *subject)
{
	const struct faults *faults = &subject_facts(subject)->faults;
	const struct requester *found = NULL;

	for (size_t i = 0; i < faults->requester_count; i++) {
		const struct requester *requester = &faults->requesters[i];

		if (!is_recent(faults, requester) ||
		    !identity_is_of(subject->inquiry->tree, requester,
				    subject->device))
			continue;
		if (!found || requester_faults(requester) > requester_faults(found))
			found = requester;
	}
	return found;
}

bool fault_is_recent(const struct subject *subject)
{
	return find_recent(subject);
}

static char *show_forgery(const struct subject *subject, struct bdf id)
{
	struct claims claims;
	struct forgery forgery = { 0 };
	char *text = NULL;

	if (!claims_find(&claims, subject->inquiry->tree) &&
	    !forgery_find(&forgery, &claims, id))
		text = forgery_explain(&forgery);
	forgery_free(&forgery);
	claims_free(&claims);
	return text;
}

static bool is_exact(const struct facts *facts, const struct device *device)
{
	return watch_find(facts, device).state == WATCHING_YES &&
	       watch_is_exact(facts, device->address.segment);
}

char *fault_show_recent(const struct subject *subject)
{
	const struct facts *facts = subject_facts(subject);
	const struct requester *requester = find_recent(subject);
	char *forgery = show_forgery(subject, requester->address);
	char address[BDF_TEXT], age[MOMENT_AGE], *text;

	if (!forgery)
		return NULL;
	text = text_format("%s%llu faults of requester ID %s, the last %s ago; the ID could have been forged %s",
		is_exact(facts, subject->device) ? "" : "at least ",
		(unsigned long long)requester_faults(requester),
		bdf_format(requester->address, address),
		moment_age(facts->faults.time, requester->last_seen, age),
		forgery);
	free(forgery);
	return text;
}

static bool is_of_set(const struct inquiry *inquiry,
		      const struct requester *requester)
{
	for (size_t i = 0; i < inquiry->set.count; i++)
		if (identity_is_of(inquiry->tree, requester,
				   inquiry->set.member[i]))
			return true;
	return false;
}

static struct remainder find_remainder(const struct inquiry *inquiry)
{
	struct remainder remainder = { 0 };

	for (size_t i = 0; i < inquiry->set.count && !remainder.device; i++)
		remainder = remainder_find(inquiry->tree,
					   inquiry->set.member[i]);
	return remainder;
}

struct fault_sum fault_sum_up(const struct inquiry *inquiry)
{
	const struct facts *facts = inquiry->tree->facts;
	const struct faults *faults = &facts->faults;
	struct fault_sum sum = {
		.told = faults->told, .remainder = find_remainder(inquiry),
	};

	sum.at_least = sum.remainder.device;

	for (size_t i = 0; i < inquiry->set.count && !sum.gap; i++) {
		sum.why = watch_find(facts, inquiry->set.member[i]);
		if (sum.why.state != WATCHING_YES)
			sum.gap = inquiry->set.member[i];
		sum.at_least |= !is_exact(facts, inquiry->set.member[i]);
	}
	for (size_t i = 0; i < faults->requester_count; i++)
		if (requester_faults(&faults->requesters[i]) &&
		    is_of_set(inquiry, &faults->requesters[i]))
			sum.total += requester_faults(&faults->requesters[i]);
	return sum;
}

char *fault_sum_explain(const struct fault_sum *sum, const struct facts *facts)
{
	char *why = watch_explain(&sum->why, facts), *text;
	char address[BDF_TEXT];

	if (!why)
		return NULL;
	text = text_format("%s: %s", bdf_format(sum->gap->address, address),
			   why);
	free(why);
	return text;
}

bool fault_is_unwatched(const struct subject *subject)
{
	return fault_sum_up(subject->inquiry).gap;
}

char *fault_show_unwatched(const struct subject *subject)
{
	struct fault_sum sum = fault_sum_up(subject->inquiry);

	return fault_sum_explain(&sum, subject_facts(subject));
}
