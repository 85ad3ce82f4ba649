/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/log2.h>
#define hash_64(value, bits) ((u64)(value) * 0x61c8864680b583ebULL >> (64 - (bits)))
