/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whom a request could reach below the IOMMU if a hop on its way did not hold.
 * ACS is an egress control: the bits of a hop decide where a request that comes
 * through that hop may go, and do not protect the hop's own side from others.
 *
 *   hop                         may let through to
 *   downstream port of a switch everything below the same switch
 *   root port                   everything below or on the same root bus
 *   upstream port, endpoint     the other functions of its device, and what
 *                               stands below them
 *   bridge to or of a
 *   conventional bus            everything below the bridge
 *   port of unknown type        as a root port on a root bus, else as a
 *                               downstream port
 *
 * turn.h says what a hop does with a single request.
 */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "model/path.h"
#include "model/set.h"

/** enum bearing - where a target lies as seen from a hop that has a choice */
enum bearing {
	BEARING_NONE,	/* above, or elsewhere: the hop has no choice but up */
	BEARING_DEVICE,	/* in or below another function of the same device */
	BEARING_ASIDE,	/* at or below another port of the switch or root bus */
	BEARING_BELOW,	/* below the hop, where the request comes from */
};

/**
 * reach_bearing() - where a target lies as seen from a hop
 * @peer: receives the device beside the hop that is the target or stands above
 *	it, of BEARING_DEVICE and BEARING_ASIDE; else NULL
 */
enum bearing reach_bearing(const struct tree *tree, const struct hop *hop,
			   const struct device *target,
			   const struct device **peer);

/**
 * reach_beside() - likewise, of a device beside the hop and what is below it
 * @peer: has the same parent, or stands on the same root bus
 */
enum bearing reach_beside(const struct tree *tree, const struct hop *hop,
			  const struct device *peer);

/** reach_below() - likewise, of what is below the hop */
enum bearing reach_below(const struct tree *tree, const struct hop *hop);

/**
 * reach_kept_apart() - whether nobody fears a way between two functions
 *
 * A function without an ACS capability has no way to its siblings by the
 * specification; the kernel fears there is one, except to siblings whose own
 * ACS holds or is vouched for. Where both are vouched for, it is that which
 * keeps them apart.
 */
bool reach_kept_apart(const struct tree *tree, const struct device *function,
		      const struct device *sibling);

/**
 * reach_victims() - endpoints that an open hop would let a request reach
 * @set: endpoints that are no victims, as they are handed over together
 * @victims: an empty set, to which they are added; freed by set_free()
 *
 * Return: 0, or -ENOMEM.
 */
int reach_victims(const struct tree *tree, const struct hop *hop,
		  const struct set *set, struct set *victims);

/** reach_is_same_device() - whether two functions are of one device */
bool reach_is_same_device(const struct tree *tree, const struct device *a,
			  const struct device *b);

/** reach_same_bus() - whether two functions have the same bus number */
bool reach_same_bus(const struct device *a, const struct device *b);

/** reach_includes() - whether an open hop would let a request reach a device */
bool reach_includes(const struct tree *tree, const struct hop *hop,
		    const struct device *device);

#endif
