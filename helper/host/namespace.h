/* SPDX-License-Identifier: GPL-2.0 */
/* Whether what /proc tells is about the host, or about a part of it. */
#ifndef HOST_NAMESPACE_H
#define HOST_NAMESPACE_H

#include "host/host.h"

/**
 * namespace_shows_host() - whether /proc lists all processes, by the numbers
 * that they have on the host
 *
 * In a container process 1 is the container's, and others are not there.
 */
bool namespace_shows_host(const struct host_roots *roots);

/**
 * namespace_has_host_network() - whether routes and interfaces are the host's
 *
 * Only root may compare the namespaces themselves. To others they are one if
 * process 1 has interfaces of the same names, and the same routes.
 */
bool namespace_has_host_network(const struct host_roots *roots);

#endif
