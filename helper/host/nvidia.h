/* SPDX-License-Identifier: GPL-2.0 */
/* NVIDIA's own driver, which tells of its GPUs in /proc only. */
#ifndef HOST_NVIDIA_H
#define HOST_NVIDIA_H

#include "host/trail.h"

/** nvidia_is_gpu() - whether a character device is one of its GPUs */
bool nvidia_is_gpu(const struct host_roots *roots, const struct node *node);

/** nvidia_follow() - to the GPU of a minor number; 0 or -ENOMEM */
int nvidia_follow(struct trail *trail, unsigned int minor);

#endif
