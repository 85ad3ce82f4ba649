// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "predict/order.h"

#define NOBODY SIZE_MAX

/**
 * struct family - the functions below each bridge, as lists
 * @first: for each device its first child; one more for the root buses
 * @next: for each device the next one with the same parent
 */
struct family {
	const struct facts *facts;
	size_t *first, *next;
	size_t *order, count;
};

static bool is_virtual(const struct device *device)
{
	return device_has(device, DEVICE_PHYSFN);
}

/* From the last to the first, so that lists are in order of address. */
static void link_children(struct family *family, const struct tree *tree)
{
	size_t count = family->facts->device_count;

	for (size_t i = 0; i <= count; i++)
		family->first[i] = NOBODY;
	for (size_t i = count; i--;) {
		const struct device *device = &family->facts->devices[i];
		const struct device *parent = tree_parent(tree, device);
		size_t above = parent ? (size_t)(parent - family->facts->devices) :
			       count;

		if (is_virtual(device))
			continue;
		family->next[i] = family->first[above];
		family->first[above] = i;
	}
}

static bool same_bus(const struct family *family, size_t a, size_t b)
{
	struct bdf x = family->facts->devices[a].address;
	struct bdf y = family->facts->devices[b].address;

	return x.segment == y.segment && bdf_bus(x) == bdf_bus(y);
}

/* Take the functions of one bus; what is left is of another. */
static size_t take_bus(struct family *family, size_t first)
{
	size_t i;

	for (i = first; i != NOBODY && same_bus(family, first, i);
	     i = family->next[i])
		family->order[family->count++] = i;
	return i;
}

/* Calls itself no deeper than the tree allows. */
static void scan(struct family *family, size_t first)
{
	while (first != NOBODY) {
		size_t end = take_bus(family, first);

		for (; first != end; first = family->next[first])
			scan(family, family->first[first]);
	}
}

static void scan_all(struct family *family)
{
	size_t count = family->facts->device_count;

	scan(family, family->first[count]);
	for (size_t i = 0; i < count; i++)
		if (is_virtual(&family->facts->devices[i]))
			family->order[family->count++] = i;
}

int order_find(const struct tree *tree, size_t *order)
{
	size_t count = tree->facts->device_count;
	struct family family = { .facts = tree->facts, .order = order };
	int ret = -ENOMEM;

	family.first = calloc(count + 1, sizeof(*family.first));
	family.next = calloc(count + 1, sizeof(*family.next));
	if (family.first && family.next) {
		link_children(&family, tree);
		scan_all(&family);
		ret = family.count == count ? 0 : -EBADMSG;
	}
	free(family.first);
	free(family.next);
	return ret;
}
