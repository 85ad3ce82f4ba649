// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/intrusion.h"
#include "rule/neighbour.h"

/*
 * A hop as seen from the set: whom of it requests may come to.
 *
 * @shown: it is open to see, if only by bits that let no request through
 * @way: of any request that passes it
 * @member: the first of the set that such requests come to
 * @translated: the first that requests come to which are marked as translated,
 *	and others do not
 * @egress: Egress Control is what makes @way
 */
struct entrance {
	bool shown, egress;
	enum reachable way;
	const struct device *member, *translated;
};

/*
 * @seen: devices on ways up from the set, whose children were searched
 * @buses: of each root bus that was searched, the first device
 */
struct search {
	const struct survey *survey;
	const struct tree *tree;
	const struct set *set;
	size_t most;
	struct intrusions *intrusions;
	struct set seen, buses;
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

/* Where members are that a hop can lead to: not beyond the bridge above it. */
static void find_range(const struct search *search, const struct hop *hop,
		       size_t *first, size_t *end)
{
	const struct device *above = tree_parent(search->tree, hop->device);
	const struct device *const *endpoint = search->tree->kin.endpoint;
	struct brood brood;

	*first = 0;
	*end = search->set->count;
	if (!above)
		return;
	brood = kin_brood(search->tree, above);
	*first = set_position(search->set, endpoint[brood.first]);
	*end = set_position(search->set, endpoint[brood.end - 1] + 1);
}

static struct entrance find_entrance(const struct search *search,
				     const struct hop *hop)
{
	enum reachable way = way_without_registers(hop);
	struct entrance entrance = { .shown = hop_shows_open(hop) };
	size_t first, end;

	if (!entrance.shown && !hop_may_be_open(hop))
		return entrance;
	find_range(search, hop, &first, &end);
	for (size_t i = first; i < end; i++) {
		const struct device *member = search->set->member[i];

		if (!leads_to(search, hop, member))
			continue;
		if (!entrance.member)
			entrance.member = member;
		if (!way)
			ask_member(search, hop, member, &entrance);
	}
	if (way)
		entrance.way = way;
	return entrance;
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

/* What comes through a hop is added together. */
static struct intrusion *find_intrusion(const struct search *search,
					const struct intrusion *like)
{
	struct intrusions *all = search->intrusions;

	for (size_t i = all->count;
	     i-- && all->item[i].hop.device == like->hop.device;)
		if (all->item[i].certain == like->certain &&
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

static int ask(const struct search *search, const struct entrance *entrance,
	       const struct device *device, const struct device *from)
{
	struct hop hop = hop_make(search->tree, device, device == from);
	struct intrusion made = make_intrusion(search, entrance, &hop, from);
	struct intrusion *intrusion;

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

/* Each can mark its requests, or not. */
static int ask_each(const struct search *search,
		    const struct entrance *entrance,
		    const struct device *device)
{
	struct brood brood = kin_brood(search->tree, device);
	int ret = 0;

	for (size_t i = brood.first; !ret && i < brood.end; i++) {
		const struct device *from = search->tree->kin.endpoint[i];

		if (!set_has(search->set, from) &&
		    tree_below(search->tree, from, device))
			ret = ask(search, entrance, device, from);
	}
	return ret;
}

/* As add_intruder(), of all whose requests pass a hop. */
static int add_intruders(const struct search *search,
			 struct intrusion *intrusion)
{
	const struct device *device = intrusion->hop.device;
	struct set *intruders = &intrusion->intruders;
	const struct device *guest;
	int ret;

	guest = survey_guest(search->survey, device, search->set);
	intrusion->guest = guest;
	intrusion->stranger = survey_stranger(search->survey, device,
					      search->set);
	ret = set_add_below(intruders, search->tree, device, search->set);
	if (ret || !guest || set_has(intruders, guest))
		return ret;
	intruders->most++;
	intruders->left_out--;
	return set_add(intruders, guest);
}

/* All are alike. */
static int ask_first(const struct search *search,
		     const struct entrance *entrance, const struct hop *hop,
		     const struct device *first)
{
	struct intrusion made = make_intrusion(search, entrance, hop, first);
	struct intrusion *intrusion;

	if (!made.member)
		return 0;
	intrusion = add_intrusion(search, &made);
	return intrusion ? add_intruders(search, intrusion) : -ENOMEM;
}

static int search_hop(const struct search *search, const struct device *device)
{
	struct entrance entrance;
	const struct device *first;
	struct hop hop;

	if (!survey_may_be_open(search->survey, device))
		return 0;
	first = set_first_outside(search->set, search->tree, device);
	if (!first)
		return 0;
	hop = hop_make(search->tree, device, device == first);
	entrance = find_entrance(search, &hop);
	return entrance.translated ? ask_each(search, &entrance, device) :
				     ask_first(search, &entrance, &hop, first);
}

static int search_hops(const struct search *search, struct relatives hops)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < hops.count; i++)
		ret = search_hop(search, hops.member[i]);
	return ret;
}

static int search_root_bus(struct search *search, const struct device *root)
{
	struct relatives hops = kin_beside(search->tree, root);
	int ret;

	if (set_has(&search->buses, hops.member[0]))
		return 0;
	ret = set_add(&search->buses, hops.member[0]);
	return ret ? ret : search_hops(search, hops);
}

/* A hop that leads to a device is on its way up, or beside that. */
static int search_way(struct search *search, const struct device *member)
{
	const struct device *up = member, *top = member;
	int ret = 0;

	for (; !ret && up && !set_has(&search->seen, up);
	     up = tree_parent(search->tree, up)) {
		ret = set_add(&search->seen, up);
		if (!ret)
			ret = search_hops(search, kin_children(search->tree, up));
		top = up;
	}
	return ret || up ? ret : search_root_bus(search, top);
}

static int by_arrival(const void *a, const void *b, void *tree)
{
	const struct intrusion *one = a, *other = b;
	const struct device *its = one->intruders.member[0];
	const struct device *others = other->intruders.member[0];

	if (its != others)
		return its < others ? -1 : 1;
	return tree_below(tree, one->hop.device, other->hop.device) ? -1 : 1;
}

int intrusions_find(const struct survey *survey, const struct set *set,
		    size_t most, struct intrusions *intrusions)
{
	const struct tree *tree = survey->prediction->tree;
	struct search search = {
		.survey = survey, .tree = tree, .set = set, .most = most,
		.intrusions = intrusions,
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < set->count; i++)
		ret = search_way(&search, set->member[i]);
	if (!ret && intrusions->count)
		qsort_r(intrusions->item, intrusions->count,
			sizeof(*intrusions->item), by_arrival, (void *)tree);
	set_free(&search.seen);
	set_free(&search.buses);
	return ret;
}

void intrusions_free(struct intrusions *intrusions)
{
	for (size_t i = 0; i < intrusions->count; i++)
		set_free(&intrusions->item[i].intruders);
	free(intrusions->item);
	*intrusions = (struct intrusions){ 0 };
}
