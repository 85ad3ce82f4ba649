// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "predict/way.h"

/* Facts are in the order of addresses, so a bus is one run of them. */
static void mark_buses(struct ways *ways)
{
	const struct facts *facts = ways->prediction->tree->facts;
	size_t first = 0, end;

	for (; first < facts->device_count; first = end) {
		bool any = false;

		for (end = first; end < facts->device_count &&
		     bdf_same_bus(facts->devices[first].address,
				  facts->devices[end].address); end++)
			any |= ways->prediction->fixup[end].any;
		for (size_t i = first; i < end; i++)
			ways->aliases[i] = any;
	}
}

int ways_open(struct ways *ways, const struct prediction *prediction)
{
	size_t count = prediction->tree->facts->device_count;

	ways->prediction = prediction;
	ways->way = calloc(count + 1, sizeof(*ways->way));
	ways->aliases = calloc(count + 1, sizeof(*ways->aliases));
	if (!ways->way || !ways->aliases)
		return -ENOMEM;
	mark_buses(ways);
	return 0;
}

void ways_close(struct ways *ways)
{
	free(ways->way);
	free(ways->aliases);
	*ways = (struct ways){ 0 };
}

/*
 * One "no" on the way is certain, whatever is not known of the rest. Where the
 * facts end before the root, the rest is not known.
 */
static struct way extend(const struct effective *acs, size_t index,
			 const struct way *above, bool cut_off)
{
	if (cut_off && acs->isolates == ANSWER_YES)
		return (struct way){ true, 0, index };
	if (acs->isolates != ANSWER_NO && above &&
	    (above->isolates == ANSWER_NO || acs->isolates == ANSWER_YES))
		return *above;
	return (struct way){ true, acs->isolates, index };
}

/* As deep as the tree, which has a limit. */
const struct way *ways_from(struct ways *ways, size_t index)
{
	const struct tree *tree = ways->prediction->tree;
	const struct device *parent = tree->parent[index];
	const struct way *above = NULL;

	if (ways->way[index].known)
		return &ways->way[index];
	if (parent)
		above = ways_from(ways, (size_t)(parent - tree->facts->devices));
	ways->way[index] = extend(&ways->prediction->acs[index], index, above,
				  device_has(&tree->facts->devices[index],
					     DEVICE_PARENT_UNKNOWN));
	return &ways->way[index];
}

bool ways_bus_has_aliases(const struct ways *ways, size_t index)
{
	return ways->aliases[index];
}
