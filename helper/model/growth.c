// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/growth.h"

static uint64_t count_of(const struct requester *requester, uint8_t code)
{
	for (uint8_t i = 0; i < requester->reason_count; i++)
		if (requester->reason[i].code == code)
			return requester->reason[i].count;
	return 0;
}

static struct growth between(const struct requester *then,
			     const struct requester *now)
{
	struct growth growth = { .now = *now };

	growth.faults = now->total - then->total;
	for (uint8_t i = 0; i < now->reason_count; i++) {
		uint64_t before = count_of(then, now->reason[i].code);

		if (now->reason[i].count <= before)
			continue;
		growth.reason[growth.reason_count++] = (struct reason_count){
			now->reason[i].count - before, now->reason[i].code };
	}
	return growth;
}

int growth_take(struct growth *growth, struct faults *known,
		const struct requester *now)
{
	static const struct requester nothing;
	const struct requester *then = faults_find(known, now);
	struct requester *added;

	if (then && now->total < then->total) {
		*growth = (struct growth){ .now = *now };
		return 0;
	}
	if (then) {
		*growth = between(then, now);
		known->requesters[then - known->requesters] = *now;
		return 0;
	}
	*growth = between(&nothing, now);
	added = faults_add_requester(known);
	if (!added)
		return -ENOMEM;
	*added = *now;
	faults_sort(known);
	return 0;
}

/* One that is not known yet has lost nothing so far. */
static struct source *know(struct faults *known, const struct source *now)
{
	struct source *source = faults_find_source(known, now->index);
	char *name;

	if (source)
		return source;
	name = strdup(now->name);
	source = name ? faults_add_source(known) : NULL;
	if (!source) {
		free(name);
		return NULL;
	}
	*source = *now;
	source->known &= ~(UINT64_C(1) << SOURCE_REASON);
	source->name = name;
	source->reason = NULL;
	source->unattributed = source->overflows = source->missed = 0;
	faults_sort(known);
	return faults_find_source(known, now->index);
}

static uint64_t raise_to(uint64_t *known, uint64_t now)
{
	uint64_t grown = now > *known ? now - *known : 0;

	*known += grown;
	return grown;
}

int loss_take(struct loss *loss, struct faults *known, const struct source *now)
{
	struct source *source = know(known, now);

	if (!source)
		return -ENOMEM;
	*loss = (struct loss){
		.source = source,
		.unattributed = raise_to(&source->unattributed, now->unattributed),
		.overflows = raise_to(&source->overflows, now->overflows),
		.missed = raise_to(&source->missed, now->missed),
	};
	return 0;
}

uint64_t sequence_step(struct sequence *sequence, uint64_t number)
{
	uint64_t missed = 0;

	/* Smaller: the module began to count anew. */
	if (sequence->begun && number > sequence->last)
		missed = number - sequence->last - 1;
	sequence->begun = true;
	sequence->last = number;
	return missed;
}
