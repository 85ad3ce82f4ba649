/* SPDX-License-Identifier: GPL-2.0 */
/* Messages in buffers of a chosen size, and how they are looked at. */
#ifndef IOW_MESSAGE_LOOK_H
#define IOW_MESSAGE_LOOK_H

#include "message.h"
#include "suite.h"

#define GENERATION	7
#define PORT		4711
#define SEQUENCE	99

/**
 * struct expected - an attribute that must be there
 * @type: its number
 * @length: of its payload in bytes
 * @value: of a number; of longer payloads the first four bytes
 * @varies: the value is looked at elsewhere
 */
struct expected {
	int type;
	int length;
	u64 value;
	bool varies;
};

/* A buffer with room for exactly so many bytes; it goes with the test. */
struct sk_buff *look_make_buffer(struct kunit *test, unsigned int room);

/* Of a device, as part of a dump. */
struct iow_message look_message_to(struct sk_buff *skb);

/* Puts one object. */
typedef int (*look_put)(const struct iow_message *message, const void *object);

/* A buffer with that object and nothing else. */
struct sk_buff *look_put_whole(struct kunit *test, look_put put, const void *object);

/*
 * For every room there can be, the whole of it or nothing. @forget makes equal what
 * differs between two messages about the same object, if not NULL.
 */
void look_put_at_every_room(struct kunit *test, look_put put, const void *object,
			    void (*forget)(struct sk_buff *skb, unsigned int start));

/* Of a number; of longer payloads the first four bytes. */
u64 look_value_of(const struct nlattr *attribute);

/* Exactly the attributes of these rows, in this order. */
void look_expect_attributes(struct kunit *test, const struct expected *rows,
			    const struct nlattr *first, int length);

/* A buffer with one message, all of its header and these attributes. */
void look_expect_message(struct kunit *test, const struct expected *rows,
			 const struct sk_buff *skb);

/* In the message that begins at @start; NULL where there is none. */
struct nlattr *look_find_attribute(const struct sk_buff *skb, unsigned int start, int type);

#endif /* IOW_MESSAGE_LOOK_H */
