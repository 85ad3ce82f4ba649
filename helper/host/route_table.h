/* SPDX-License-Identifier: GPL-2.0 */
/* Routes of the main table, as text in /proc: the first next hop of each. */
#ifndef HOST_ROUTE_TABLE_H
#define HOST_ROUTE_TABLE_H

#include "host/host.h"

/**
 * route_table_read() - add the interfaces of default routes
 *
 * Return: 0, -ENOMEM, or another negative errno where /proc/net/route cannot be
 * read.
 */
int route_table_read(const struct host_roots *roots,
		     struct default_routes *found);

#endif
