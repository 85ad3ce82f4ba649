/* SPDX-License-Identifier: GPL-2.0 */
/* Facts from a file that `iowarden snapshot` wrote, of whatever machine. */
#ifndef PROVIDER_SNAPSHOT_H
#define PROVIDER_SNAPSHOT_H

#include "provider/provider.h"

/** snapshot_recognise() - whether a file opens as JSON does */
bool snapshot_recognise(const struct content *content);

/**
 * snapshot_load() - the provider's load function; see struct provider
 *
 * The file need not be our own: every value is checked, and the first that
 * cannot be is named with its object. -EBADMSG then.
 */
int snapshot_load(const struct provider_request *request, struct facts *facts,
		  struct problem *problem);

#endif
