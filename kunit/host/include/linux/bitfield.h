/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/bits.h>
#define FIELD_GET(mask, value) (((value) & (mask)) / ((mask) & -(mask)))
