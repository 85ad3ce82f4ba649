// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/evidence.h"
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

struct forecast {
	const struct tree *tree;
	struct below *below;
};

static struct below *below_of(const struct forecast *forecast,
			      const struct device *device)
{
	return &forecast->below[device - forecast->tree->facts->devices];
}

/* One that can beats one that may, which is CAPABILITY_OFF here. */
static enum capability more(enum capability a, enum capability b)
{
	if (!b)
		b = CAPABILITY_OFF;
	return a > b ? a : b;
}

static void climb(const struct forecast *forecast, const struct device *from)
{
	struct request request = request_start(forecast->tree, from);
	const struct device *up = from;

	for (; up; up = tree_parent(forecast->tree, up)) {
		struct hop hop = hop_make(forecast->tree, up, up == from);
		struct below *below = below_of(forecast, up);

		request_pass(&request, &hop);
		below->endpoints++;
		below->translated = more(below->translated, request.translated);
	}
}

static void count_all(const struct forecast *forecast)
{
	const struct facts *facts = forecast->tree->facts;

	for (size_t i = 0; i < facts->device_count; i++)
		if (device_is_endpoint(&facts->devices[i]))
			climb(forecast, &facts->devices[i]);
}

/* Bits that a check misses at a hop, though they let no memory request through. */
static uint8_t find_slack(const struct turn *turn)
{
	const struct hop *hop = &turn->hop;
	bool chosen = turn->way && turn->way != REACHABLE_YES;

	return chosen && hop->basis == BASIS_NONE ? hop->acs.missing : 0;
}

/* What makes a set unsafe goes before what is a warning about it. */
static bool is_worse(const struct prospect *one, const struct prospect *other)
{
	if (one->way != other->way)
		return one->way > other->way;
	if (one->inbound != other->inbound)
		return other->inbound;
	return other->slack && !one->slack;
}

static void take(struct prospect *prospect, struct prospect found)
{
	if (!is_worse(&found, prospect))
		return;
	found.port = prospect->port;
	found.basis = prospect->basis;
	*prospect = found;
}

static void take_turn(struct prospect *prospect, const struct turn *turn,
		      const struct device *other, bool inbound)
{
	uint8_t slack = find_slack(turn);

	take(prospect, (struct prospect){
		.way = slack ? REACHABLE_YES : turn->way,
		.hop = turn->hop.device, .other = other, .inbound = inbound,
		.slack = slack,
		.egress = !slack && turn->egress == turn->way,
		.translated = !slack && turn->translated == turn->way,
	});
}

/* Not only the bits that this request needs: as a check counts the hop. */
static void hold(struct prospect *prospect, const struct hop *hop)
{
	if (hop->basis < BASIS_UNKNOWN && hop->basis > prospect->basis)
		prospect->basis = hop->basis;
}

static void hold_turn(struct prospect *prospect, const struct turn *turn)
{
	if (turn->way == REACHABLE_NO)
		hold(prospect, &turn->hop);
}

/*
 * A request that is not stopped beside @from may turn round above. @translated is
 * whether it comes there marked as such.
 */
static void cross(const struct forecast *forecast, struct prospect *prospect,
		  const struct device *from, const struct device *to,
		  bool inbound, enum capability translated)
{
	const struct tree *tree = forecast->tree;
	struct hop hop = hop_make(tree, from, device_is_endpoint(from));
	struct request request = request_start(tree, from);
	const struct device *up = tree_parent(tree, from);
	struct turn turn;

	request.translated = translated;
	turn = turn_make(&request, &hop, reach_beside(tree, &hop, to), to);
	take_turn(prospect, &turn, inbound ? from : to, inbound);
	if (!inbound)
		hold_turn(prospect, &turn);
	for (; up; up = tree_parent(tree, up)) {
		hop = hop_make(tree, up, false);
		turn = turn_make(&request, &hop, reach_below(tree, &hop), NULL);
		take_turn(prospect, &turn, inbound ? from : to, inbound);
		hold_turn(prospect, &turn);
	}
}

/* Facts are in the order of addresses, so a bus is one run of them. */
static void cross_bus(const struct forecast *forecast, struct prospect *prospect,
		      const struct device *level, enum capability translated)
{
	const struct tree *tree = forecast->tree;
	const struct device *first = tree->facts->devices, *other = level;
	const struct device *end = first + tree->facts->device_count;

	while (other > first && reach_same_bus(other - 1, level))
		other--;
	for (; other < end && reach_same_bus(other, level); other++) {
		if (other == level || !below_of(forecast, other)->endpoints ||
		    tree_parent(tree, other) != tree_parent(tree, level))
			continue;
		cross(forecast, prospect, level, other, false, translated);
		cross(forecast, prospect, other, level, true,
		      below_of(forecast, other)->translated);
	}
}

static bool is_unknown(const struct hop *root)
{
	return root->basis == BASIS_UNKNOWN ||
	       device_has(root->device, DEVICE_PARENT_UNKNOWN);
}

/* The last port hands it to the IOMMU, whoever else there is. */
static void conclude(const struct forecast *forecast, struct prospect *prospect)
{
	const struct tree *tree = forecast->tree;
	const struct device *root = tree_root(tree, prospect->port);
	struct hop hop = hop_make(tree, root, false);

	if (device_has(prospect->port, DEVICE_GROUP_UNKNOWN))
		take(prospect, (struct prospect){ .way = REACHABLE_UNKNOWN });
	else if (!facts_real_group(tree->facts, prospect->port))
		take(prospect, (struct prospect){ .way = REACHABLE_YES });
	if (is_unknown(&hop))
		take(prospect, (struct prospect){ .way = REACHABLE_UNKNOWN,
						  .hop = root });
	hold(prospect, &hop);
	if (prospect->basis == BASIS_UNNEEDED)
		prospect->basis = BASIS_ASSUMED;
}

static struct prospect make(const struct forecast *forecast,
			    const struct device *port)
{
	struct prospect prospect = { .port = port, .way = REACHABLE_NO,
				     .basis = BASIS_UNNEEDED };
	/* It may have ATS, and then a driver may switch that on. */
	struct request request = { .tree = forecast->tree,
				   .translated = CAPABILITY_OFF };
	const struct device *level = port;

	for (; level; level = tree_parent(forecast->tree, level)) {
		struct hop hop = hop_make(forecast->tree, level, false);

		request_pass(&request, &hop);
		cross_bus(forecast, &prospect, level, request.translated);
	}
	conclude(forecast, &prospect);
	return prospect;
}

int prospects_find(struct prospects *prospects, const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	struct forecast forecast = { .tree = tree };

	*prospects = (struct prospects){ 0 };
	forecast.below = calloc(facts->device_count + 1, sizeof(*forecast.below));
	prospects->item = calloc(facts->device_count + 1,
				 sizeof(*prospects->item));
	if (!forecast.below || !prospects->item) {
		free(forecast.below);
		return -ENOMEM;
	}
	count_all(&forecast);
	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device->port_type == PORT_ROOT ||
		    device->port_type == PORT_DOWNSTREAM)
			prospects->item[prospects->count++] =
				make(&forecast, device);
	}
	free(forecast.below);
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

static char *explain_through(const struct prospect *prospect, const char *hop,
			     const char *other)
{
	const char *control = name_control(prospect);

	if (!prospect->inbound)
		return text_format("%s %s its requests through to %s%s", hop,
				   verb(prospect), other, control);
	if (prospect->hop == prospect->other)
		return text_format("%s %s requests through to it%s", hop,
				   verb(prospect), control);
	return text_format("%s %s requests of %s through to it%s", hop,
			   verb(prospect), other, control);
}

static char *explain_slack(const struct prospect *prospect, const char *hop,
			   const char *other)
{
	char *text = text_format("%s does not fully keep ", hop);
	int ret = text ? 0 : -ENOMEM;

	if (!ret && !prospect->inbound)
		ret = text_append(&text, "it from %s", other);
	else if (!ret && prospect->hop == prospect->other)
		ret = text_append(&text, "what is there from it");
	else if (!ret)
		ret = text_append(&text, "%s from it", other);
	if (!ret)
		ret = text_append(&text, "; off:");
	if (!ret)
		evidence_add_bits(&text, prospect->slack);
	return text;
}

static char *explain_unknown(const struct device *root, const char *address)
{
	const char *reason = names_get(&reason_names, root->acs_unknown);

	if (device_has(root, DEVICE_PARENT_UNKNOWN))
		return text_format("what is above %s is not known", address);
	if (!reason)
		return text_format("ACS of %s is not known", address);
	return text_format("ACS of %s is not known (%s)", address, reason);
}

char *prospect_explain(const struct prospect *prospect)
{
	char hop[BDF_TEXT], other[BDF_TEXT];

	if (prospect->way == REACHABLE_NO)
		return text_format("%s", names_get(&basis_names,
						   prospect->basis));
	if (!prospect->hop)
		return text_format(prospect->way == REACHABLE_YES ?
				   "no IOMMU serves this port" :
				   "whether an IOMMU serves this port is not known");
	bdf_format(prospect->hop->address, hop);
	if (!prospect->other)
		return explain_unknown(prospect->hop, hop);
	bdf_format(prospect->other->address, other);
	return prospect->slack ? explain_slack(prospect, hop, other) :
				 explain_through(prospect, hop, other);
}

void prospects_free(struct prospects *prospects)
{
	free(prospects->item);
	*prospects = (struct prospects){ 0 };
}
