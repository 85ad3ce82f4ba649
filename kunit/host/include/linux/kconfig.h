/* SPDX-License-Identifier: GPL-2.0 */
/* Included first, as the kernel does; everything is configured. */
#define IS_ENABLED(option) 1
