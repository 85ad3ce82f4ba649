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
	NEWS_SOURCE,	/* @source lost faults, or booked some on nobody */
	NEWS_RESYNC,	/* more grew than the module told of */
	NEWS_OVERFLOW,	/* the socket lost messages, nobody knows how many */
};

/**
 * struct news - what was heard
 * @sequence: of all that the module numbers: neither NEWS_NONE nor NEWS_OVERFLOW
 */
struct news {
	enum news_kind kind;
	uint64_t sequence;
	struct requester requester;
	struct source source;
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
 * @news: freed by news_free(), also after an error
 * @timeout: milliseconds
 *
 * What others than the kernel send, and messages that a later module may have,
 * are passed over as NEWS_NONE.
 *
 * Return: 0, -EBADMSG, or another negative errno.
 */
int listener_next(struct listener *listener, struct news *news, int timeout,
		  struct problem *problem);

/** news_free() - free what was heard */
void news_free(struct news *news);

#endif
