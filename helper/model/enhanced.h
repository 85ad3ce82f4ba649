/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ACS Enhanced Capability (PCIe 5.0 and newer): what becomes of requests for the
 * memory of the ports themselves, and for addresses in a switch's window that
 * none of its ports claims. A port without it leaves that open.
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
 * @downstream: requests for the memory of downstream or root ports
 * @in_switch: it is a downstream port; a root port has no more than the above
 * @upstream: requests for the memory of the upstream port
 * @unclaimed_redirected: requests that no port claims are sent up; otherwise
 *	they are refused
 */
struct enhanced {
	enum target_access downstream, upstream;
	bool in_switch, unclaimed_redirected;
};

/**
 * enhanced_read() - read the bits above 6 of a port
 *
 * Return: whether it has the capability; @enhanced is only set then.
 */
bool enhanced_read(const struct device *device, struct enhanced *enhanced);

#endif
