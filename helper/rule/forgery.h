/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who could have sent requests under a requester ID that is not its own.
 *
 * A requester ID is what a device writes into its requests. What holds it to the
 * truth is ACS Source Validation (SV) of the root or downstream port above: such a
 * port passes only IDs whose bus is among those below it. So the nearest port
 * above a device that validates says which IDs the device can claim: all of the
 * buses below that port. A device with no such port above can claim any ID of its
 * segment. Of a port that could not be read nobody knows.
 *
 * SV does not look at device and function: functions of one bus can always claim
 * each other's IDs. What stands on a root bus is part of the machine and not
 * suspected; no port would hold it to anything.
 *
 * A conventional bridge puts an ID of its own on requests from below, but one of
 * PCI-X passes theirs on; devices below either are suspected as all others.
 */
#ifndef RULE_FORGERY_H
#define RULE_FORGERY_H

#include "model/set.h"

/** FORGERS_MAX - suspects that are named; more are counted */
#define FORGERS_MAX 4

/** struct span_of_buses - buses that are below a port; none where first > last */
struct span_of_buses {
	uint8_t first, last;
	bool empty;
};

/**
 * struct claim - which IDs a device can claim
 * @possible: whether it is suspected at all
 * @anywhere: no port above is known to validate; else only those of @buses
 * @nearer: a port nearer than that could not be read; if it does validate, only
 *	those of @nearer_buses
 */
struct claim {
	bool possible, anywhere, nearer;
	struct span_of_buses buses, nearer_buses;
};

/** struct claims - of all devices of a tree, in the order of its facts */
struct claims {
	const struct tree *tree;
	struct claim *claim;
};

/**
 * struct forgery - who else could have used an ID
 * @forgeable: somebody can; @unknown: nobody for certain, but somebody might
 * @ownerless: @unknown because no function has the ID: facts have no bus numbers of
 *	ports, so that it may be of a bus below any of them
 * @forgers: they, the first few
 */
struct forgery {
	bool forgeable, unknown, ownerless;
	struct set forgers;
};

/**
 * claims_find() - work it out for all devices
 * @claims: freed by claims_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int claims_find(struct claims *claims, const struct tree *tree);

/** claims_free() - free it */
void claims_free(struct claims *claims);

/**
 * forgery_find() - who can claim an ID, beside those whose it is (identity.h)
 * @forgery: freed by forgery_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int forgery_find(struct forgery *forgery, const struct claims *claims,
		 struct bdf id);

/** forgery_free() - free it */
void forgery_free(struct forgery *forgery);

/** forgery_explain() - in words: "by 02:00.0", "no"; new text, or NULL */
char *forgery_explain(const struct forgery *forgery);

#endif
