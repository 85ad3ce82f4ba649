/* SPDX-License-Identifier: GPL-2.0 */
/* A log and a machine brought together: each kind of fault, who sent it, and why. */
#ifndef FAULT_DECODING_H
#define FAULT_DECODING_H

#include "fault/cause.h"
#include "fault/log.h"

/** struct decoded - one row of a tally */
struct decoded {
	const struct tally_row *row;
	struct origin origin;
	const struct cause *cause;
};

/**
 * struct decoding - all of them
 * @remarks: what bears on the answer and was not seen, beside that of the facts
 */
struct decoding {
	const struct fault_log *log;
	const struct facts *facts;
	struct decoded *item;
	size_t count;
	struct text_list remarks;
};

/**
 * decoding_make() - look everything up
 * @decoding: freed by decoding_free(), also after an error
 * @log: ended; must live as long as the decoding
 * @tree: of the machine; likewise
 * @lost: the log's beginning was overwritten while it was read
 *
 * Return: 0, or -ENOMEM.
 */
int decoding_make(struct decoding *decoding, const struct fault_log *log,
		  const struct tree *tree, bool lost);

/** decoding_free() - free what it owns */
void decoding_free(struct decoding *decoding);

#endif
