// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <time.h>

#include "machine.h"

#define ENDED 3

#define CLASS_BRIDGE 0x060400
#define CLASS_NETWORK 0x020000

void machine_set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

/* In the group that was added last. */
static struct device *add(struct facts *facts, struct bdf address,
			  enum port_type type, struct registers acs)
{
	struct device *device = facts_add_device(facts);

	if (!device)
		exit(ENDED);
	machine_set(device, DEVICE_GROUP,
		    facts->groups[facts->group_count - 1].id);
	field_set_address(device_fields, DEVICE_ADDRESS, device, address);
	machine_set(device, DEVICE_VENDOR, 0x1b36);
	machine_set(device, DEVICE_DEVICE, 1);
	machine_set(device, DEVICE_CLASS, type == PORT_ENDPOINT ? CLASS_NETWORK :
								   CLASS_BRIDGE);
	machine_set(device, DEVICE_PORT_TYPE, type);
	machine_set(device, DEVICE_QUIRKS, 0);
	if (acs.cap) {
		field_set_number(acs_fields, ACS_CAP, &device->acs, acs.cap);
		field_set_number(acs_fields, ACS_CTRL, &device->acs, acs.ctrl);
		field_mark(device, DEVICE_ACS);
	}
	return device;
}

void machine_group(struct facts *facts)
{
	struct group *group = facts_add_group(facts);

	if (!group)
		exit(ENDED);
	group->id = (uint32_t)facts->group_count - 1;
}

struct device *machine_root_port(struct facts *facts, struct bdf address,
				 struct registers acs)
{
	struct device *device = add(facts, address, PORT_ROOT, acs);

	machine_set(device, DEVICE_ROOT_BUS, true);
	return device;
}

struct device *machine_below(struct facts *facts, struct bdf above, uint16_t id,
			     enum port_type type, struct registers acs)
{
	struct bdf address = { above.segment, id };
	struct device *device = add(facts, address, type, acs);

	field_set_address(device_fields, DEVICE_PARENT, device, above);
	return device;
}

void machine_finish(struct facts *facts)
{
	struct problem problem;

	if (facts_finish(facts, &problem))
		exit(ENDED);
}

double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void keep_least(double *best, double start)
{
	double took = seconds() - start;

	if (!*best || took < *best)
		*best = took;
}
