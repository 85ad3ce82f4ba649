/* SPDX-License-Identifier: GPL-2.0 */
/* What every reading command begins with: facts, their tree, and an output. */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H

#include "cmd/command.h"
#include "model/tree.h"
#include "render/output.h"

struct session {
	struct facts facts;
	struct tree tree;
	struct output output;
};

/**
 * session_open() - read the machine
 * @session: freed by session_close() after success
 * @invocation: its arguments, if any, must be PCI addresses
 *
 * Return: STATUS_DONE, or STATUS_FAILED after a line on stderr.
 */
int session_open(struct session *session, const struct invocation *invocation);

/** session_close() - free it */
void session_close(struct session *session);

/**
 * session_find() - the device that a word of the command line names
 * @device: receives it
 *
 * Return: STATUS_DONE, or STATUS_FAILED after a line on stderr.
 */
int session_find(const struct session *session,
		 const struct invocation *invocation, const char *word,
		 const struct device **device);

#endif
