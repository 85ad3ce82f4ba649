/* SPDX-License-Identifier: GPL-2.0 */
/* What no file tells and a system call does; a seam, so that tests can answer. */
#ifndef HOST_CALL_H
#define HOST_CALL_H

#include <stdint.h>

#include "model/text.h"

/** enum node_type - what stands behind a descriptor */
enum node_type {
	NODE_OTHER,
	NODE_CHARACTER,
	NODE_BLOCK,
};

/** struct node - the device behind a descriptor, whatever its path is called */
struct node {
	enum node_type type;
	unsigned int major, minor;
};

/**
 * struct default_routes - where packets leave for anywhere
 * @interfaces: of all tables and all next hops, each once
 * @unnamed: there is one that names no interface
 */
struct default_routes {
	struct text_list interfaces;
	bool unnamed;
};

/**
 * struct host_calls - questions to the running kernel
 * @node: what @path leads to; never waits for a server
 * @routes: @found is empty; freed by the caller, also after an error
 * @screen: which framebuffer shows a virtual terminal; @path: of any framebuffer
 *
 * Each returns 0 or a negative errno.
 */
struct host_calls {
	int (*node)(const char *path, struct node *node);
	int (*routes)(struct default_routes *found);
	int (*screen)(const char *path, unsigned int terminal,
		      unsigned int *framebuffer);
};

/** host_calls - to the kernel that this program runs on */
extern const struct host_calls host_calls;

/** default_routes_add() - add an interface, once; 0 or -ENOMEM */
int default_routes_add(struct default_routes *found, const char *interface);

#endif
