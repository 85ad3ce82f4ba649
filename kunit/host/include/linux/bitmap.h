/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HOST_LINUX_BITMAP_H
#define HOST_LINUX_BITMAP_H

#include <linux/bits.h>
#include <stdbool.h>

#define BITS_PER_LONG	(8 * sizeof(long))

#define DECLARE_BITMAP(name, bits) \
	unsigned long name[((bits) + BITS_PER_LONG - 1) / BITS_PER_LONG]

static inline void __set_bit(unsigned int bit, unsigned long *map)
{
	map[bit / BITS_PER_LONG] |= BIT(bit % BITS_PER_LONG);
}

static inline bool test_bit(unsigned int bit, const unsigned long *map)
{
	return map[bit / BITS_PER_LONG] & BIT(bit % BITS_PER_LONG);
}

static inline bool test_and_set_bit(unsigned int bit, unsigned long *map)
{
	const bool was_set = test_bit(bit, map);

	__set_bit(bit, map);
	return was_set;
}

static inline void clear_bit(unsigned int bit, unsigned long *map)
{
	map[bit / BITS_PER_LONG] &= ~BIT(bit % BITS_PER_LONG);
}

static inline bool test_and_clear_bit(unsigned int bit, unsigned long *map)
{
	const bool was_set = test_bit(bit, map);

	clear_bit(bit, map);
	return was_set;
}

#define for_each_set_bit(bit, map, size) \
	for ((bit) = 0; (bit) < (size); (bit)++) \
		if (test_bit(bit, map))

#endif /* HOST_LINUX_BITMAP_H */
