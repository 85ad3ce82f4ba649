/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads what the kernel answers to one request, datagram by datagram, and hands
 * out the attributes of each object. It sends nothing and waits for nothing, so
 * tests and fuzzers feed it from memory.
 */
#ifndef PROVIDER_NETLINK_REPLY_H
#define PROVIDER_NETLINK_REPLY_H

#include <linux/netlink.h>
#include <netlink/attr.h>
#include <stdbool.h>

#include "model/problem.h"

/**
 * typedef reply_object - takes one object
 * @head: its first attribute
 * @length: bytes of all attributes
 *
 * Return: 0, or a negative errno with @problem set, which ends the reading.
 */
typedef int reply_object(const struct nlattr *head, int length, void *context,
			 struct problem *problem);

/**
 * struct reply - an answer that is being read
 * @what: name of the request, for error lines
 * @family: number of the family that answers
 * @command: that objects come with
 * @dump: objects come as parts and end with NLMSG_DONE; else there is one
 *	object and then an acknowledgement
 * @sequence: of the request
 * @object: takes each object; @context is handed to it
 * @objects: how many came
 * @foreign: datagrams ignored because the kernel did not send them
 * @interrupted: the kernel said that the topology changed meanwhile
 * @done: the answer is complete
 */
struct reply {
	const char *what;
	uint16_t family;
	uint8_t command;
	bool dump;
	uint32_t sequence;
	reply_object *object;
	void *context;

	unsigned int objects;
	unsigned int foreign;
	bool interrupted;
	bool done;
};

/**
 * reply_feed() - read one datagram
 * @from: who sent it; whoever is not the kernel is ignored
 * @data: the datagram, aligned as malloc() aligns
 *
 * Return: 0; -EBADMSG where the datagram is not well formed; the errno that the
 * kernel answered, with its words in @problem; or what @object returned.
 */
int reply_feed(struct reply *reply, const struct sockaddr_nl *from,
	       const void *data, size_t length, struct problem *problem);

#endif
