/* SPDX-License-Identifier: GPL-2.0 */
/* What a case owns, freed at its end. */
#ifndef HOST_KUNIT_RESOURCE_H
#define HOST_KUNIT_RESOURCE_H

#include <stdlib.h>

#define GFP_KERNEL 0

struct kunit_resource {
	void *data;
	void (*free)(struct kunit_resource *resource);
	struct kunit_resource *next;
};

static inline void *kunit_alloc_resource(struct kunit *test,
					 int (*init)(struct kunit_resource *, void *),
					 void (*release)(struct kunit_resource *),
					 int flags, void *context)
{
	struct kunit_resource *resource = calloc(1, sizeof(*resource));

	if (!resource || init(resource, context)) {
		free(resource);
		return NULL;
	}
	resource->free = release;
	resource->next = test->resources;
	test->resources = resource;
	return resource->data;
}

/* The last one first, as KUnit does. */
static inline void host_free_resources(struct kunit *test)
{
	while (test->resources) {
		struct kunit_resource *resource = test->resources;

		test->resources = resource->next;
		resource->free(resource);
		free(resource);
	}
}

#endif /* HOST_KUNIT_RESOURCE_H */
