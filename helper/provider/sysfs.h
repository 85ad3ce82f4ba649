/* SPDX-License-Identifier: GPL-2.0 */
/* Facts from sysfs and configuration space, where the module is not loaded. */
#ifndef PROVIDER_SYSFS_H
#define PROVIDER_SYSFS_H

#include "provider/provider.h"

/** sysfs_load() - the provider's load function; see struct provider */
int sysfs_load(const struct provider_request *request, struct facts *facts,
	       struct problem *problem);

#endif
