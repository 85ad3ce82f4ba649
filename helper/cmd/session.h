/* SPDX-License-Identifier: GPL-2.0 */
/* What every reading command begins with: facts, what follows from them, and an output. */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H

#include "cmd/command.h"
#include "predict/prediction.h"
#include "render/output.h"

/** enum session_part - what is read beside devices and groups, as bits */
enum session_part {
	SESSION_DEVICES = 0,
	SESSION_HOST = 1,	/* how the kernel was started, what is in use */
	SESSION_OPTIONAL = 2,	/* a machine that nobody named may be missing */
	SESSION_AGAIN = 4,	/* what is worth a note was noted the first time */
};

struct session {
	struct facts facts;
	struct tree tree;
	struct prediction prediction;
	struct output output;
};

/**
 * session_open() - read the machine
 * @session: freed by session_close() after success
 * @invocation: its arguments, if any, must be PCI addresses
 * @parts: enum session_part; of a file of facts there is what the file has.
 *	Where an optional machine is missing there are no devices, and the
 *	provider is "none"
 *
 * Return: STATUS_DONE, or STATUS_FAILED after a line on stderr.
 */
int session_open(struct session *session, const struct invocation *invocation,
		 unsigned int parts);

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

/** session_find_endpoint() - likewise; one that is no part of the machine */
int session_find_endpoint(const struct session *session,
			  const struct invocation *invocation, const char *word,
			  const struct device **device);

#endif
