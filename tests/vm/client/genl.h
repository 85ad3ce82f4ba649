/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A generic-netlink client of bare sockets. The tests use no library here: the
 * program is on libnl, so a fault of libnl would hide in both, and no library
 * sends malformed messages.
 */
#ifndef TEST_GENL_H
#define TEST_GENL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/netlink.h>

#define GENL_BUFFER 65536

/**
 * struct genl - a socket and what was resolved through it
 * @fd: the socket
 * @family: message type of the family
 * @topology: its multicast group of that name
 * @faults: likewise; 0 on kernels that cannot guard it
 * @seq: of the last request
 */
struct genl {
	int fd;
	uint16_t family;
	uint32_t topology;
	uint32_t faults;
	uint32_t seq;
};

/**
 * struct genl_request - a request under construction
 * @length: bytes used of @bytes
 * @bytes: from the netlink header on
 */
struct genl_request {
	size_t length;
	_Alignas(NLMSG_ALIGNTO) unsigned char bytes[512];
};

/**
 * struct genl_answer - how a request ended
 * @error: errno, 0 for success
 * @text: the kernel's words, or empty
 * @bad_offset: of the attribute it complains about, 0 if none is named
 * @missing: type of the attribute it misses, 0 if none is named
 * @messages: objects received
 * @interrupted: a part was marked NLM_F_DUMP_INTR
 */
struct genl_answer {
	int error;
	char text[160];
	uint32_t bad_offset;
	uint32_t missing;
	unsigned int messages;
	bool interrupted;
};

/* Called for each object; @attributes have @length bytes. */
typedef void genl_object(const struct nlattr *attributes, size_t length, uint8_t command,
			 void *context);

/* 0 or -errno; -ENOENT where the family does not exist. */
int genl_open(struct genl *genl);
void genl_close(struct genl *genl);
int genl_join(struct genl *genl, uint32_t group);

void genl_start(struct genl_request *request, const struct genl *genl, uint8_t command,
		uint16_t flags);
void genl_put(struct genl_request *request, uint16_t type, const void *value, size_t size);
void genl_put_u32(struct genl_request *request, uint16_t type, uint32_t value);
void genl_put_u16(struct genl_request *request, uint16_t type, uint16_t value);

/* Send and read everything that belongs to it; -errno if the socket fails. */
int genl_ask(struct genl *genl, struct genl_request *request, struct genl_answer *answer,
	     genl_object *each, void *context);

/* The attribute of that type, or NULL. */
const struct nlattr *genl_find(const struct nlattr *attributes, size_t length, uint16_t type);
uint64_t genl_number(const struct nlattr *attribute);
/* Empty without an attribute. */
const char *genl_text(const struct nlattr *attribute);
/* What comes after it, or NULL; @length is left of it and all that comes after. */
const struct nlattr *genl_next(const struct nlattr *attribute, size_t *length);

#endif /* TEST_GENL_H */
