/* SPDX-License-Identifier: GPL-2.0 */
/* Whether the kernel takes a function for isolated: its pci_acs_enabled(). */
#ifndef PREDICT_EFFECTIVE_H
#define PREDICT_EFFECTIVE_H

#include "model/acs.h"
#include "predict/kernel.h"

/** enum ground - what the kernel's answer rests on */
enum ground {
	GROUND_REGISTERS = 1,
	GROUND_QUIRK,		/* a quirk function vouches, or denies */
	GROUND_SINGLE,		/* one function that is no port needs no ACS */
	GROUND_TYPE,		/* conventional PCI, or a type that never has it */
	GROUND_NO_CAPABILITY,
	GROUND_UNKNOWN,		/* registers or port type could not be read */
};

/**
 * struct effective - the answer
 * @isolates: 0 where that cannot be told
 * @quirk: the kernel's function of GROUND_QUIRK; also where a condition of it
 *	could not be seen
 * @worth: of GROUND_QUIRK, what it is worth to a verdict if it isolates
 */
struct effective {
	enum answer isolates;
	enum ground ground;
	const char *quirk;
	enum basis worth;
};

/** effective_acs() - what a kernel makes of ACS_REQUIRED of a device */
struct effective effective_acs(const struct kernel *kernel,
			       const struct device *device);

#endif
