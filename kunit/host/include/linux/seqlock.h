/* SPDX-License-Identifier: GPL-2.0 */
/* Who writes holds the lock; who reads meanwhile would wait for ever, and is told. */
#ifndef HOST_LINUX_SEQLOCK_H
#define HOST_LINUX_SEQLOCK_H

#include <linux/spinlock.h>

typedef struct {
	unsigned int count;
	raw_spinlock_t *lock;
} seqcount_raw_spinlock_t;

static inline void seqcount_raw_spinlock_init(seqcount_raw_spinlock_t *sequence,
					      raw_spinlock_t *lock)
{
	*sequence = (seqcount_raw_spinlock_t){ .lock = lock };
}

static inline void raw_write_seqcount_begin(seqcount_raw_spinlock_t *sequence)
{
	lockdep_assert_held(sequence->lock);
	assert(sequence->count++ % 2 == 0);
}

static inline void raw_write_seqcount_end(seqcount_raw_spinlock_t *sequence)
{
	lockdep_assert_held(sequence->lock);
	assert(sequence->count++ % 2 == 1);
}

static inline unsigned int read_seqcount_begin(const seqcount_raw_spinlock_t *sequence)
{
	assert(sequence->count % 2 == 0);
	return sequence->count;
}

static inline bool read_seqcount_retry(const seqcount_raw_spinlock_t *sequence,
				       unsigned int start)
{
	return sequence->count != start;
}

#endif /* HOST_LINUX_SEQLOCK_H */
