// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "model/array.h"
#include "rule/id_list.h"
#include "rule/identity.h"

/** struct filling - of a list, by identity_any(), which ends where this fails */
struct filling {
	struct id_list *list;
};

static bool fails_to_add(const void *context, struct bdf id)
{
	const struct filling *filling = context;
	struct bdf *place = ARRAY_ADD(filling->list, id, count);

	if (place)
		*place = id;
	return !place;
}

int id_list_add(struct id_list *list, const struct tree *tree, struct bdf id)
{
	const struct device *device = facts_find(tree->facts, id);
	const struct filling filling = { list };

	if (device ? identity_any(tree, device, fails_to_add, &filling) :
		     fails_to_add(&filling, id))
		return -ENOMEM;
	return 0;
}

void id_list_free(struct id_list *list)
{
	free(list->id);
	*list = (struct id_list){ 0 };
}
