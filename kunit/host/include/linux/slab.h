/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HOST_LINUX_SLAB_H
#define HOST_LINUX_SLAB_H

#include <linux/gfp.h>
#include <stdlib.h>

#define kcalloc(count, size, flags) calloc(count, size)
#define kvcalloc(count, size, flags) calloc(count, size)
#define kvzalloc(size, flags) calloc(1, size)
#define kfree(memory) free(memory)
#define kvfree(memory) free(memory)

#endif /* HOST_LINUX_SLAB_H */
