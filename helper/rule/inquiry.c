// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "predict/quirk.h"
#include "rule/inquiry.h"
#include "rule/split.h"

static int walk_paths(struct inquiry *inquiry)
{
	const struct set *set = &inquiry->set;
	int ret = 0;

	inquiry->path = calloc(set->count + 1, sizeof(*inquiry->path));
	if (!inquiry->path)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < set->count; i++)
		ret = path_walk(inquiry->tree, set->member[i],
				&inquiry->path[i]);
	return ret;
}

/*
 * An open hop counts if somebody stands behind it. The uppermost port also
 * keeps the set apart from the machine itself, whoever else is there, and a
 * virtual function is kept apart from its physical function.
 */
static bool hop_counts(const struct facts *facts, const struct hop *hop,
		       const struct device *from, const struct set *victims)
{
	/* Without an IOMMU there is nothing that it could keep a request for. */
	if (hop->basis == BASIS_UNNEEDED || !facts_may_translate(facts, from))
		return false;
	if (victims->count)
		return true;
	if (hop->basis == BASIS_NONE)
		return false;
	if (hop->start)
		return device_has(hop->device, DEVICE_PHYSFN);
	return !device_has(hop->device, DEVICE_PARENT);
}

static bool has_split(const struct inquiry *inquiry,
		      const struct crossing *crossing, enum split split)
{
	const struct prediction *prediction = inquiry->prediction;

	if (split_between(prediction, crossing->from,
			  crossing->hop->device) == split)
		return true;
	for (size_t i = 0; i < crossing->victims.count; i++)
		if (split_between(prediction, crossing->from,
				  crossing->victims.member[i]) == split)
			return true;
	return false;
}

/* The kernel leaves it off as broken and does not count on it: the rest holds. */
static bool only_lacks_broken_sv(const struct inquiry *inquiry,
				 const struct hop *hop)
{
	return hop->acs.missing == ACS_SV &&
	       quirk_drops_sv(&inquiry->prediction->kernel, hop->device);
}

/* Ports of switches and buses are open to see; of others the kernel may know. */
static enum basis open_basis(const struct inquiry *inquiry,
			     const struct crossing *crossing)
{
	const struct hop *hop = crossing->hop;

	if (only_lacks_broken_sv(inquiry, hop))
		return BASIS_ASSUMED;
	if (hop->acs.missing)
		return has_split(inquiry, crossing, SPLIT_STALE) ?
			BASIS_STALE : BASIS_NONE;
	if (hop_is_bus(hop) || (hop_is_port(hop) && !hop_is_plain_root(hop)))
		return BASIS_NONE;
	return has_split(inquiry, crossing, SPLIT_UNEXPLAINED) ?
		BASIS_UNEXPLAINED : BASIS_NONE;
}

/* A member whose requests pass a hop, and come to an IOMMU. */
static bool sends_through(const struct inquiry *inquiry, const struct hop *hop,
			  const struct device *member)
{
	return facts_may_translate(inquiry->tree->facts, member) &&
	       (member == hop->device ||
		(!hop->start && tree_below(inquiry->tree, member, hop->device)));
}

static int add_victims(const struct inquiry *inquiry, struct crossing *crossing)
{
	const struct set *set = &inquiry->set;
	struct set senders = { 0 };
	int ret = 0;

	for (size_t i = 0; !ret && i < set->count; i++)
		if (sends_through(inquiry, crossing->hop, set->member[i]))
			ret = set_add(&senders, set->member[i]);
	if (!ret)
		ret = turn_victims(inquiry->tree, crossing->hop, &senders,
				   &crossing->from, set, &crossing->victims);
	set_free(&senders);
	return ret;
}

/*
 * Of a hop with some bits off, those that requests get through to; if there are
 * none, those that the bits that are off leave without protection.
 */
static int find_victims(const struct inquiry *inquiry,
			struct crossing *crossing)
{
	const struct hop *hop = crossing->hop;
	struct set *victims = &crossing->victims;
	int ret = 0;

	if (hop->basis == BASIS_NONE && hop->acs.missing)
		ret = add_victims(inquiry, crossing);
	crossing->through = victims->count;
	if (ret || crossing->through)
		return ret;
	return reach_victims(inquiry->tree, hop, &inquiry->set, victims);
}

/* @first, unless it has no IOMMU and another one has. */
static const struct device *find_sender(const struct inquiry *inquiry,
					const struct hop *hop,
					const struct device *first)
{
	const struct set *set = &inquiry->set;

	if (facts_may_translate(inquiry->tree->facts, first))
		return first;
	for (size_t i = 0; i < inquiry->asked->count; i++)
		if (sends_through(inquiry, hop, inquiry->asked->member[i]))
			return inquiry->asked->member[i];
	for (size_t i = 0; i < set->count; i++)
		if (sends_through(inquiry, hop, set->member[i]))
			return set->member[i];
	return first;
}

static int cross(struct inquiry *inquiry, const struct hop *hop,
		 const struct device *from)
{
	struct crossing *crossing;
	int ret;

	crossing = reallocarray(inquiry->crossing, inquiry->crossing_count + 1,
				sizeof(*crossing));
	if (!crossing)
		return -ENOMEM;
	inquiry->crossing = crossing;
	crossing += inquiry->crossing_count++;
	*crossing = (struct crossing){
		.hop = hop, .from = find_sender(inquiry, hop, from),
		.victims = { .most = inquiry->most },
	};
	ret = find_victims(inquiry, crossing);
	crossing->basis = hop->basis;
	/* A root port without ACS is assumed to be a barrier, not a switch. */
	if (hop_is_plain_root(hop) && crossing->victims.count)
		crossing->basis = BASIS_NONE;
	if (crossing->basis == BASIS_NONE)
		crossing->basis = open_basis(inquiry, crossing);
	crossing->counts = hop_counts(inquiry->tree->facts, hop, crossing->from,
				      &crossing->victims);
	return ret;
}

/* Above a hop that another member has crossed, it has crossed all. */
static int cross_path(struct inquiry *inquiry, const struct path *path,
		      struct set *crossed)
{
	const struct device *from = path->hop[0].device;
	int ret = 0;

	for (size_t i = 0; !ret && i < path->count; i++) {
		if (set_has(crossed, path->hop[i].device))
			return 0;
		ret = set_add(crossed, path->hop[i].device);
		if (!ret)
			ret = cross(inquiry, &path->hop[i], from);
	}
	return ret;
}

static int cross_some(struct inquiry *inquiry, bool asked, struct set *crossed)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < inquiry->set.count; i++) {
		const struct device *from = inquiry->set.member[i];

		if (set_has(inquiry->asked, from) == asked)
			ret = cross_path(inquiry, &inquiry->path[i], crossed);
	}
	return ret;
}

static int cross_all(struct inquiry *inquiry)
{
	struct set crossed = { 0 };
	int ret = cross_some(inquiry, true, &crossed);

	if (!ret)
		ret = cross_some(inquiry, false, &crossed);
	set_free(&crossed);
	return ret;
}

static int find_bypasses(struct inquiry *inquiry)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < inquiry->crossing_count; i++) {
		const struct crossing *crossing = &inquiry->crossing[i];

		ret = bypasses_find(&inquiry->bypasses, inquiry->tree,
				    &inquiry->set, crossing->hop,
				    crossing->from, inquiry->most);
	}
	return ret;
}

int inquiry_open(struct inquiry *inquiry, const struct survey *survey,
		 const struct set *asked, size_t most)
{
	int ret;

	*inquiry = (struct inquiry){ .survey = survey,
				     .prediction = survey->prediction,
				     .tree = survey->prediction->tree,
				     .asked = asked, .most = most };
	ret = set_add_groups(&inquiry->set, inquiry->tree, asked);
	if (!ret)
		ret = walk_paths(inquiry);
	if (!ret)
		ret = cross_all(inquiry);
	if (!ret)
		ret = find_bypasses(inquiry);
	return ret ? ret : intrusions_find(survey, &inquiry->set, most,
					   &inquiry->intrusions);
}

void inquiry_close(struct inquiry *inquiry)
{
	for (size_t i = 0; i < inquiry->crossing_count; i++)
		set_free(&inquiry->crossing[i].victims);
	free(inquiry->crossing);
	for (size_t i = 0; inquiry->path && i < inquiry->set.count; i++)
		path_free(&inquiry->path[i]);
	free(inquiry->path);
	bypasses_free(&inquiry->bypasses);
	intrusions_free(&inquiry->intrusions);
	set_free(&inquiry->set);
	*inquiry = (struct inquiry){ 0 };
}
