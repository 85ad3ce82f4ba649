/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The objects of the family, from attributes into facts. Each function has the
 * type reply_object; what it takes as context stands with it. A message is
 * taken whole or refused with -EBADMSG.
 */
#ifndef PROVIDER_NETLINK_DECODE_H
#define PROVIDER_NETLINK_DECODE_H

#include "model/facts.h"
#include "provider/netlink_reply.h"

/** struct family - what the kernel's controller says of a family */
struct family {
	uint16_t id;
	uint32_t version;
};

/** decode_family() - context: struct family */
reply_object decode_family;

/** decode_info() - context: struct info, owned by facts */
reply_object decode_info;

/**
 * decode_device() - context: struct facts, to which the device is added
 *
 * A device must have segment, bdf, generation, vendor, device, class and
 * header-type, and not both root-bus and upstream. The port type is absent
 * where the register holds a type that has no name. Neither root-bus nor
 * upstream means that a relative went away meanwhile.
 */
reply_object decode_device;

/** decode_group() - context: struct facts; must have id and generation */
reply_object decode_group;

#endif
