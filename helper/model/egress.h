/* SPDX-License-Identifier: GPL-2.0 */
/*
 * P2P Egress Control: a bit for each port of the switch, or for each function of
 * the device, says whether requests for it must not go straight there. It goes
 * before Request Redirect (PCIe 6.0, 6.12.3 and 7.7.11.4).
 */
#ifndef MODEL_EGRESS_H
#define MODEL_EGRESS_H

#include "model/device.h"

/** enum egress - what the control says of one target */
enum egress {
	EGRESS_OFF,	/* nothing: the control is off or not offered */
	EGRESS_STRAIGHT,	/* requests go straight there */
	EGRESS_BARRED,	/* they are redirected, or refused */
	EGRESS_UNKNOWN,	/* the bit could not be told */
};

/**
 * egress_vector_size() - how many bits of the vector mean something
 * @cap: the Capability word
 */
unsigned int egress_vector_size(uint32_t cap);

/**
 * egress_to_port() - of requests for another port of the switch
 *
 * Which port has which bit is not known, so the answer is one only where all
 * bits are the same.
 */
enum egress egress_to_port(const struct device *port);

/** egress_to_function() - of requests for another function of the device */
enum egress egress_to_function(const struct device *function,
			       const struct device *peer);

#endif
