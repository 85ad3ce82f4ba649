/* SPDX-License-Identifier: GPL-2.0 */
/* Which driver has which function, learnt without the device lock. */
#ifndef IOW_BINDINGS_H
#define IOW_BINDINGS_H

struct iow_device;
struct iow_roster;

void iow_bindings_read(const struct iow_roster *roster, struct iow_device *devices);

#endif /* IOW_BINDINGS_H */
