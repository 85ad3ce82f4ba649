// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

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
