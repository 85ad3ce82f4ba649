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
 */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "model/path.h"
#include "model/set.h"

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

/** reach_includes() - whether an open hop would let a request reach a device */
bool reach_includes(const struct tree *tree, const struct hop *hop,
		    const struct device *device);

#endif
