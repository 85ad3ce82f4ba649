/* SPDX-License-Identifier: GPL-2.0 */
/* What a fault most likely comes of. A guess from experience, and said to be one. */
#ifndef FAULT_CAUSE_H
#define FAULT_CAUSE_H

#include "fault/origin.h"

/**
 * struct cause - one row of the table
 * @id: stable, for programs
 * @likely: for people
 */
struct cause {
	const char *id;
	const char *likely;
	unsigned int matters;	/* bits of enum fault_matter */
	bool (*applies)(const struct fault *fault, const struct origin *origin);
};

extern const struct cause causes[];
extern const size_t cause_count;

/** cause_find() - the first row that fits; never NULL */
const struct cause *cause_find(const struct fault *fault,
			       const struct origin *origin);

#endif
