/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What one hop does with a request on its way up: whether it may turn off
 * towards its target there, below the IOMMU, instead of going on up.
 *
 *   target                      what decides
 *   another function of the     P2P Request Redirect of the function. Without
 *   device                      ACS: the specification sees no way, the kernel
 *                               fears one
 *   another port of the switch  Request Redirect of the port that the request
 *                               comes in by; without ACS it turns off
 *   another root port           likewise; without ACS the IOMMU is assumed
 *   below the port it comes     Upstream Forwarding; without ACS it turns round
 *   in by
 *   below a bridge to or of a   nothing: all hear it
 *   conventional bus
 *
 * P2P Egress Control goes before Request Redirect. Where Direct Translated P2P
 * is on, a request that the device marks as translated is not redirected,
 * unless Translation Blocking stops it. A bit that the capability does not
 * offer counts as on, as the kernel takes it.
 *
 * Requests are memory requests. Completions follow the ways of what they
 * answer, and Completion Redirect says nothing here.
 */
#ifndef MODEL_TURN_H
#define MODEL_TURN_H

#include "model/request.h"

/** enum reachable - best first; 0 where there is no choice */
enum reachable {
	REACHABLE_NO = 1,
	REACHABLE_UNKNOWN,
	REACHABLE_YES,
};

extern const struct names reachable_names;

/** enum doubt - why a turn is not known */
enum doubt {
	DOUBT_REGISTERS = 1,	/* could not be read */
	DOUBT_NO_ACS,		/* specification and kernel disagree */
	DOUBT_EGRESS_VECTOR,	/* which bit is the target's is not known */
	DOUBT_TRANSLATED,	/* ATS is off now, or could not be seen */
};

extern const struct names doubt_names;

/**
 * struct turn - of a request at one hop
 * @hop: what it passes
 * @bearing: where the target lies from there
 * @peer: of BEARING_DEVICE and BEARING_ASIDE, what the request would turn to
 * @way: whether it may turn off; 0 where there is no choice
 * @basis: of REACHABLE_NO, what holds it
 * @doubt: of REACHABLE_UNKNOWN
 * @closing: of REACHABLE_YES (and of DOUBT_EGRESS_VECTOR), the bits that close
 *	it: EC and DT when they are switched off, others when they are switched
 *	on; 0 where none does
 * @egress: of Egress Control alone, whether it lets the request through; 0 where
 *	it is not on, or something else has the word
 * @translated: likewise, of Direct Translated P2P; 0 also where the request
 *	cannot be marked
 * @slack: bits that the kernel asks for and that are off, but do not let this
 *	request through: forged requester IDs, completions, other targets
 */
struct turn {
	struct hop hop;
	enum bearing bearing;
	const struct device *peer;
	enum reachable way;
	enum basis basis;
	enum doubt doubt;
	enum reachable egress, translated;
	uint8_t closing, slack;
};

/**
 * turn_make() - of a request at a hop
 * @request: afterwards as the next hop sees it
 * @bearing: of reach_beside() or reach_below()
 */
struct turn turn_make(struct request *request, const struct hop *hop,
		      enum bearing bearing, const struct device *peer);

/**
 * turn_find() - of a request of a function for a target, at a hop of its way
 * @from: the function, from which the way up leads to the hop
 */
struct turn turn_find(const struct tree *tree, const struct hop *hop,
		      const struct device *from, const struct device *target);

/**
 * turn_victims() - endpoints that requests get through to at a hop, for bits
 * that are off or not there
 *
 * Not those to which Egress Control or Direct Translated P2P alone let them.
 *
 * @senders: functions whose requests pass the hop; if none gets to a victim
 *	because each is refused lower down, all of them are asked
 * @from: the one that is asked first; receives the one that gets to the first
 *	victim, if there are any
 * @set: endpoints that are no victims
 * @victims: an empty set, to which they are added; freed by set_free()
 *
 * Return: 0, or -ENOMEM.
 */
int turn_victims(const struct tree *tree, const struct hop *hop,
		 const struct set *senders, const struct device **from,
		 const struct set *set, struct set *victims);

#endif
