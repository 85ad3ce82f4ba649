/* SPDX-License-Identifier: GPL-2.0 */
/* Where facts come from: one table of providers. */
#ifndef PROVIDER_PROVIDER_H
#define PROVIDER_PROVIDER_H

#include "model/facts.h"
#include "provider/content.h"

/**
 * PROVIDER_DEVICES_MAX - the most that a file may hold; the largest machines
 * have ten thousand, nearly all virtual functions
 */
#define PROVIDER_DEVICES_MAX 20000

/**
 * struct provider_request - what a command asks for
 * @name: provider to use and no other; NULL chooses: the module if it is there
 * @fresh: registers are to be read now, not within the last second
 * @sysfs: where sysfs is mounted
 * @file: to read in place of the machine, "-" for standard input; NULL for the
 *	machine
 * @content: of @file; set by provider_load()
 */
struct provider_request {
	const char *name;
	bool fresh;
	const char *sysfs;
	const char *file;
	const struct content *content;
};

/**
 * struct provider - a source of facts
 * @live: it tells of this machine as it is now, so that host/ may add to it
 * @load: fills @facts, which it starts; on error @facts holds nothing and
 *	@problem is set. -ENOPKG means that the source is not there.
 * @recognise: whether a file is of the kind it reads; NULL if it reads none
 */
struct provider {
	const char *name;
	bool live;
	int (*load)(const struct provider_request *request,
		    struct facts *facts, struct problem *problem);
	bool (*recognise)(const struct content *content);
};

extern const struct provider providers[];
extern const size_t provider_count;

/** provider_find() - the provider of a name, or NULL */
const struct provider *provider_find(const char *name);

/**
 * provider_load() - read the facts of this machine
 * @request: what is wanted
 * @facts: freed by facts_free() after success
 * @note: set to a text that the caller frees where another source than the
 *	best was used and the user should know; else NULL
 * @problem: set on error
 *
 * Return: 0; -EINVAL for an unknown name, or a name and a file that do not go
 * together, -ENODEV for a machine without PCI
 * devices, -EAGAIN where the topology kept changing, -EBADMSG where the source
 * contradicted itself, or another negative errno.
 */
int provider_load(const struct provider_request *request, struct facts *facts,
		  char **note, struct problem *problem);

#endif
