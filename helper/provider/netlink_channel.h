/* SPDX-License-Identifier: GPL-2.0 */
/* The way to the kernel: a socket in life, a script in tests. */
#ifndef PROVIDER_NETLINK_CHANNEL_H
#define PROVIDER_NETLINK_CHANNEL_H

#include <linux/netlink.h>
#include <netlink/msg.h>

#include "model/problem.h"

/** struct datagram - what arrived, and the port that sent it */
struct datagram {
	struct sockaddr_nl from;
	void *data;	/* the receiver frees it */
	size_t length;
};

/**
 * struct channel - an open way
 * @send: completes the message with port and sequence, and sends it
 * @receive: waits at most @timeout milliseconds; -ETIMEDOUT
 * @pause: lets some milliseconds pass
 *
 * The functions return 0 or a negative errno.
 */
struct channel {
	int (*send)(struct channel *channel, struct nl_msg *message);
	int (*receive)(struct channel *channel, struct datagram *datagram,
		       int timeout);
	void (*pause)(struct channel *channel, unsigned int milliseconds);
};

/**
 * channel_open() - connect a generic-netlink socket
 * @channel: freed by channel_close() after success
 *
 * Return: 0, -ENOPKG where this kernel or sandbox has no generic netlink, or
 * another negative errno; @problem says more.
 */
int channel_open(struct channel **channel, struct problem *problem);

/**
 * channel_join() - hear what the kernel tells a group of a generic-netlink family
 *
 * Return: 0; -ENOENT without that group, -EPERM without the right to hear it, or
 * another negative errno; @problem is set.
 */
int channel_join(struct channel *channel, const char *family, const char *group,
		 struct problem *problem);

/** channel_close() - close a channel of channel_open() */
void channel_close(struct channel *channel);

#endif
