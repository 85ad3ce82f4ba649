// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "predict/quirk.h"
#include "rule/inquiry.h"
#include "rule/split.h"

static int collect_set(struct inquiry *inquiry)
{
	const struct set *asked = inquiry->asked;
	int ret = 0;

	for (size_t i = 0; !ret && i < asked->count; i++)
		ret = set_add(&inquiry->set, asked->member[i]);
	return ret ? ret : set_add_groups(&inquiry->set, inquiry->tree->facts);
}

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

static struct crossing *find_crossing(const struct inquiry *inquiry,
				      const struct hop *hop)
{
	for (size_t i = 0; i < inquiry->crossing_count; i++)
		if (inquiry->crossing[i].hop->device == hop->device)
			return &inquiry->crossing[i];
	return NULL;
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

/*
 * Of a hop with some bits off, those that requests get through to; if there are
 * none, those that the bits that are off leave without protection.
 */
static int find_victims(const struct inquiry *inquiry,
			struct crossing *crossing)
{
	const struct hop *hop = crossing->hop;
	const struct set *set = &inquiry->set;
	struct set *victims = &crossing->victims;
	int ret = 0;

	if (hop->basis == BASIS_NONE && hop->acs.missing)
		ret = turn_victims(inquiry->tree, hop, &crossing->senders,
				   &crossing->from, set, victims);
	crossing->through = victims->count;
	if (ret || crossing->through)
		return ret;
	return reach_victims(inquiry->tree, hop, set, victims);
}

static struct crossing *add_crossing(struct inquiry *inquiry,
				     const struct hop *hop,
				     const struct device *from)
{
	struct crossing *crossing;

	crossing = reallocarray(inquiry->crossing, inquiry->crossing_count + 1,
				sizeof(*crossing));
	if (!crossing)
		return NULL;
	inquiry->crossing = crossing;
	crossing += inquiry->crossing_count++;
	*crossing = (struct crossing){ .hop = hop, .from = from,
				       .victims = { .most = inquiry->most } };
	return crossing;
}

static int cross(struct inquiry *inquiry, const struct hop *hop,
		 const struct device *from)
{
	struct crossing *crossing = find_crossing(inquiry, hop);

	if (!crossing)
		crossing = add_crossing(inquiry, hop, from);
	if (!crossing)
		return -ENOMEM;
	if (!facts_may_translate(inquiry->tree->facts, from))
		return 0;
	if (!crossing->senders.count)
		crossing->from = from;
	return set_add(&crossing->senders, from);
}

/* With all senders known, as the one that can do most decides. */
static int judge(const struct inquiry *inquiry, struct crossing *crossing)
{
	const struct hop *hop = crossing->hop;
	int ret = find_victims(inquiry, crossing);

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

static int judge_all(struct inquiry *inquiry)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < inquiry->crossing_count; i++)
		ret = judge(inquiry, &inquiry->crossing[i]);
	return ret;
}

static int cross_all(struct inquiry *inquiry, bool asked)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < inquiry->set.count; i++) {
		const struct device *from = inquiry->set.member[i];
		const struct path *path = &inquiry->path[i];

		if (set_has(inquiry->asked, from) != asked)
			continue;
		for (size_t j = 0; !ret && j < path->count; j++)
			ret = cross(inquiry, &path->hop[j], from);
	}
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

int inquiry_open(struct inquiry *inquiry, const struct prediction *prediction,
		 const struct set *asked, size_t most)
{
	int ret;

	*inquiry = (struct inquiry){ .tree = prediction->tree,
				     .prediction = prediction, .asked = asked,
				     .most = most };
	ret = collect_set(inquiry);
	if (!ret)
		ret = walk_paths(inquiry);
	if (!ret)
		ret = cross_all(inquiry, true);
	if (!ret)
		ret = cross_all(inquiry, false);
	if (!ret)
		ret = judge_all(inquiry);
	if (!ret)
		ret = find_bypasses(inquiry);
	return ret ? ret : intrusions_find(inquiry->tree, &inquiry->set, most,
					   &inquiry->intrusions);
}

void inquiry_close(struct inquiry *inquiry)
{
	for (size_t i = 0; i < inquiry->crossing_count; i++) {
		set_free(&inquiry->crossing[i].senders);
		set_free(&inquiry->crossing[i].victims);
	}
	free(inquiry->crossing);
	for (size_t i = 0; inquiry->path && i < inquiry->set.count; i++)
		path_free(&inquiry->path[i]);
	free(inquiry->path);
	bypasses_free(&inquiry->bypasses);
	intrusions_free(&inquiry->intrusions);
	set_free(&inquiry->set);
	*inquiry = (struct inquiry){ 0 };
}
