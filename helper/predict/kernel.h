/* SPDX-License-Identifier: GPL-2.0 */
/* What of a kernel and its machine decides how it groups, beside its devices. */
#ifndef PREDICT_KERNEL_H
#define PREDICT_KERNEL_H

#include "model/facts.h"

/** RELEASE() - a kernel release as a number that can be compared */
#define RELEASE(major, minor) ((uint32_t)(major) << 16 | (minor))

/**
 * struct kernel - one kernel on one machine
 * @release: RELEASE() of it; of a text that names none, the newest there can be
 * @sublevel: the number behind it; 0 where there is none, or a distribution
 *	counts in its own way
 * @known: its release is
 * @newer: it is newer than the quirk table
 * @has_ivrs: firmware describes an AMD IOMMU; 0 where that is not known
 */
struct kernel {
	uint32_t release, sublevel;
	bool known, newer;
	enum answer has_ivrs;
};

/** kernel_of() - the kernel that facts are about */
struct kernel kernel_of(const struct facts *facts);

/** kernel_has() - whether a row that came with a release is in a kernel */
static inline bool kernel_has(const struct kernel *kernel, uint32_t since)
{
	return kernel->release >= since;
}

/** kernel_may_have() - whether it is not known if a row is in a kernel */
static inline bool kernel_may_have(const struct kernel *kernel, uint32_t since)
{
	return !kernel->known && since;
}

#endif
