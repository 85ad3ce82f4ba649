/* SPDX-License-Identifier: GPL-2.0 */
/* Units and requesters as messages. */
#ifndef IOW_FAULT_MESSAGE_H
#define IOW_FAULT_MESSAGE_H

#include "message.h"
#include "unit.h"

/**
 * struct iow_fault_view - what of a requester goes into a message
 * @detail: addresses and PASIDs, for who may see them
 * @sequence: number of the notification; 0 in answers
 */
struct iow_fault_view {
	bool detail;
	u64 sequence;
};

int iow_message_source(const struct iow_message *message, const struct iow_unit *unit,
		       u64 sequence);
int iow_message_fault(const struct iow_message *message, const struct iow_account *account,
		      struct iow_fault_view view);
int iow_message_resync(const struct iow_message *message, u64 sequence);

#endif /* IOW_FAULT_MESSAGE_H */
