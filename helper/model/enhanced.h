/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ACS Enhanced Capability (PCIe 5.0 and newer): what becomes of requests for the
 * memory of a switch's own ports, and for addresses that none of them claims. A
 * port without it leaves that open.
 */
#ifndef MODEL_ENHANCED_H
#define MODEL_ENHANCED_H

#include "model/device.h"

/** enum target_access - by the number in the register, plus 1 */
enum target_access {
	TARGET_DIRECT = 1,
	TARGET_BLOCKED,
	TARGET_REDIRECTED,
	TARGET_RESERVED,
};

extern const struct names enhanced_names;

/**
 * struct enhanced - of one port
 * @downstream: requests for the memory of downstream ports
 * @upstream: requests for that of the upstream port
 * @unclaimed_redirected: requests that no port claims are sent up
 */
struct enhanced {
	enum target_access downstream, upstream;
	bool unclaimed_redirected;
};

/**
 * enhanced_read() - read the bits above 6 of a port
 *
 * Return: whether it has the capability; @enhanced is only set then.
 */
bool enhanced_read(const struct device *device, struct enhanced *enhanced);

#endif
