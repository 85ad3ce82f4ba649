// SPDX-License-Identifier: GPL-2.0
#include "model/text.h"
#include "rule/identity.h"
#include "rule/remainder.h"

static bool lacks_account(const void *context, struct bdf id)
{
	const struct requester like = { .address = id };

	return !faults_find(context, &like);
}

bool remainder_is_possible(const struct tree *tree, const struct device *device)
{
	return identity_any(tree, device, lacks_account, &tree->facts->faults);
}

/** struct search - for faults; the answer is filled in through it */
struct search {
	const struct faults *faults;
	struct remainder *found;
};

static uint64_t count_crowd(const struct faults *faults, struct bdf id)
{
	uint64_t total = 0;

	for (size_t i = 0; i < faults->requester_count; i++)
		if (faults->requesters[i].whole_bus &&
		    bdf_same_bus(faults->requesters[i].address, id))
			total += faults->requesters[i].total;
	return total;
}

static bool has_remainder(const void *context, struct bdf id)
{
	const struct search *search = context;

	if (!lacks_account(search->faults, id))
		return false;
	search->found->id = id;
	search->found->crowd = count_crowd(search->faults, id);
	return search->found->crowd || faults_hide_some(search->faults);
}

struct remainder remainder_find(const struct tree *tree,
				const struct device *device)
{
	struct remainder remainder = { 0 };
	const struct search search = { &tree->facts->faults, &remainder };

	if (!search.faults->told ||
	    !identity_any(tree, device, has_remainder, &search))
		return (struct remainder){ 0 };
	remainder.device = device;
	return remainder;
}

static char *explain_crowd(const struct remainder *remainder,
			   const char *device, const char *id)
{
	return text_format("%s may have made some of the %llu faults that are booked on bus %02x as a whole: it uses requester ID %s, which found no account of its own",
			   device, (unsigned long long)remainder->crowd,
			   bdf_bus(remainder->id), id);
}

char *remainder_explain(const struct remainder *remainder,
			const struct faults *faults)
{
	uint64_t hidden = faults_hidden(faults);
	char device[BDF_TEXT], id[BDF_TEXT];

	bdf_format(remainder->device->address, device);
	bdf_format(remainder->id, id);
	if (remainder->crowd)
		return explain_crowd(remainder, device, id);
	if (!hidden)
		return text_format("%s may have made faults that are not shown: it uses requester ID %s, and that needs CAP_NET_ADMIN",
				   device, id);
	return text_format("%s may have made some of the %llu faults that are not shown: it uses requester ID %s, and that needs CAP_NET_ADMIN",
			   device, (unsigned long long)hidden, id);
}
