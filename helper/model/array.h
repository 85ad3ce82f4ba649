/* SPDX-License-Identifier: GPL-2.0 */
/* Arrays of records that grow at their end. */
#ifndef MODEL_ARRAY_H
#define MODEL_ARRAY_H

#include <stdlib.h>
#include <string.h>

/** array_room() - room for one more of @size bytes; doubles, as machines have thousands */
static inline void *array_room(void *array, size_t count, size_t size)
{
	if (count & (count - 1))
		return array;
	return reallocarray(array, count ? count * 2 : 1, size);
}

/** ARRAY_ADD() - an empty record more at the end of an array of *@of, or NULL */
#define ARRAY_ADD(of, array, count) ({					\
	typeof((of)->array) all_ = array_room((of)->array,		\
		(of)->count, sizeof(*all_));				\
									\
	if (all_) {							\
		(of)->array = all_;					\
		all_ += (of)->count++;					\
		memset(all_, 0, sizeof(*all_));				\
	}								\
	all_; })

#endif
