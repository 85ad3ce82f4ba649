// SPDX-License-Identifier: GPL-2.0
#include <linux/iowarden.h>
#include <net/genetlink.h>
#include "fault_message.h"

static int put_u64(struct sk_buff *skb, int attribute, u64 value)
{
	return nla_put_u64_64bit(skb, attribute, value, IOWARDEN_A_FAULT_PAD);
}

static int put_flag(struct sk_buff *skb, int attribute, bool set)
{
	return set ? nla_put_flag(skb, attribute) : 0;
}

static int put_place(struct sk_buff *skb, const struct iow_unit *unit)
{
	if (!unit->has_address)
		return 0;
	return nla_put_u32(skb, IOWARDEN_A_SOURCE_SEGMENT, unit->segment) ?:
	       nla_put_u64_64bit(skb, IOWARDEN_A_SOURCE_ADDRESS, unit->address,
				 IOWARDEN_A_SOURCE_PAD);
}

static int put_counts(struct sk_buff *skb, const struct iow_unit_counts *counts, bool lower_bound)
{
	return nla_put_u64_64bit(skb, IOWARDEN_A_SOURCE_RECORDS, counts->records,
				 IOWARDEN_A_SOURCE_PAD) ?:
	       nla_put_u64_64bit(skb, IOWARDEN_A_SOURCE_UNATTRIBUTED, counts->unattributed,
				 IOWARDEN_A_SOURCE_PAD) ?:
	       nla_put_u64_64bit(skb, IOWARDEN_A_SOURCE_OVERFLOWS, counts->overflows,
				 IOWARDEN_A_SOURCE_PAD) ?:
	       nla_put_u64_64bit(skb, IOWARDEN_A_SOURCE_MISSED, counts->missed,
				 IOWARDEN_A_SOURCE_PAD) ?:
	       put_flag(skb, IOWARDEN_A_SOURCE_FAULTS_AT_LEAST,
			lower_bound || iow_unit_is_lower_bound(counts));
}

/**
 * iow_message_source() - put one unit
 * @message: where to
 * @unit: the unit
 * @sequence: number of the notification; 0 in answers
 *
 * Context: process context; may sleep.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_source(const struct iow_message *message, const struct iow_unit *unit,
		       u64 sequence)
{
	const struct iow_unit_state state = iow_unit_look(unit);
	struct iow_unit_counts counts = iow_unit_read(unit);
	struct sk_buff *skb = message->skb;
	void *header = iow_message_begin(message);

	if (!header)
		return -EMSGSIZE;
	counts.missed += state.missed;
	return iow_message_finish(message, header,
		nla_put_u32(skb, IOWARDEN_A_SOURCE_INDEX, unit->index) ?:
		nla_put_string(skb, IOWARDEN_A_SOURCE_NAME, unit->source) ?:
		nla_put_u8(skb, IOWARDEN_A_SOURCE_STATE, state.state) ?:
		(state.why ? nla_put_string(skb, IOWARDEN_A_SOURCE_WHY, state.why) : 0) ?:
		put_place(skb, unit) ?:
		put_counts(skb, &counts, state.lower_bound) ?:
		(sequence ? nla_put_u64_64bit(skb, IOWARDEN_A_SOURCE_SEQUENCE, sequence,
					      IOWARDEN_A_SOURCE_PAD) : 0));
}

static int put_reason(struct sk_buff *skb, u8 code, u64 count)
{
	struct nlattr *nest = nla_nest_start(skb, IOWARDEN_A_FAULT_REASON);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u8(skb, IOWARDEN_A_FAULT_REASON_CODE, code) ?:
	    nla_put_u64_64bit(skb, IOWARDEN_A_FAULT_REASON_COUNT, count,
			      IOWARDEN_A_FAULT_REASON_PAD)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int put_reasons(struct sk_buff *skb, const struct iow_tally *tally)
{
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < tally->reasons; i++)
		err = put_reason(skb, tally->reason[i], tally->reason_count[i]);
	return err ?: put_u64(skb, IOWARDEN_A_FAULT_OTHER_REASONS, tally->other_reasons);
}

static int put_requester(struct sk_buff *skb, const struct iow_account *account)
{
	const bool present = READ_ONCE(account->is_present);

	return nla_put_u32(skb, IOWARDEN_A_FAULT_SEGMENT, account->segment) ?:
	       nla_put_u16(skb, IOWARDEN_A_FAULT_REQUESTER, account->requester) ?:
	       put_flag(skb, IOWARDEN_A_FAULT_WHOLE_BUS, account->is_bucket) ?:
	       put_flag(skb, IOWARDEN_A_FAULT_PRESENT, present) ?:
	       put_flag(skb, IOWARDEN_A_FAULT_GONE,
			!present && READ_ONCE(account->was_present));
}

static int put_tally(struct sk_buff *skb, const struct iow_tally *tally, u64 before)
{
	return put_u64(skb, IOWARDEN_A_FAULT_TOTAL, iow_tally_total(tally)) ?:
	       put_u64(skb, IOWARDEN_A_FAULT_BEFORE, before) ?:
	       put_u64(skb, IOWARDEN_A_FAULT_READS, tally->reads) ?:
	       put_u64(skb, IOWARDEN_A_FAULT_WRITES, tally->writes) ?:
	       put_u64(skb, IOWARDEN_A_FAULT_OTHERS, tally->others) ?:
	       put_reasons(skb, tally);
}

static int put_detail(struct sk_buff *skb, const struct iow_fault *last)
{
	return (last->has_address ?
		put_u64(skb, IOWARDEN_A_FAULT_LAST_ADDRESS, last->address) : 0) ?:
	       (last->has_pasid ?
		nla_put_u32(skb, IOWARDEN_A_FAULT_LAST_PASID, last->pasid) : 0);
}

static int put_last(struct sk_buff *skb, const struct iow_tally *tally, bool detail)
{
	if (!iow_tally_total(tally))
		return 0;
	return put_u64(skb, IOWARDEN_A_FAULT_FIRST_SEEN, tally->first_seen) ?:
	       put_u64(skb, IOWARDEN_A_FAULT_LAST_SEEN, tally->last.time) ?:
	       nla_put_u32(skb, IOWARDEN_A_FAULT_LAST_SOURCE, tally->unit) ?:
	       nla_put_u8(skb, IOWARDEN_A_FAULT_LAST_ACCESS, tally->last.access) ?:
	       (detail ? put_detail(skb, &tally->last) : 0);
}

/**
 * iow_message_fault() - put one requester
 * @message: where to
 * @account: what was counted of it
 * @view: what of that
 *
 * Context: process context.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_fault(const struct iow_message *message, const struct iow_account *account,
		      struct iow_fault_view view)
{
	const u64 before = READ_ONCE(account->before);
	const struct iow_tally tally = iow_account_read(account);
	struct sk_buff *skb = message->skb;
	void *header = iow_message_begin(message);

	if (!header)
		return -EMSGSIZE;
	return iow_message_finish(message, header,
		put_requester(skb, account) ?:
		put_tally(skb, &tally, before) ?:
		put_last(skb, &tally, view.detail) ?:
		(view.sequence ?
		 put_u64(skb, IOWARDEN_A_FAULT_SEQUENCE, view.sequence) : 0));
}

/**
 * iow_message_resync() - put that more happened than is told
 * @message: where to
 * @sequence: number of the notification
 *
 * Context: process context.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_resync(const struct iow_message *message, u64 sequence)
{
	void *header = iow_message_begin(message);

	if (!header)
		return -EMSGSIZE;
	return iow_message_finish(message, header,
				  put_u64(message->skb, IOWARDEN_A_FAULT_SEQUENCE, sequence));
}
