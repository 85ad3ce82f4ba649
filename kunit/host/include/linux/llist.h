/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HOST_LINUX_LLIST_H
#define HOST_LINUX_LLIST_H

#include <linux/kernel.h>
#include <stdbool.h>

struct llist_node {
	struct llist_node *next;
};

struct llist_head {
	struct llist_node *first;
};

static inline void init_llist_head(struct llist_head *list)
{
	list->first = NULL;
}

/* Whether it is the first. */
static inline bool llist_add(struct llist_node *node, struct llist_head *list)
{
	node->next = list->first;
	list->first = node;
	return !node->next;
}

static inline struct llist_node *llist_del_all(struct llist_head *list)
{
	struct llist_node *first = list->first;

	list->first = NULL;
	return first;
}

#define host_llist_entry(node, type, member) ({				\
	struct llist_node *host_node = (node);					\
										\
	host_node ? container_of(host_node, type, member) : NULL;		\
})

#define llist_for_each_entry(entry, first, member)				\
	for (entry = host_llist_entry(first, typeof(*entry), member); entry;	\
	     entry = host_llist_entry(entry->member.next, typeof(*entry), member))

#endif /* HOST_LINUX_LLIST_H */
