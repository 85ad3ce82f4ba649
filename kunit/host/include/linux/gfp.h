/* SPDX-License-Identifier: GPL-2.0 */
#define GFP_KERNEL 0
