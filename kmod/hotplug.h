/* SPDX-License-Identifier: GPL-2.0 */
/* Functions that come, go, bind and unbind; and telling listeners so. */
#ifndef IOW_HOTPLUG_H
#define IOW_HOTPLUG_H

int iow_hotplug_start(void);
void iow_hotplug_open(void);
void iow_hotplug_stop(void);

#endif /* IOW_HOTPLUG_H */
