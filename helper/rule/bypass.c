// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/branch.h"
#include "rule/bypass.h"

/* Two of them are found in one search, as both ask each endpoint. */
struct search {
	const struct tree *tree;
	const struct set *set;
	struct bypass egress, translated;
};

static bool has_control(const struct hop *hop)
{
	uint32_t cap, ctrl;

	return acs_words(hop->device, &cap, &ctrl) &&
	       cap & ctrl & (ACS_EC | ACS_DT);
}

static unsigned int rank(const struct search *search, const struct hop *hop,
			 const struct device *member)
{
	static const unsigned int ranks[] = {
		[CAPABILITY_ABSENT] = 1,
		[0] = 2,
		[CAPABILITY_OFF] = 2,
		[CAPABILITY_ON] = 3,
	};

	if (!tree_below(search->tree, member, hop->device) ||
	    !facts_may_translate(search->tree->facts, member))
		return 0;
	return ranks[request_arrival(search->tree, hop, member)];
}

/*
 * The member that can do most: Egress Control treats all alike, Direct Translated
 * P2P goes by what each can mark. NULL where no IOMMU has any: nothing to bypass.
 */
static const struct device *choose_member(const struct search *search,
					  const struct hop *hop,
					  const struct device *first)
{
	const struct device *const *endpoint = search->tree->kin.endpoint;
	struct brood brood = kin_brood(search->tree, hop->device);
	unsigned int best = rank(search, hop, first);
	const struct device *chosen = best ? first : NULL;

	if (hop->start)
		return chosen;
	for (size_t i = set_position(search->set, endpoint[brood.first]);
	     i < search->set->count &&
	     search->set->member[i] <= endpoint[brood.end - 1]; i++) {
		const struct device *member = search->set->member[i];
		unsigned int its = rank(search, hop, member);

		if (its > best) {
			best = its;
			chosen = member;
		}
	}
	return chosen;
}

/* What is certain goes before what is not. */
static int take(struct bypass *bypass, enum reachable way,
		const struct branch *branch, const struct set *set)
{
	struct set none = { .most = bypass->victims.most };

	if (way <= REACHABLE_NO || way < bypass->way)
		return 0;
	if (way > bypass->way) {
		set_free(&bypass->victims);
		bypass->victims = none;
	}
	bypass->way = way;
	return branch_add(branch, set, &bypass->victims);
}

static int ask_all(struct search *search)
{
	const struct bypass *either = &search->egress;
	struct branch branch = branch_start(search->tree, either->from,
					    either->hop->device);
	int ret = 0;

	while (!ret && branch_next(&branch)) {
		struct turn turn;

		if (!branch_leaves(&branch, search->set))
			continue;
		turn = turn_find(search->tree, either->hop, either->from,
				 branch.top);
		ret = take(&search->egress, turn.egress, &branch, search->set);
		if (!ret)
			ret = take(&search->translated, turn.translated,
				   &branch, search->set);
	}
	return ret;
}

/* Takes over what was found. */
static int keep(struct bypasses *bypasses, struct bypass *found)
{
	struct bypass *item;

	if (!found->way)
		return 0;
	item = reallocarray(bypasses->item, bypasses->count + 1, sizeof(*item));
	if (!item)
		return -ENOMEM;
	bypasses->item = item;
	item[bypasses->count++] = *found;
	found->victims = (struct set){ 0 };
	return 0;
}

int bypasses_find(struct bypasses *bypasses, const struct tree *tree,
		  const struct set *set, const struct hop *hop,
		  const struct device *first, size_t most)
{
	struct search search = { .tree = tree, .set = set };
	const struct device *from;
	int ret;

	if (!has_control(hop))
		return 0;
	from = choose_member(&search, hop, first);
	if (!from)
		return 0;
	search.egress = (struct bypass){ .hop = hop, .from = from,
					 .control = ACS_EC,
					 .victims = { .most = most } };
	search.translated = search.egress;
	search.translated.control = ACS_DT;
	ret = ask_all(&search);
	if (!ret)
		ret = keep(bypasses, &search.egress);
	if (!ret)
		ret = keep(bypasses, &search.translated);
	set_free(&search.egress.victims);
	set_free(&search.translated.victims);
	return ret;
}

void bypasses_free(struct bypasses *bypasses)
{
	for (size_t i = 0; i < bypasses->count; i++)
		set_free(&bypasses->item[i].victims);
	free(bypasses->item);
	*bypasses = (struct bypasses){ 0 };
}
