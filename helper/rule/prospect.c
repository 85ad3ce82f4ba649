// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/prospect.h"

static const char *const prospect_table[] = { "isolated", "unknown", "shared" };

const struct names prospect_names = { prospect_table, 3 };

/**
 * struct below - what there is at or below a device of the facts
 * @endpoints: how many
 * @translated: whether one of them gets requests past it that are marked so
 */
struct below {
	size_t endpoints;
	enum capability translated;
};

struct census {
	const struct tree *tree;
	struct below *below;
};

static struct below *below_of(const struct census *census,
			      const struct device *device)
{
	return &census->below[device - census->tree->facts->devices];
}

/* One that can beats one that may, which is CAPABILITY_OFF here. */
static enum capability more(enum capability a, enum capability b)
{
	if (!b)
		b = CAPABILITY_OFF;
	return a > b ? a : b;
}

static void climb(const struct census *census, const struct device *from)
{
	struct request request = request_start(census->tree, from);
	const struct device *up = from;

	for (; up; up = tree_parent(census->tree, up)) {
		struct hop hop = hop_make(census->tree, up, up == from);
		struct below *below = below_of(census, up);

		request_pass(&request, &hop);
		below->endpoints++;
		below->translated = more(below->translated, request.translated);
	}
}

static void count_all(const struct census *census)
{
	const struct facts *facts = census->tree->facts;

	for (size_t i = 0; i < facts->device_count; i++)
		if (device_is_endpoint(&facts->devices[i]))
			climb(census, &facts->devices[i]);
}

static void take(struct prospect *prospect, const struct turn *turn,
		 const struct device *hop, const struct device *other,
		 bool inbound)
{
	if (turn->way <= prospect->way)
		return;
	prospect->way = turn->way;
	prospect->hop = hop;
	prospect->other = other;
	prospect->inbound = inbound;
	prospect->egress = turn->egress == turn->way;
	prospect->translated = turn->translated == turn->way;
}

static void hold(struct prospect *prospect, const struct turn *turn)
{
	if (turn->way == REACHABLE_NO && turn->basis > prospect->basis)
		prospect->basis = turn->basis;
}

/*
 * A request that is not stopped beside @from may turn round above. @translated is
 * whether it comes there marked as such.
 */
static void cross(const struct census *census, struct prospect *prospect,
		  const struct device *from, const struct device *to,
		  bool inbound, enum capability translated)
{
	const struct tree *tree = census->tree;
	struct hop hop = hop_make(tree, from, device_is_endpoint(from));
	struct request request = request_start(tree, from);
	const struct device *up = tree_parent(tree, from);
	struct turn turn;

	request.translated = translated;
	turn = turn_make(&request, &hop, reach_beside(tree, &hop, to), to);
	take(prospect, &turn, from, inbound ? from : to, inbound);
	if (!inbound)
		hold(prospect, &turn);
	for (; up; up = tree_parent(tree, up)) {
		hop = hop_make(tree, up, false);
		turn = turn_make(&request, &hop, reach_below(tree, &hop), NULL);
		take(prospect, &turn, up, inbound ? from : to, inbound);
		hold(prospect, &turn);
	}
}

/* Facts are in the order of addresses, so a bus is one run of them. */
static void cross_bus(const struct census *census, struct prospect *prospect,
		      const struct device *level, enum capability translated)
{
	const struct tree *tree = census->tree;
	const struct device *first = tree->facts->devices, *other = level;
	const struct device *end = first + tree->facts->device_count;

	while (other > first && reach_same_bus(other - 1, level))
		other--;
	for (; other < end && reach_same_bus(other, level); other++) {
		if (other == level || !below_of(census, other)->endpoints ||
		    tree_parent(tree, other) != tree_parent(tree, level))
			continue;
		cross(census, prospect, level, other, false, translated);
		cross(census, prospect, other, level, true,
		      below_of(census, other)->translated);
	}
}

/* The last port hands it to the IOMMU, whoever else there is. */
static void conclude(const struct census *census, struct prospect *prospect)
{
	const struct device *root = tree_root(census->tree, prospect->port);
	struct hop hop = hop_make(census->tree, root, false);

	if (device_has(prospect->port, DEVICE_GROUP_UNKNOWN))
		take(prospect, &(struct turn){ .way = REACHABLE_UNKNOWN }, NULL, NULL, false);
	else if (!facts_real_group(census->tree->facts, prospect->port))
		take(prospect, &(struct turn){ .way = REACHABLE_YES }, NULL, NULL, false);
	if (prospect->basis != BASIS_UNNEEDED)
		return;
	prospect->basis = hop_is_port(&hop) && hop.basis < BASIS_ASSUMED ?
		hop.basis : BASIS_ASSUMED;
}

static struct prospect make(const struct census *census,
			    const struct device *port)
{
	struct prospect prospect = { .port = port, .way = REACHABLE_NO,
				     .basis = BASIS_UNNEEDED };
	/* It may have ATS, and then a driver may switch that on. */
	struct request request = { .tree = census->tree,
				   .translated = CAPABILITY_OFF };
	const struct device *level = port;

	for (; level; level = tree_parent(census->tree, level)) {
		struct hop hop = hop_make(census->tree, level, false);

		request_pass(&request, &hop);
		cross_bus(census, &prospect, level, request.translated);
	}
	conclude(census, &prospect);
	return prospect;
}

int prospects_find(struct prospects *prospects, const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	struct census census = { .tree = tree };

	*prospects = (struct prospects){ 0 };
	census.below = calloc(facts->device_count + 1, sizeof(*census.below));
	prospects->item = calloc(facts->device_count + 1,
				 sizeof(*prospects->item));
	if (!census.below || !prospects->item) {
		free(census.below);
		return -ENOMEM;
	}
	count_all(&census);
	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device->port_type == PORT_ROOT ||
		    device->port_type == PORT_DOWNSTREAM)
			prospects->item[prospects->count++] =
				make(&census, device);
	}
	free(census.below);
	return 0;
}

static const char *verb(const struct prospect *prospect)
{
	return prospect->way == REACHABLE_YES ? "lets" : "may let";
}

/* Whose required bits may all be on. */
static const char *name_control(const struct prospect *prospect)
{
	if (prospect->egress)
		return ", by Egress Control";
	return prospect->translated ? ", by Direct Translated P2P" : "";
}

char *prospect_explain(const struct prospect *prospect)
{
	const char *control = name_control(prospect);
	char hop[BDF_TEXT], other[BDF_TEXT];

	if (prospect->way == REACHABLE_NO)
		return text_format("%s", names_get(&basis_names,
						   prospect->basis));
	if (!prospect->hop)
		return text_format(prospect->way == REACHABLE_YES ?
				   "no IOMMU serves this port" :
				   "whether an IOMMU serves this port is not known");
	bdf_format(prospect->hop->address, hop);
	bdf_format(prospect->other->address, other);
	if (!prospect->inbound)
		return text_format("%s %s its requests through to %s%s", hop,
				   verb(prospect), other, control);
	if (prospect->hop == prospect->other)
		return text_format("%s %s requests through to it%s", hop,
				   verb(prospect), control);
	return text_format("%s %s requests of %s through to it%s", hop,
			   verb(prospect), other, control);
}

void prospects_free(struct prospects *prospects)
{
	free(prospects->item);
	*prospects = (struct prospects){ 0 };
}
