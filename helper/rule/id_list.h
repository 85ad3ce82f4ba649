/* SPDX-License-Identifier: GPL-2.0 */
/* Requester IDs to look for where there is no machine to ask: in a stream of events. */
#ifndef RULE_ID_LIST_H
#define RULE_ID_LIST_H

#include <stddef.h>

#include "model/tree.h"

/** struct id_list - IDs; one may be there twice */
struct id_list {
	struct bdf *id;
	size_t count;
};

/**
 * id_list_add() - add an ID that was asked for
 * @list: freed by id_list_free(), also after an error
 *
 * Of a device, all IDs that it uses on this machine are added (identity.h).
 *
 * Return: 0, or -ENOMEM.
 */
int id_list_add(struct id_list *list, const struct tree *tree, struct bdf id);

/** id_list_free() - free it */
void id_list_free(struct id_list *list);

#endif
