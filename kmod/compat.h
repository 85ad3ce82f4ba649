/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only place that looks at the version of the kernel. Every source gets it
 * first (Kbuild includes it); the sources themselves are written against the
 * names below.
 */
#ifndef IOW_COMPAT_H
#define IOW_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0) || \
	LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
#error "iowarden is built for Linux 6.1 so far"
#endif

#ifdef pr_fmt
#undef pr_fmt
#endif
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#endif /* IOW_COMPAT_H */
