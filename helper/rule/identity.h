/* SPDX-License-Identifier: GPL-2.0 */
/* Whose a requester ID is, where that is not plain. */
#ifndef RULE_IDENTITY_H
#define RULE_IDENTITY_H

#include "model/tree.h"

/** enum identity_kind - what stands behind an ID */
enum identity_kind {
	IDENTITY_FUNCTION,	/* @device, and nobody beside it */
	IDENTITY_BRIDGE,	/* devices behind the conventional bridge @device */
	IDENTITY_ALIAS,		/* @device, which uses the ID beside its own */
	IDENTITY_BUS,		/* several IDs of a bus that found no room */
	IDENTITY_GONE,		/* a function that is no more */
	IDENTITY_VIRTUAL,	/* perhaps a virtual function of @device, now off */
	IDENTITY_NOBODY,
};

/** struct identity - what stands behind an ID */
struct identity {
	enum identity_kind kind;
	const struct device *device;
};

/** identity_find() - what stands behind a requester */
struct identity identity_find(const struct tree *tree,
			      const struct requester *requester);

/** identity_test - whether an ID is one that is looked for */
typedef bool identity_test(const void *context, struct bdf id);

/**
 * identity_any() - whether any ID that a device uses is one that is looked for
 *
 * Those are its own, its aliases, that of the device which issues its requests,
 * and what a bridge to a conventional bus, itself or above it, puts in their place.
 */
bool identity_any(const struct tree *tree, const struct device *device,
		  identity_test *is, const void *context);

/** identity_uses() - whether an ID is one that a device uses */
bool identity_uses(const struct tree *tree, const struct device *device,
		   struct bdf id);

/**
 * identity_is_of() - whether faults of a requester may be those of a device
 *
 * By its own ID, or by one that it shares with others.
 */
bool identity_is_of(const struct tree *tree, const struct requester *requester,
		    const struct device *device);

/**
 * identity_explain() - in words, for all but a plain function
 *
 * Return: new text, NULL without memory; for a plain function an empty one.
 */
char *identity_explain(const struct identity *identity);

#endif
