/* SPDX-License-Identifier: GPL-2.0 */
/* Whether anybody counts the DMA faults of a device; and if not, why. */
#ifndef RULE_WATCH_H
#define RULE_WATCH_H

#include "model/facts.h"

/** enum watching - worst last */
enum watching {
	WATCHING_YES,
	WATCHING_UNTRANSLATED,	/* no IOMMU is in its way: nothing to count */
	WATCHING_UNIT,		/* @source says why its unit is not watched */
	WATCHING_NO_UNIT,	/* no source is for its part of the machine */
	WATCHING_NOBODY,	/* nobody counts here, or was asked */
};

/**
 * struct watch - the answer
 * @source: who counts, or who does not; NULL where there is none
 */
struct watch {
	enum watching state;
	const struct source *source;
};

/**
 * watch_find() - whether faults of a device are counted
 *
 * Where no IOMMU translates for it there is nothing to count, whoever looks. Only a
 * source that is active counts. Where it is not known which of several
 * IOMMUs translates for the device, all that might must be active.
 */
struct watch watch_find(const struct facts *facts, const struct device *device);

/**
 * watch_explain() - why not
 *
 * Return: new text, the rest of a sentence: "the module is not loaded"; NULL
 * without memory.
 */
char *watch_explain(const struct watch *watch, const struct facts *facts);

/**
 * watch_is_exact() - whether every fault of a segment was counted and booked
 *
 * Not where hardware dropped some, or records were found whose requester nobody
 * knows: they may be anyone's. Nor where a source is not told of all.
 */
bool watch_is_exact(const struct facts *facts, uint32_t segment);

/** watch_has_losses() - whether it is known that some were not counted or booked */
bool watch_has_losses(const struct facts *facts, uint32_t segment);

/** source_name_unit() - a source as people call it: "vtd 0xfed90000" */
char *source_name_unit(const struct source *source);

#endif
