/* SPDX-License-Identifier: GPL-2.0 */
/* A memory request on its way up, and what becomes of it at the hops it passes. */
#ifndef MODEL_REQUEST_H
#define MODEL_REQUEST_H

#include "model/reach.h"

/**
 * struct request - of a function, and what is left of it on its way up
 * @translated: whether it can be marked as translated: CAPABILITY_ON where the
 *	device does that, CAPABILITY_ABSENT where it cannot, or where such a
 *	request was stopped below
 * @ended: the request ended below
 */
struct request {
	const struct tree *tree;
	const struct device *from;
	enum capability translated;
	bool ended;
};

/** request_start() - as its function issues it */
struct request request_start(const struct tree *tree,
			     const struct device *from);

/** request_pass() - what a hop stops of it that does not turn off there */
void request_pass(struct request *request, const struct hop *hop);

/**
 * request_arrival() - whether requests of a function pass a hop as translated
 *
 * Return: as @translated of struct request.
 */
enum capability request_arrival(const struct tree *tree, const struct hop *hop,
				const struct device *from);

#endif
