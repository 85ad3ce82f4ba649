/* SPDX-License-Identifier: GPL-2.0 */
/* What the registers of a unit said within the last second. */
#ifndef IOW_GLANCE_H
#define IOW_GLANCE_H

#include <linux/mutex.h>
#include "unit.h"

/**
 * struct iow_glance - a state that is kept for a second
 * @lock: of the others
 * @until: jiffies
 * @is_taken: @until and @state are valid
 * @state: as it was read
 */
struct iow_glance {
	struct mutex lock;	/* of all below */
	unsigned long until;
	bool is_taken;
	struct iow_unit_state state;
};

struct iow_unit_state iow_glance(struct iow_glance *glance, const struct iow_unit *unit,
				 struct iow_unit_state (*read)(const struct iow_unit *unit));

#endif /* IOW_GLANCE_H */
