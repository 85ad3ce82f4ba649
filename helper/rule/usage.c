// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule/usage.h"
#include "rule/use.h"

/* A use is of a device, and of one more at most. */
struct users {
	const struct device *one, *physical;
};

static struct users users_of(const struct facts *facts, const struct use *use)
{
	struct users users = { .one = facts_find(facts, use->device) };

	if (users.one && device_has(users.one, DEVICE_PHYSFN))
		users.physical = facts_find(facts, users.one->physfn);
	if (users.physical == users.one)
		users.physical = NULL;
	return users;
}

static size_t *counter(const struct usage *usage, const struct device *device,
		       size_t ahead)
{
	return &usage->start[device - usage->facts->devices + ahead];
}

static void put(struct usage *usage, const struct device *device,
		const struct use *use)
{
	if (device)
		usage->item[(*counter(usage, device, 1))++] = use;
}

/* Counts two places behind a device's own, so that filling moves starts there. */
static void sort_in(struct usage *usage)
{
	const struct facts *facts = usage->facts;

	for (size_t i = 0; i < facts->use_count; i++) {
		struct users users = users_of(facts, &facts->uses[i]);

		if (users.one)
			++*counter(usage, users.one, 2);
		if (users.physical)
			++*counter(usage, users.physical, 2);
	}
	for (size_t i = 2; i < facts->device_count + 2; i++)
		usage->start[i] += usage->start[i - 1];
	for (size_t i = 0; i < facts->use_count; i++) {
		struct users users = users_of(facts, &facts->uses[i]);

		put(usage, users.one, &facts->uses[i]);
		put(usage, users.physical, &facts->uses[i]);
	}
}

static int by_owner(const void *a, const void *b)
{
	const struct use *const *one = a, *const *other = b;

	return strcmp((*one)->what, (*other)->what);
}

static void sort_owned(struct usage *usage)
{
	const struct facts *facts = usage->facts;

	for (size_t i = 0; i < facts->use_count; i++)
		if (use_is_owner(&facts->uses[i]))
			usage->owned[usage->owned_count++] = &facts->uses[i];
	if (usage->owned_count)
		qsort(usage->owned, usage->owned_count, sizeof(*usage->owned),
		      by_owner);
}

int usage_make(struct usage *usage, const struct facts *facts)
{
	*usage = (struct usage){ .facts = facts };
	usage->item = calloc(2 * facts->use_count + 1, sizeof(*usage->item));
	usage->start = calloc(facts->device_count + 2, sizeof(*usage->start));
	usage->owned = calloc(facts->use_count + 1, sizeof(*usage->owned));
	if (!usage->item || !usage->start || !usage->owned)
		return -ENOMEM;
	sort_in(usage);
	sort_owned(usage);
	return 0;
}

struct uses usage_of(const struct usage *usage, const struct device *device)
{
	size_t start = *counter(usage, device, 0);

	return (struct uses){ &usage->item[start],
			      *counter(usage, device, 1) - start };
}

/* How many owners come before the one of a use; with @same, that one, too. */
static size_t place(const struct usage *usage, const struct use *use, bool same)
{
	size_t low = 0, high = usage->owned_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = by_owner(&usage->owned[middle], &use);

		if (order < 0 || (same && !order))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct uses usage_of_owner(const struct usage *usage, const struct use *use)
{
	size_t start = place(usage, use, false);

	return (struct uses){ &usage->owned[start],
			      place(usage, use, true) - start };
}

void usage_free(struct usage *usage)
{
	free(usage->item);
	free(usage->start);
	free(usage->owned);
	*usage = (struct usage){ 0 };
}
