/* SPDX-License-Identifier: GPL-2.0 */
/* What a case owns, freed at its end. */
#ifndef HOST_KUNIT_RESOURCE_H
#define HOST_KUNIT_RESOURCE_H

#include <linux/gfp.h>
#include <stdlib.h>

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

static inline int host_keep(struct kunit_resource *resource, void *object)
{
	resource->data = object;
	return 0;
}

static inline void host_free(struct kunit_resource *resource)
{
	free(resource->data);
}

static inline void *kunit_kzalloc(struct kunit *test, size_t size, int flags)
{
	return kunit_alloc_resource(test, host_keep, host_free, flags, calloc(1, size));
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
