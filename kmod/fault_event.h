/* SPDX-License-Identifier: GPL-2.0 */
/* Telling listeners of faults. */
#ifndef IOW_FAULT_EVENT_H
#define IOW_FAULT_EVENT_H

struct iow_ledger;

void iow_fault_event_start(struct iow_ledger *ledger);
void iow_fault_event_stop(void);
void iow_fault_event_end(void);

#endif /* IOW_FAULT_EVENT_H */
