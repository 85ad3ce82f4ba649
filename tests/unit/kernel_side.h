/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The other end of a channel: answers requests as the kernel and the module do,
 * and misbehaves where a test tells it to.
 */
#ifndef KERNEL_SIDE_H
#define KERNEL_SIDE_H

#include <linux/iowarden.h>
#include <stdbool.h>

#include "provider/netlink_channel.h"

#define FAMILY_ID	0x1d
#define GENERATION	7
#define QUEUE_MAX	64

/**
 * struct kernel_side - the other end
 * @channel: this end
 * @family_version, @abi_version: as announced
 * @no_family: the controller knows no such family
 * @interrupted: so many dumps are marked NLM_F_DUMP_INTR
 * @moved: so many times the devices have a later generation than info
 * @hidden: so many times a device fewer is sent than announced
 * @done_error: of the end of the dump of devices, with @error_text
 * @fresh_error: of a request with the flag fresh, with @error_text
 * @no_done: the dump of devices has no end
 * @silent: nothing is answered
 * @foreign: before each answer another process sends the same, changed
 * @foreign_flood: only another process answers, without end
 * @cut: so many bytes are missing at the end of the datagram of devices
 * @overflows: so many times the socket overflowed when the answer to info was due
 * @twice: a device comes twice
 * @no_place: a device says neither root-bus nor upstream
 * @no_faults: the module knows no commands about faults
 * @loses: between two readings each source overflows once more, @lost so far
 * @ordinary_user: who asks has no rights
 * @fresh_seen: requests that carried the flag fresh
 * @pauses: milliseconds that were paused
 */
struct kernel_side {
	struct channel channel;
	uint8_t family_version;
	uint32_t abi_version;
	bool no_family;
	int interrupted, moved, hidden, overflows;
	int done_error, fresh_error;
	const char *error_text;
	bool no_done, silent, foreign, foreign_flood, twice, no_place;
	bool no_faults, loses, ordinary_user;
	uint64_t lost;
	size_t cut;

	unsigned int fresh_seen;
	unsigned int pauses;
	unsigned int infos;

	uint32_t sequence;
	struct datagram queue[QUEUE_MAX];
	size_t first, last;
};

/** kernel_side_open() - one that behaves */
void kernel_side_open(struct kernel_side *kernel);

/** kernel_side_close() - drop what was not received */
void kernel_side_close(struct kernel_side *kernel);

/** kernel_device() - put a device with every attribute; the builder of all */
struct nl_msg *kernel_device(uint32_t sequence, uint16_t bdf,
			     uint32_t generation, int flags);

/** kernel_source() - a source with every attribute */
struct nl_msg *kernel_source(uint32_t sequence, uint32_t index);

/** kernel_fault() - a requester with every attribute but the sequence */
struct nl_msg *kernel_fault(uint32_t sequence, uint8_t command,
			    uint16_t requester);

/** kernel_reason() - put a reason more */
void kernel_reason(struct nl_msg *message, uint8_t code, uint64_t count);

/** kernel_end() - the end of a dump, or an acknowledgement (@type) */
struct nl_msg *kernel_end(uint32_t sequence, int type, int error,
			  const char *text);

/** kernel_begin() - a message of the family, without attributes yet */
struct nl_msg *kernel_begin(uint32_t sequence, uint16_t family, uint8_t command,
			    int flags);

#endif
