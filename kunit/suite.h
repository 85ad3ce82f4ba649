/* SPDX-License-Identifier: GPL-2.0 */
/* What every suite begins with. */
#ifndef IOW_SUITE_H
#define IOW_SUITE_H

/*
 * Against a kernel without KUnit all macros expand to next to nothing: the suite
 * compiles, links and loads, runs no case and returns 0.
 */
#if !defined(CONFIG_KUNIT) && !defined(CONFIG_KUNIT_MODULE)
#error "no KUnit in this kernel (CONFIG_KUNIT): a suite built for it would test nothing"
#endif

#include <kunit/test.h>
#include <linux/iowarden.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#endif /* IOW_SUITE_H */
