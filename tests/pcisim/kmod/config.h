/* SPDX-License-Identifier: GPL-2.0 */
/* Reads and writes of a simulated function's configuration space. */
#ifndef PCISIM_CONFIG_H
#define PCISIM_CONFIG_H

#include <linux/types.h>

struct pcisim_function;

void pcisim_config_prepare(struct pcisim_function *function);
u32 pcisim_config_read(const struct pcisim_function *function, int where, int size);
void pcisim_config_write(struct pcisim_function *function, int where, int size, u32 value);

#endif /* PCISIM_CONFIG_H */
