/* SPDX-License-Identifier: GPL-2.0 */
/* Facts from the module iowarden.ko, over its generic-netlink family. */
#ifndef PROVIDER_NETLINK_H
#define PROVIDER_NETLINK_H

#include "provider/netlink_channel.h"
#include "provider/provider.h"

/** NETLINK_ATTEMPTS - how often a dump that changed meanwhile is begun */
#define NETLINK_ATTEMPTS 5

/** netlink_load() - the provider's load function; see struct provider */
int netlink_load(const struct provider_request *request, struct facts *facts,
		 struct problem *problem);

/**
 * netlink_read() - the same over a channel that is open
 *
 * Return: 0; -ENOPKG where the family does not exist, -EPROTO where module and
 * program do not belong together, -EAGAIN after NETLINK_ATTEMPTS changed dumps,
 * -ETIMEDOUT, -EBADMSG, or what the module answered.
 */
int netlink_read(struct channel *channel, bool fresh, struct facts *facts,
		 struct problem *problem);

/**
 * netlink_family() - the number of the module's family
 *
 * Return: 0; -ENOPKG where it does not exist, or as netlink_read().
 */
int netlink_family(struct channel *channel, uint16_t *family,
		   struct problem *problem);

/**
 * netlink_read_faults() - counts of faults alone
 * @faults: receives them, sorted; freed by faults_free() after success
 *
 * Return: 0 (they may be not told, of an older module), or as netlink_read().
 */
int netlink_read_faults(struct channel *channel, struct faults *faults,
			struct problem *problem);

#endif
