/* SPDX-License-Identifier: GPL-2.0 */
/* Large machines to measure with, built of units. A lack of memory ends the program. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include "model/facts.h"

/** struct registers - ACS capability and control; no capability where both are 0 */
struct registers {
	uint16_t cap, ctrl;
};

/* All that the kernel asks for, and all of it on. */
#define ACS_HOLDS ((struct registers){ 0x1d, 0x1d })
#define NO_ACS ((struct registers){ 0 })

/** machine_group() - begin an IOMMU group, which what is added then is in */
void machine_group(struct facts *facts);

/** machine_root_port() - a root port at an address */
struct device *machine_root_port(struct facts *facts, struct bdf address,
				 struct registers acs);

/** machine_below() - a function below a bridge of its segment */
struct device *machine_below(struct facts *facts, struct bdf above, uint16_t id,
			     enum port_type type, struct registers acs);

/** machine_set() - set a field of a function */
void machine_set(struct device *device, enum device_field field,
		 uint64_t value);

/** machine_finish() - put the facts in order */
void machine_finish(struct facts *facts);

/** seconds() - that this process has worked */
double seconds(void);

/** keep_least() - of some rounds; others use the machine, too */
void keep_least(double *best, double start);

#endif
