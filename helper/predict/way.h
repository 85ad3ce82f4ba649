/* SPDX-License-Identifier: GPL-2.0 */
/* What is the same for all devices of a bus, and is worked out once. */
#ifndef PREDICT_WAY_H
#define PREDICT_WAY_H

#include "predict/prediction.h"

/**
 * struct way - from a function up to the root, the function included
 * @known: it was worked out
 * @isolates: all hops do; 0 where that cannot be told
 * @hop: where it does not, the first that does not, as an index
 */
struct way {
	bool known;
	enum answer isolates;
	size_t hop;
};

struct ways {
	const struct prediction *prediction;
	struct way *way;
	bool *aliases;
};

/**
 * ways_open() - begin
 * @ways: freed by ways_close(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int ways_open(struct ways *ways, const struct prediction *prediction);

/** ways_close() - free it */
void ways_close(struct ways *ways);

/** ways_from() - the way up from a device */
const struct way *ways_from(struct ways *ways, size_t index);

/** ways_bus_has_aliases() - whether anybody on the bus of a device has some */
bool ways_bus_has_aliases(const struct ways *ways, size_t index);

#endif
