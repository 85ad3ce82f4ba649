/* SPDX-License-Identifier: GPL-2.0 */
/* Decoders of what the module says of DMA faults; as netlink_decode.h. */
#ifndef PROVIDER_NETLINK_FAULT_H
#define PROVIDER_NETLINK_FAULT_H

#include "model/faults.h"
#include "provider/netlink_reply.h"

/** decode_source() - context: struct faults; must have index, name and state */
reply_object decode_source;

/**
 * decode_requester() - context: struct faults
 *
 * A requester must have segment, requester, total, reads, writes and others, and
 * at most REASONS_MAX reasons.
 */
reply_object decode_requester;

/** struct fault_event - a notification of the group "faults" */
struct fault_event {
	uint64_t sequence;
	struct requester requester;
	struct source source;
};

/** decode_fault_event() - context: struct fault_event; of IOWARDEN_CMD_FAULT_NTF */
reply_object decode_fault_event;

/**
 * decode_source_event() - context: struct fault_event, of which the source is freed
 * by source_free() after success; of IOWARDEN_CMD_SOURCE_NTF
 */
reply_object decode_source_event;

/**
 * decode_resync() - context: struct fault_event, of which the sequence is set; of
 * IOWARDEN_CMD_FAULT_RESYNC_NTF
 */
reply_object decode_resync;

#endif
