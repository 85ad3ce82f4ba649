/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HOST_LINUX_PROCESSOR_H
#define HOST_LINUX_PROCESSOR_H

static inline void cpu_relax(void)
{
}

#endif /* HOST_LINUX_PROCESSOR_H */
