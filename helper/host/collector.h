/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of the host collector, each in the file of its name. A part returns
 * 0 or -ENOMEM; what it cannot read it says in the facts' unseen.
 */
#ifndef HOST_COLLECTOR_H
#define HOST_COLLECTOR_H

#include "host/host.h"

/* Of groups and devices. */
int group_complete(const struct host_roots *roots, struct facts *facts);
int device_complete(const struct host_roots *roots, struct facts *facts);

extern const char *const device_complete_origin[DEVICE_FIELDS];

/* Of the kernel. */
int command_line_collect(const struct host_roots *roots, struct facts *facts);
int parameter_collect(const struct host_roots *roots, struct facts *facts);
int interrupt_collect(const struct host_roots *roots, struct facts *facts);
int iommu_collect(const struct host_roots *roots, struct facts *facts);
int symbol_collect(const struct host_roots *roots, struct facts *facts);
int kernel_log_collect(const struct host_roots *roots, struct facts *facts);

/*
 * Of what the host uses now. Order matters: what an earlier one has found is not
 * said again by filesystem_collect(), volume_collect() and pool_collect().
 */
int mount_collect(const struct host_roots *roots, struct facts *facts);
int filesystem_collect(const struct host_roots *roots, struct facts *facts);
int swap_collect(const struct host_roots *roots, struct facts *facts);
int route_collect(const struct host_roots *roots, struct facts *facts);
int console_collect(const struct host_roots *roots, struct facts *facts);
int keyboard_collect(const struct host_roots *roots, struct facts *facts);
int holder_collect(const struct host_roots *roots, struct facts *facts);

#endif
