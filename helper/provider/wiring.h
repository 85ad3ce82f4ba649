/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How functions hang together, by what their registers say of buses: which
 * bridge is above which function, which are virtual, which one of several.
 */
#ifndef PROVIDER_WIRING_H
#define PROVIDER_WIRING_H

#include "model/facts.h"
#include "provider/config_bus.h"

/**
 * struct connection - what one function says of others
 * @bridge: of a bridge, what is below it; secondary is 0 for anything else
 * @sriov: of a physical function; total is 0 for anything else
 * @named: it has a vendor of its own, so that it is not virtual
 * @header: its header could be read
 * @several: bit 7 of the header type: its device has several functions
 */
struct connection {
	struct bridge bridge;
	struct sriov sriov;
	bool named, header, several;
};

/**
 * struct wiring - the functions of a machine and what they say
 * @facts: has all functions in the order of their addresses, each with its
 *	address at least
 * @connection: of each function of @facts, at the same index
 */
struct wiring {
	struct facts *facts;
	struct connection *connection;
};

/**
 * wiring_mark_virtual() - find the virtual functions of each physical one
 *
 * Fills physfn, vendor and device of a virtual function, and of a physical one
 * how many it has.
 */
void wiring_mark_virtual(const struct wiring *wiring);

/**
 * wiring_link() - find the bridge above each function
 *
 * Fills parent, root_bus or parent_unknown, and multifunction; what could not
 * be is told in unseen.
 *
 * Return: 0, or -ENOMEM.
 */
int wiring_link(const struct wiring *wiring);

#endif
