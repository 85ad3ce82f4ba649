/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether requests of one function reach another below the IOMMU: its way up,
 * and what each hop of it does with them. The request takes the first turn that
 * is open; those above matter once that is closed, so all of them are found.
 */
#ifndef MODEL_ROUTE_H
#define MODEL_ROUTE_H

#include "model/turn.h"

/**
 * struct route - from one function to another
 * @turn: one for each hop of the way up from @from, itself first
 * @reachable: the answer
 * @basis: what it rests on: BASIS_NONE of "yes", BASIS_UNKNOWN of "unknown",
 *	else the weakest of what holds
 * @untranslated: no IOMMU is at the end of the way
 * @end_unknown: whether one is there could not be seen
 */
struct route {
	const struct device *from, *to;
	struct turn *turn;
	size_t count;
	enum reachable reachable;
	enum basis basis;
	bool untranslated, end_unknown;
};

/**
 * route_find() - find it; the time it takes is that of the way's length
 * @route: freed by route_free(), also after an error
 * @from: an endpoint, as is @to, another one
 *
 * Return: 0, or -ENOMEM.
 */
int route_find(struct route *route, const struct tree *tree,
	       const struct device *from, const struct device *to);

/** route_closable() - whether bits can close all that is open */
bool route_closable(const struct route *route);

/** route_has_slack() - whether a hop on the way has bits off that matter else */
bool route_has_slack(const struct route *route);

/** route_free() - free it, not the devices */
void route_free(struct route *route);

#endif
