/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HOST_LINUX_RCULIST_H
#define HOST_LINUX_RCULIST_H

#include <linux/list.h>

static inline void hlist_add_head_rcu(struct hlist_node *node, struct hlist_head *list)
{
	node->next = list->first;
	list->first = node;
}

#define host_hlist_entry(node, type, member) ({				\
	struct hlist_node *host_node = (node);					\
										\
	host_node ? container_of(host_node, type, member) : NULL;		\
})

#define hlist_for_each_entry_rcu_notrace(entry, list, member)				\
	for (entry = host_hlist_entry((list)->first, typeof(*entry), member); entry;	\
	     entry = host_hlist_entry(entry->member.next, typeof(*entry), member))

#endif /* HOST_LINUX_RCULIST_H */
