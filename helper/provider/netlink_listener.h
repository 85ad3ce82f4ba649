/* SPDX-License-Identifier: GPL-2.0 */
/* Listens to the module's group "faults". */
#ifndef PROVIDER_NETLINK_LISTENER_H
#define PROVIDER_NETLINK_LISTENER_H

#include "model/faults.h"
#include "provider/netlink_channel.h"

/**
 * struct listener - two ways to the module
 * @events: notifications
 * @requests: counts are read there, so that no notification gets between
 * @family: number of the family that notifies
 */
struct listener {
	struct channel *events, *requests;
	uint16_t family;
};

enum news_kind {
	NEWS_NONE,	/* nothing within the time */
	NEWS_FAULTS,	/* @requester has these counts now */
	NEWS_RESYNC,	/* more grew than the module told of */
	NEWS_OVERFLOW,	/* the socket lost messages, nobody knows how many */
};

/**
 * struct news - what was heard
 * @sequence: of NEWS_FAULTS and NEWS_RESYNC
 */
struct news {
	enum news_kind kind;
	uint64_t sequence;
	struct requester requester;
};

/**
 * listener_open() - join the group
 * @listener: freed by listener_close() after success
 *
 * Return: 0; -ENOPKG without the module, -ENOENT on a kernel where the group is
 * not there, -EPERM without CAP_NET_ADMIN, or another negative errno.
 */
int listener_open(struct listener *listener, struct problem *problem);

/** listener_close() - leave it */
void listener_close(struct listener *listener);

/**
 * listener_read() - read all counts
 * @faults: empty; freed by faults_free() after success
 */
int listener_read(struct listener *listener, struct faults *faults,
		  struct problem *problem);

/** listener_check() - 0, or -ENOPKG where the module was unloaded meanwhile */
int listener_check(struct listener *listener, struct problem *problem);

/**
 * listener_next() - wait for news
 * @timeout: milliseconds
 *
 * What others than the kernel send, and messages that a later module may have,
 * are passed over as NEWS_NONE.
 *
 * Return: 0, -EBADMSG, or another negative errno.
 */
int listener_next(struct listener *listener, struct news *news, int timeout,
		  struct problem *problem);

#endif
