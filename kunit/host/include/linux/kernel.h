/* SPDX-License-Identifier: GPL-2.0 */
/* The few macros of the kernel that code under test uses. */
#ifndef HOST_LINUX_KERNEL_H
#define HOST_LINUX_KERNEL_H

#include <errno.h>
#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/overflow.h>
#include <linux/types.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define container_of(pointer, type, member) \
	((type *)((char *)(pointer) - offsetof(type, member)))

#endif /* HOST_LINUX_KERNEL_H */
