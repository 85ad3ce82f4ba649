// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/intrusion.h"
#include "rule/neighbour.h"

/* What is known of each function as a hop, by its place in the facts. */
enum memo {
	MEMO_UNASKED,
	MEMO_NO,
	MEMO_YES,
};

struct search {
	const struct tree *tree;
	const struct set *set;
	size_t most;
	struct intrusions *intrusions;
	enum memo *memo;
};

/* Without an IOMMU a member is open to everybody, and another rule says so. */
static bool is_kept(const struct search *search, const struct device *member)
{
	return facts_real_group(search->tree->facts, member) ||
	       device_has(member, DEVICE_GROUP_UNKNOWN);
}

static const struct device *find_member(const struct search *search,
					const struct hop *hop)
{
	for (size_t i = 0; i < search->set->count; i++)
		if (is_kept(search, search->set->member[i]) &&
		    reach_includes(search->tree, hop, search->set->member[i]))
			return search->set->member[i];
	return NULL;
}

/* The last: hops are asked in the order in which their devices come up. */
static struct intrusion *find_intrusion(const struct search *search,
					const struct hop *hop)
{
	struct intrusions *all = search->intrusions;

	for (size_t i = all->count; i--;)
		if (all->item[i].hop.device == hop->device)
			return &all->item[i];
	return NULL;
}

static struct intrusion *add_intrusion(const struct search *search,
				       const struct hop *hop,
				       const struct device *member)
{
	struct intrusions *all = search->intrusions;
	struct intrusion *item;

	item = reallocarray(all->item, all->count + 1, sizeof(*item));
	if (!item)
		return NULL;
	all->item = item;
	item += all->count++;
	*item = (struct intrusion){ .hop = *hop, .member = member,
				    .intruders = { .most = search->most },
				    .certain = hop_shows_open(hop) };
	return item;
}

/* As explain answers: it may be closed to requests and open to the rest. */
static bool gets_through(const struct search *search, const struct hop *hop,
			 const struct device *from)
{
	const struct set *set = search->set;

	if (!hop->acs.missing)
		return true;
	for (size_t i = 0; i < set->count; i++)
		if (turn_find(search->tree, hop, from, set->member[i]).way >
		    REACHABLE_NO)
			return true;
	return false;
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
	/* Where there are guests, what others can do does not decide. */
	if (guest && !intrusion->guest)
		intrusion->through = false;
	intrusion->guest |= guest;
	if (guest == intrusion->guest && !intrusion->through)
		intrusion->through = gets_through(search, &intrusion->hop, from);
	intrusion->stranger |= neighbour_may_be_assigned(facts, from);
	return set_add(intruders, from);
}

/* Asked once of each hop, however many requests pass it. */
static int ask(struct search *search, const struct hop *hop,
	       const struct device *from)
{
	enum memo *memo = &search->memo[hop->device -
					search->tree->facts->devices];
	const struct device *member = NULL;
	struct intrusion *intrusion;

	if (*memo == MEMO_YES)
		return add_intruder(search, find_intrusion(search, hop), from);
	if (*memo == MEMO_UNASKED &&
	    (hop_shows_open(hop) || hop_may_be_open(hop)))
		member = find_member(search, hop);
	*memo = member ? MEMO_YES : MEMO_NO;
	if (!member)
		return 0;
	intrusion = add_intrusion(search, hop, member);
	return intrusion ? add_intruder(search, intrusion, from) : -ENOMEM;
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

	search.memo = calloc(facts->device_count + 1, sizeof(*search.memo));
	if (!search.memo)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];

		if (device_is_endpoint(device) && !set_has(set, device))
			ret = ask_all(&search, device);
	}
	free(search.memo);
	return ret;
}

void intrusions_free(struct intrusions *intrusions)
{
	for (size_t i = 0; i < intrusions->count; i++)
		set_free(&intrusions->item[i].intruders);
	free(intrusions->item);
	*intrusions = (struct intrusions){ 0 };
}
