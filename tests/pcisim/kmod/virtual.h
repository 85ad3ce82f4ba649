/* SPDX-License-Identifier: GPL-2.0 */
/* Virtual functions of SR-IOV. */
#ifndef PCISIM_VIRTUAL_H
#define PCISIM_VIRTUAL_H

struct pcisim_table;

int pcisim_virtual_enable(struct pcisim_table *table);
void pcisim_virtual_disable(void);

#endif /* PCISIM_VIRTUAL_H */
