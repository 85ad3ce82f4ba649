/* SPDX-License-Identifier: GPL-2.0 */
/* The command faults --follow. */
#ifndef CMD_FOLLOW_H
#define CMD_FOLLOW_H

#include "cmd/command.h"
#include "provider/netlink_listener.h"

/**
 * follow_run() - tell of faults as they come, until a signal or an error
 * @listener: open
 * @only: requester IDs to tell of; @count 0 for all
 *
 * Return: exit status.
 */
int follow_run(const struct invocation *invocation, struct listener *listener,
	       const struct bdf *only, size_t count);

#endif
