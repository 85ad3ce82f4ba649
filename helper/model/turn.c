// SPDX-License-Identifier: GPL-2.0
#include "model/branch.h"
#include "model/egress.h"
#include "model/turn.h"

static const char *const reachable_table[] = { "no", "unknown", "yes" };

const struct names reachable_names = { reachable_table, 3 };

static const char *const doubt_table[] = {
	"registers", "no-acs", "egress-vector", "translated",
};

const struct names doubt_names = { doubt_table, 4 };

/* What the judges look at. */
struct question {
	struct request *request;
	uint32_t cap, ctrl;
};

static void hold(struct turn *turn, enum basis basis)
{
	turn->way = REACHABLE_NO;
	turn->basis = basis;
}

static void open_by(struct turn *turn, uint32_t closing)
{
	turn->way = REACHABLE_YES;
	turn->closing |= (uint8_t)closing;
}

static void doubt(struct turn *turn, enum doubt doubt)
{
	turn->way = REACHABLE_UNKNOWN;
	turn->doubt = doubt;
}

static bool is_on(const struct question *question, uint32_t bit)
{
	return question->cap & question->ctrl & bit;
}

static bool is_off(const struct question *question, uint32_t bit)
{
	return question->cap & ~question->ctrl & bit;
}

static void judge_bit(struct turn *turn, const struct question *question,
		      uint32_t bit)
{
	if (is_off(question, bit))
		open_by(turn, bit);
	else
		hold(turn, is_on(question, bit) ? BASIS_ENFORCED : BASIS_ASSUMED);
}

/* Direct Translated P2P goes before Request Redirect and Egress Control. */
static void judge_translated(struct turn *turn, const struct question *question)
{
	enum capability translated = question->request->translated;

	if (!is_on(question, ACS_DT) || translated == CAPABILITY_ABSENT)
		return;
	turn->translated = translated == CAPABILITY_ON ? REACHABLE_YES :
							 REACHABLE_UNKNOWN;
	/* Where it is open anyway, this way is left when the other is closed. */
	if (translated == CAPABILITY_ON || turn->way == REACHABLE_YES)
		open_by(turn, ACS_DT);
	else if (turn->way == REACHABLE_NO)
		doubt(turn, DOUBT_TRANSLATED);
}

/* To another port or function, where registers have the word. */
static void judge_sideways(struct turn *turn, const struct question *question,
			   enum egress egress)
{
	/* What is left without the control is Request Redirect. */
	uint32_t without_egress = ACS_EC |
		(is_off(question, ACS_RR) ? ACS_RR : 0);
	static const enum reachable says[] = {
		[EGRESS_STRAIGHT] = REACHABLE_YES,
		[EGRESS_BARRED] = REACHABLE_NO,
		[EGRESS_UNKNOWN] = REACHABLE_UNKNOWN,
	};

	turn->egress = says[egress];
	switch (egress) {
	case EGRESS_OFF:
		judge_bit(turn, question, ACS_RR);
		break;
	case EGRESS_STRAIGHT:
		open_by(turn, without_egress);
		break;
	case EGRESS_BARRED:
		/* Redirected, or refused. */
		hold(turn, BASIS_ENFORCED);
		question->request->ended = is_off(question, ACS_RR);
		break;
	case EGRESS_UNKNOWN:
		turn->closing = (uint8_t)without_egress;
		question->request->ended = is_off(question, ACS_RR);
		doubt(turn, DOUBT_EGRESS_VECTOR);
		break;
	}
	judge_translated(turn, question);
	/* What closes it switches Egress Control off: nothing is refused then. */
	if (egress == EGRESS_UNKNOWN && turn->way == REACHABLE_YES)
		question->request->ended = false;
}

/* Registers that say nothing of functions, or are not there. */
static bool is_silent(const struct hop *hop)
{
	return hop->acs.basis == BASIS_NONE && !hop->acs.missing;
}

static void judge_function(struct turn *turn, const struct question *question)
{
	const struct device *device = turn->hop.device;

	if (turn->hop.basis == BASIS_ASSUMED &&
	    device_has(device, DEVICE_PHYSFN))
		hold(turn, BASIS_ASSUMED);
	else if (reach_kept_apart(question->request->tree, device, turn->peer))
		hold(turn, BASIS_ASSUMED);
	else if (is_silent(&turn->hop))
		doubt(turn, DOUBT_NO_ACS);
	else
		judge_sideways(turn, question,
			       egress_to_function(device, turn->peer));
}

/* The kernel groups such ports: it fears a way between them as of functions. */
static bool is_function_beside(const struct turn *turn,
			       const struct question *question)
{
	const struct device *device = turn->hop.device;
	struct hop peer = hop_make(question->request->tree, turn->peer, false);

	return device->multifunction && hop_is_plain_root(&peer) &&
	       reach_is_same_device(question->request->tree, turn->peer, device);
}

static void judge_port(struct turn *turn, const struct question *question)
{
	bool plain_root = hop_is_plain_root(&turn->hop);

	if (plain_root && is_function_beside(turn, question))
		doubt(turn, DOUBT_NO_ACS);
	else if (plain_root)
		hold(turn, BASIS_ASSUMED);
	else if (!turn->hop.acs.present)
		open_by(turn, 0);
	else
		judge_sideways(turn, question,
			       egress_to_port(turn->hop.device));
}

static void judge_turning_round(struct turn *turn,
				const struct question *question)
{
	if (hop_is_bus(&turn->hop) || !turn->hop.acs.present)
		open_by(turn, 0);
	else
		judge_bit(turn, question, ACS_UF);
}

static void judge(struct turn *turn, const struct question *question)
{
	static void (*const judges[])(struct turn *turn,
				      const struct question *question) = {
		[BEARING_DEVICE] = judge_function,
		[BEARING_ASIDE] = judge_port,
		[BEARING_BELOW] = judge_turning_round,
	};
	const struct hop *hop = &turn->hop;

	if (turn->bearing == BEARING_NONE)
		return;
	if (hop->voucher.function)
		hold(turn, hop->basis);
	else if (hop->acs.basis == BASIS_UNKNOWN)
		doubt(turn, DOUBT_REGISTERS);
	else
		judges[turn->bearing](turn, question);
	if (hop->basis == BASIS_NONE && turn->way)
		turn->slack = hop->acs.missing & ~turn->closing;
}

struct turn turn_make(struct request *request, const struct hop *hop,
		      enum bearing bearing, const struct device *peer)
{
	struct turn turn = { .hop = *hop, .bearing = bearing, .peer = peer };
	struct question question = { .request = request };

	acs_words(hop->device, &question.cap, &question.ctrl);
	request_pass(request, hop);
	if (!request->ended)
		judge(&turn, &question);
	return turn;
}

/* Only these can change a request that goes on. */
static bool may_change(const struct device *device)
{
	uint32_t cap, ctrl;

	return device_has(device, DEVICE_ACS_UNKNOWN) ||
	       (acs_words(device, &cap, &ctrl) &&
		cap & ctrl & (ACS_EC | ACS_TB));
}

struct turn turn_find(const struct tree *tree, const struct hop *hop,
		      const struct device *from, const struct device *target)
{
	struct request request = request_start(tree, from);
	const struct device *peer, *up = from;
	enum bearing bearing;

	for (; up && up != hop->device; up = tree_parent(tree, up)) {
		struct hop below = hop_make(tree, up, up == from);

		if (!may_change(up))
			continue;
		bearing = reach_bearing(tree, &below, target, &peer);
		turn_make(&request, &below, bearing, peer);
	}
	bearing = reach_bearing(tree, hop, target, &peer);
	return turn_make(&request, hop, bearing, peer);
}

static bool gets_through(const struct turn *turn)
{
	return turn->way == REACHABLE_YES &&
	       (!turn->closing || turn->closing & ~(ACS_EC | ACS_DT));
}

/* By Egress Control of a hop further down. */
static bool was_refused(const struct turn *turn)
{
	return turn->bearing && !turn->way;
}

/*
 * The function whose request gets through to a target, or NULL. They differ in
 * what is refused before it comes to the hop, so one that arrives speaks for all.
 */
static const struct device *find_sender(const struct tree *tree,
					const struct hop *hop,
					const struct device *first,
					const struct set *senders,
					const struct device *target)
{
	struct turn turn = turn_find(tree, hop, first, target);

	for (size_t i = 0; was_refused(&turn) && i < senders->count; i++) {
		first = senders->member[i];
		turn = turn_find(tree, hop, first, target);
	}
	return gets_through(&turn) ? first : NULL;
}

/* Nothing below the hop can refuse what this one sends: whom any reaches it reaches. */
static bool is_unrefused(const struct tree *tree, const struct hop *hop,
			 const struct device *from)
{
	const struct device *up = from;

	for (; up && up != hop->device; up = tree_parent(tree, up))
		if (may_change(up))
			return false;
	return true;
}

/* @several: it is none such, and there are others whose requests may get further. */
static const struct device *find_unrefused(const struct tree *tree,
					   const struct hop *hop,
					   const struct set *senders,
					   const struct device *first,
					   bool *several)
{
	if (is_unrefused(tree, hop, first))
		return first;
	for (size_t i = 0; i < senders->count; i++)
		if (is_unrefused(tree, hop, senders->member[i]))
			return senders->member[i];
	*several = senders->count > 1;
	return first;
}

static int add_victims_of_any(const struct tree *tree, const struct hop *hop,
			      const struct set *senders,
			      const struct device **from,
			      const struct set *set, struct set *victims)
{
	const struct facts *facts = tree->facts;
	const struct device *first = *from;
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		const struct device *sender;

		if (!device_is_endpoint(device) || set_has(set, device))
			continue;
		sender = find_sender(tree, hop, first, senders, device);
		if (!sender)
			continue;
		if (!victims->count)
			*from = sender;
		first = sender;
		ret = set_add(victims, device);
	}
	return ret;
}

int turn_victims(const struct tree *tree, const struct hop *hop,
		 const struct set *senders, const struct device **from,
		 const struct set *set, struct set *victims)
{
	struct branch branch;
	bool several = false;
	int ret = 0;

	*from = find_unrefused(tree, hop, senders, *from, &several);
	if (several)
		return add_victims_of_any(tree, hop, senders, from, set, victims);
	branch = branch_start(tree, *from, hop->device);
	while (!ret && branch_next(&branch)) {
		struct turn turn = turn_find(tree, hop, *from, branch.top);

		if (gets_through(&turn))
			ret = branch_add(&branch, set, victims);
	}
	return ret;
}
