/* SPDX-License-Identifier: GPL-2.0 */
/* Buffers whose room is exact. */
#ifndef HOST_LINUX_SKBUFF_H
#define HOST_LINUX_SKBUFF_H

#include <linux/types.h>
#include <stdlib.h>

struct sk_buff {
	unsigned int len;
	unsigned int room;
	u8 *data;
};

/* Memory of exactly this size, so that ASan knows its end. */
static inline struct sk_buff *alloc_skb(unsigned int room, int flags)
{
	struct sk_buff *skb = calloc(1, sizeof(*skb));

	if (!skb)
		return NULL;
	skb->room = room;
	skb->data = malloc(room ? room : 1);
	return skb;
}

static inline void kfree_skb(struct sk_buff *skb)
{
	free(skb->data);
	free(skb);
}

static inline unsigned int skb_tailroom(const struct sk_buff *skb)
{
	return skb->room - skb->len;
}

static inline void skb_reserve(struct sk_buff *skb, unsigned int length) { }

static inline void *skb_put(struct sk_buff *skb, unsigned int length)
{
	void *tail = skb->data + skb->len;

	skb->len += length;
	return tail;
}

#endif /* HOST_LINUX_SKBUFF_H */
