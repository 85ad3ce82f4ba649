/* SPDX-License-Identifier: GPL-2.0 */
/* The way of a function's requests up to the root, hop by hop. */
#ifndef MODEL_PATH_H
#define MODEL_PATH_H

#include "model/acs.h"
#include "model/tree.h"

/**
 * struct hop - a function that requests pass
 * @start: the function itself, where the way begins
 * @acs: what its registers enforce
 * @voucher: who vouches for it where there are none
 * @basis: what it is worth as a barrier; as @acs, but a root port without ACS
 *	and a virtual function are assumed to be one, as the kernel does
 */
struct hop {
	const struct device *device;
	bool start;
	struct acs_state acs;
	struct voucher voucher;
	enum basis basis;
};

/** struct path - the function first, the device on the root bus last */
struct path {
	struct hop *hop;
	size_t count;
};

/**
 * hop_make() - what a function is worth as a barrier
 * @start: whether the way begins there
 */
struct hop hop_make(const struct tree *tree, const struct device *device,
		    bool start);

/**
 * hop_shows_open() - whether registers or the kind of a hop show a way sideways
 *
 * As opposed to functions without ACS, of which only the kernel fears one.
 */
bool hop_shows_open(const struct hop *hop);

/**
 * hop_may_be_open() - whether there may be a way sideways that does not show
 *
 * Registers could not be read, or there are none and only ids speak for it; or
 * controls are on that go before the rest: P2P Egress Control, Direct
 * Translated P2P.
 */
bool hop_may_be_open(const struct hop *hop);

/**
 * hop_is_claimed() - whether a hop is a port that is plugged in, which holds by
 * nothing but the ids that it gives itself
 */
bool hop_is_claimed(const struct hop *hop);

/** hop_is_bus() - whether a hop is a bridge to or of a conventional bus */
bool hop_is_bus(const struct hop *hop);

/** hop_is_port() - whether a hop is a root port or a downstream port */
bool hop_is_port(const struct hop *hop);

/**
 * hop_is_root_port() - whether a hop is a port of the root complex
 *
 * The type is the port's own word: one that calls itself a root port below
 * another bridge is part of a card, and a port like others there.
 */
bool hop_is_root_port(const struct hop *hop);

/** hop_is_plain_root() - whether a hop is a root port without ACS or voucher */
bool hop_is_plain_root(const struct hop *hop);

/**
 * path_walk() - the way up from a device
 * @path: freed by path_free()
 *
 * Return: 0, or -ENOMEM.
 */
int path_walk(const struct tree *tree, const struct device *device,
	      struct path *path);

/** path_free() - free the hops */
void path_free(struct path *path);

#endif
