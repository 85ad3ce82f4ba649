/* SPDX-License-Identifier: GPL-2.0 */
/* Objects that go with the test, the last one first. */
#ifndef IOW_OWNED_H
#define IOW_OWNED_H

#include "suite.h"

static inline int owned_keep(struct kunit_resource *resource, void *object)
{
	resource->data = object;
	return 0;
}

/* @release finds the object in its argument's data; a pointer that is none fails the test. */
static inline void *owned(struct kunit *test, void (*release)(struct kunit_resource *),
			  void *object)
{
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, object);
	KUNIT_ASSERT_PTR_EQ(test, object,
			    kunit_alloc_resource(test, owned_keep, release, GFP_KERNEL, object));
	return object;
}

#endif /* IOW_OWNED_H */
