// SPDX-License-Identifier: GPL-2.0
#include <linux/jiffies.h>
#include "glance.h"

/**
 * iow_glance() - the state of a unit, read once a second at most
 * @glance: with its lock initialized
 * @unit: the unit
 * @read: reads registers, which everybody may ask for and which costs everybody
 *
 * Context: process context; may sleep.
 * Return: the state.
 */
struct iow_unit_state iow_glance(struct iow_glance *glance, const struct iow_unit *unit,
				 struct iow_unit_state (*read)(const struct iow_unit *unit))
{
	struct iow_unit_state state;

	mutex_lock(&glance->lock);
	if (!glance->is_taken || time_after_eq(jiffies, glance->until)) {
		glance->state = read(unit);
		glance->until = jiffies + HZ;
		glance->is_taken = true;
	}
	state = glance->state;
	mutex_unlock(&glance->lock);
	return state;
}
