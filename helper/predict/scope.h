/* SPDX-License-Identifier: GPL-2.0 */
/* Which functions an IOMMU serves, and so have a group. */
#ifndef PREDICT_SCOPE_H
#define PREDICT_SCOPE_H

#include "model/facts.h"

/** struct scope - @known: the facts hold groups, so those without are outside */
struct scope {
	const struct facts *facts;
	bool known;
};

/** scope_of() - what the facts tell of it */
struct scope scope_of(const struct facts *facts);

/** scope_has() - whether a device is in it; one whose group is not known is */
bool scope_has(const struct scope *scope, const struct device *device);

#endif
