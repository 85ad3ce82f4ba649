// SPDX-License-Identifier: GPL-2.0
#include "model/acs.h"
#include "model/enhanced.h"

/*
 * Bit 7 of the capability; 9:8, 11:10 and 12 of the control register. Bit 7
 * there is about I/O requests.
 */
#define CAP_ENHANCED		0x0080
#define DOWNSTREAM_SHIFT	8
#define UPSTREAM_SHIFT		10
#define UNCLAIMED_REDIRECT	0x1000

static const char *const access_table[] = {
	"direct", "blocked", "redirected", "reserved",
};

const struct names enhanced_names = { access_table, 4 };

bool enhanced_read(const struct device *device, struct enhanced *enhanced)
{
	uint32_t cap, ctrl;

	if ((device->port_type != PORT_ROOT &&
	     device->port_type != PORT_DOWNSTREAM) ||
	    !acs_words(device, &cap, &ctrl) || !(cap & CAP_ENHANCED))
		return false;
	*enhanced = (struct enhanced){
		.downstream = (ctrl >> DOWNSTREAM_SHIFT & 3) + TARGET_DIRECT,
		.in_switch = device->port_type == PORT_DOWNSTREAM,
	};
	if (enhanced->in_switch) {
		enhanced->upstream = (ctrl >> UPSTREAM_SHIFT & 3) +
			TARGET_DIRECT;
		enhanced->unclaimed_redirected = ctrl & UNCLAIMED_REDIRECT;
	}
	return true;
}
