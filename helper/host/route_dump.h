/* SPDX-License-Identifier: GPL-2.0 */
/* Routes as the kernel tells them over netlink: of all tables, all next hops. */
#ifndef HOST_ROUTE_DUMP_H
#define HOST_ROUTE_DUMP_H

#include "host/call.h"

/** route_dump() - as of struct host_calls */
int route_dump(struct default_routes *found);

#endif
