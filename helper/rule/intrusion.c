// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/intrusion.h"
#include "rule/neighbour.h"

/*
 * A hop as seen from the set: whom of it requests may come to. Known of each
 * function once, by its place in the facts, however many requests pass it.
 *
 * @shown: it is open to see, if only by bits that let no request through
 * @way: of any request that passes it
 * @member: the first of the set that such requests come to
 * @translated: the first that requests come to which are marked as translated,
 *	and others do not
 * @egress: Egress Control is what makes @way
 */
struct entrance {
	bool asked, shown, egress;
	enum reachable way;
	const struct device *member, *translated;
};

struct search {
	const struct tree *tree;
	const struct set *set;
	size_t most;
	struct intrusions *intrusions;
	struct entrance *entrance;
};

static struct turn turn_of(const struct search *search, const struct hop *hop,
			   const struct device *member,
			   enum capability translated)
{
	struct request request = { .tree = search->tree, .from = hop->device,
				   .translated = translated };
	const struct device *peer;
	enum bearing bearing = reach_bearing(search->tree, hop, member, &peer);

	return turn_make(&request, hop, bearing, peer);
}

/* Where registers decide, they do so for each member. */
static void ask_member(const struct search *search, const struct hop *hop,
		       const struct device *member, struct entrance *entrance)
{
	struct turn plain = turn_of(search, hop, member, CAPABILITY_ABSENT);
	struct turn marked = turn_of(search, hop, member, CAPABILITY_ON);

	if (plain.way > entrance->way) {
		entrance->way = plain.way;
		entrance->member = member;
		entrance->egress = plain.way > REACHABLE_NO &&
				   plain.egress == plain.way;
	}
	if (!entrance->translated && marked.translated == REACHABLE_YES)
		entrance->translated = member;
}

/* Without an IOMMU a member is open to everybody, and another rule says so. */
static bool leads_to(const struct search *search, const struct hop *hop,
		     const struct device *member)
{
	return facts_may_translate(search->tree->facts, member) &&
	       reach_includes(search->tree, hop, member);
}

/* Ports without registers let all requests through; others may, for all we know. */
static enum reachable way_without_registers(const struct hop *hop)
{
	if (hop_shows_open(hop))
		return hop->acs.missing ? 0 : REACHABLE_YES;
	return hop->basis == BASIS_UNKNOWN || hop_is_claimed(hop) ?
		REACHABLE_UNKNOWN : 0;
}

static void find_entrance(const struct search *search, const struct hop *hop,
			  struct entrance *entrance)
{
	const struct set *set = search->set;
	enum reachable way = way_without_registers(hop);

	entrance->asked = true;
	if (!hop_shows_open(hop) && !hop_may_be_open(hop))
		return;
	for (size_t i = 0; i < set->count; i++) {
		if (!leads_to(search, hop, set->member[i]))
			continue;
		if (!entrance->member)
			entrance->member = set->member[i];
		if (!way)
			ask_member(search, hop, set->member[i], entrance);
	}
	entrance->shown = hop_shows_open(hop);
	if (way)
		entrance->way = way;
}

static enum reachable way_of_translated(const struct search *search,
					const struct entrance *entrance,
					const struct hop *hop,
					const struct device *from)
{
	if (!entrance->translated)
		return 0;
	switch (request_arrival(search->tree, hop, from)) {
	case CAPABILITY_ABSENT:
		return 0;
	case CAPABILITY_ON:
		return REACHABLE_YES;
	default:
		return REACHABLE_UNKNOWN;
	}
}

/* The way of requests of one function through a hop; without members where none. */
static struct intrusion make_intrusion(const struct search *search,
				       const struct entrance *entrance,
				       const struct hop *hop,
				       const struct device *from)
{
	enum reachable marked = way_of_translated(search, entrance, hop, from);
	enum reachable way = entrance->way > marked ? entrance->way : marked;
	struct intrusion made = {
		.hop = *hop, .intruders = { .most = search->most },
		.certain = entrance->shown || way == REACHABLE_YES,
		.through = way == REACHABLE_YES,
	};

	if (entrance->shown || way > REACHABLE_NO)
		made.member = marked > entrance->way ? entrance->translated :
						       entrance->member;
	if (entrance->egress && entrance->way == way)
		made.controls |= ACS_EC;
	if (marked && marked == way)
		made.controls |= ACS_DT;
	return made;
}

/* The last: hops are asked in the order in which their devices come up. */
static struct intrusion *find_intrusion(const struct search *search,
					const struct intrusion *like)
{
	struct intrusions *all = search->intrusions;

	for (size_t i = all->count; i--;)
		if (all->item[i].hop.device == like->hop.device &&
		    all->item[i].certain == like->certain &&
		    all->item[i].through == like->through)
			return &all->item[i];
	return NULL;
}

static struct intrusion *add_intrusion(const struct search *search,
				       const struct intrusion *made)
{
	struct intrusions *all = search->intrusions;
	struct intrusion *item;

	item = reallocarray(all->item, all->count + 1, sizeof(*item));
	if (!item)
		return NULL;
	all->item = item;
	item += all->count++;
	*item = *made;
	return item;
}

/* The first guest is kept whoever came before: what it can do decides. */
static int add_intruder(const struct search *search,
			struct intrusion *intrusion, const struct device *from)
{
	const struct facts *facts = search->tree->facts;
	struct set *intruders = &intrusion->intruders;
	bool guest = neighbour_is_assigned(facts, from);

	if (guest && !intrusion->guest && intruders->most &&
	    intruders->count >= intruders->most)
		intruders->most++;
	intrusion->guest |= guest;
	intrusion->stranger |= neighbour_may_be_assigned(facts, from);
	return set_add(intruders, from);
}

static int ask(struct search *search, const struct hop *hop,
	       const struct device *from)
{
	struct entrance *entrance = &search->entrance[hop->device -
					search->tree->facts->devices];
	struct intrusion *intrusion, made;

	if (!entrance->asked)
		find_entrance(search, hop, entrance);
	made = make_intrusion(search, entrance, hop, from);
	if (!made.member)
		return 0;
	intrusion = find_intrusion(search, &made);
	if (!intrusion)
		intrusion = add_intrusion(search, &made);
	if (!intrusion)
		return -ENOMEM;
	intrusion->controls |= made.controls;
	return add_intruder(search, intrusion, from);
}

static int ask_all(struct search *search, const struct device *from)
{
	const struct device *up = from;
	int ret = 0;

	for (; !ret && up; up = tree_parent(search->tree, up)) {
		struct hop hop = hop_make(search->tree, up, up == from);

		ret = ask(search, &hop, from);
	}
	return ret;
}

int intrusions_find(const struct tree *tree, const struct set *set, size_t most,
		    struct intrusions *intrusions)
{
	const struct facts *facts = tree->facts;
	struct search search = {
		.tree = tree, .set = set, .most = most,
		.intrusions = intrusions,
	};
	int ret = 0;

	search.entrance = calloc(facts->device_count + 1,
				 sizeof(*search.entrance));
	if (!search.entrance)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_is_endpoint(device) && !set_has(set, device))
			ret = ask_all(&search, device);
	}
	free(search.entrance);
	return ret;
}

void intrusions_free(struct intrusions *intrusions)
{
	for (size_t i = 0; i < intrusions->count; i++)
		set_free(&intrusions->item[i].intruders);
	free(intrusions->item);
	*intrusions = (struct intrusions){ 0 };
}
