// SPDX-License-Identifier: GPL-2.0
#include "model/request.h"

struct request request_start(const struct tree *tree,
			     const struct device *from)
{
	return (struct request){ .tree = tree, .from = from,
				 .translated = from->ats };
}

/* Translation Blocking; registers that could not be read may have it on. */
void request_pass(struct request *request, const struct hop *hop)
{
	uint32_t cap, ctrl;

	if (hop_is_bus(hop) || !reach_below(request->tree, hop))
		return;
	if (acs_words(hop->device, &cap, &ctrl) && cap & ctrl & ACS_TB)
		request->translated = CAPABILITY_ABSENT;
	else if (device_has(hop->device, DEVICE_ACS_UNKNOWN) &&
		 request->translated == CAPABILITY_ON)
		request->translated = CAPABILITY_OFF;
}

enum capability request_arrival(const struct tree *tree, const struct hop *hop,
				const struct device *from)
{
	struct request request = request_start(tree, from);
	const struct device *up = from;

	for (; up && up != hop->device; up = tree_parent(tree, up)) {
		struct hop below = hop_make(tree, up, up == from);

		request_pass(&request, &below);
	}
	request_pass(&request, hop);
	return request.translated;
}
