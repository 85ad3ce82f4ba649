/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In whose name a function issues requests: the kernel's DMA aliases and its
 * marks on bridges. From the facts where these have them, else from the
 * kernel's own table of quirks.
 */
#ifndef PREDICT_FIXUP_H
#define PREDICT_FIXUP_H

#include "model/tree.h"
#include "predict/kernel.h"

/** DEVFNS - functions of a bus */
#define DEVFNS 256

/**
 * struct fixup - what the kernel has marked a function with
 * @marks: enum quirk
 * @any: there are aliases
 * @unknown: there may be aliases, or marks, that only the kernel knows
 * @alias: a bit for each function of the bus in whose name it also speaks
 */
struct fixup {
	uint32_t marks;
	bool any, unknown;
	uint8_t alias[DEVFNS / 8];
};

/** fixup_find() - the marks of a device */
void fixup_find(const struct kernel *kernel, const struct tree *tree,
		const struct device *device, struct fixup *fixup);

/** fixup_has_alias() - whether a function also speaks as @devfn of its bus */
static inline bool fixup_has_alias(const struct fixup *fixup, uint8_t devfn)
{
	return fixup->alias[devfn / 8] >> devfn % 8 & 1;
}

#endif
