// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fault/tally.h"
#include "model/text.h"

/* The slot of such faults, or the empty one where they belong. */
static uint16_t *find_slot(struct tally *tally, const struct fault *fault)
{
	size_t at = fault_hash(fault) % TALLY_SLOTS;

	while (tally->slot[at] &&
	       !fault_same(&tally->row[tally->slot[at] - 1].fault, fault))
		at = (at + 1) % TALLY_SLOTS;
	return &tally->slot[at];
}

static int enlarge(struct tally *tally)
{
	size_t room = tally->room ? 2 * tally->room : 16;
	struct tally_row *row;

	if (tally->count < tally->room)
		return 0;
	row = realloc(tally->row, room * sizeof(*row));
	if (!row)
		return -ENOMEM;
	tally->row = row;
	tally->room = room;
	return 0;
}

static int add_row(struct tally *tally, uint16_t *slot,
		   const struct fault *fault, const char *when)
{
	struct tally_row *row;
	int ret = enlarge(tally);

	if (ret)
		return ret;
	row = &tally->row[tally->count++];
	*slot = (uint16_t)tally->count;
	*row = (struct tally_row){ .fault = *fault, .order = tally->count };
	text_print(row->first, sizeof(row->first), "%s", when);
	return 0;
}

int tally_add(struct tally *tally, const struct fault *fault, const char *when)
{
	uint16_t *slot = find_slot(tally, fault);
	struct tally_row *row;
	int ret;

	if (!*slot && tally->count == TALLY_ROWS) {
		tally->left_out++;
		return 0;
	}
	if (!*slot) {
		ret = add_row(tally, slot, fault, when);
		if (ret)
			return ret;
	}
	row = &tally->row[*slot - 1];
	row->count++;
	if (fault->has_address && !row->fault.has_address) {
		row->fault.has_address = true;
		row->fault.address = fault->address;
	}
	if (fault->has_address)
		row->last_address = fault->address;
	if (*when)
		text_print(row->last, sizeof(row->last), "%s", when);
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct tally_row *one = a, *other = b;
	int ret = (one->count < other->count) - (one->count > other->count);

	if (!ret)
		ret = bdf_compare(one->fault.requester, other->fault.requester);
	return ret ? ret : one->order < other->order ? -1 : 1;
}

void tally_sort(struct tally *tally)
{
	if (tally->count)
		qsort(tally->row, tally->count, sizeof(*tally->row), compare);
}

void tally_free(struct tally *tally)
{
	free(tally->row);
	*tally = (struct tally){ 0 };
}
