// SPDX-License-Identifier: GPL-2.0
/*
 * What the prediction costs for a function, on machines of 1,000 and of 10,000.
 * The kernel's own code walks all functions for each of them; ours must not, so
 * the cost has to stay the same. Ends with 1 if it more than doubles.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "predict/prediction.h"

#define FUNCTIONS 8
#define PORTS_OF_SEGMENT 200
#define ROUNDS 9

/** struct shape - of the devices behind each port */
struct shape {
	const char *name;
	bool port_isolates, alone, aliases;
};

static const struct shape shapes[] = {
	{ "ports with ACS, functions with ACS", true, true, false },
	{ "ports with ACS, functions without", true, false, false },
	{ "ports without ACS", false, false, false },
	{ "functions that speak as others", true, false, true },
};

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

static struct device *add(struct facts *facts, struct bdf address,
			  enum port_type type, bool acs)
{
	struct device *device = facts_add_device(facts);

	if (!device)
		exit(3);
	field_set_address(device_fields, DEVICE_ADDRESS, device, address);
	set(device, DEVICE_VENDOR, 0x1b36);
	set(device, DEVICE_DEVICE, 1);
	set(device, DEVICE_PORT_TYPE, type);
	set(device, DEVICE_QUIRKS, 0);
	if (acs) {
		field_set_number(acs_fields, ACS_CAP, &device->acs, 0x1d);
		field_set_number(acs_fields, ACS_CTRL, &device->acs, 0x1d);
		field_mark(device, DEVICE_ACS);
	}
	return device;
}

/* A root port, and a device of several functions below it. */
static void add_port(struct facts *facts, const struct shape *shape,
		     unsigned int index)
{
	uint32_t segment = index / PORTS_OF_SEGMENT;
	uint16_t port = (uint16_t)(index % PORTS_OF_SEGMENT);
	struct bdf above = { segment, port };
	struct device *device;

	device = add(facts, above, PORT_ROOT, shape->port_isolates);
	set(device, DEVICE_ROOT_BUS, true);
	for (uint16_t i = 0; i < FUNCTIONS; i++) {
		struct bdf address = { segment, (uint16_t)((port + 1) << 8 | i) };

		device = add(facts, address, PORT_ENDPOINT, shape->alone);
		field_set_address(device_fields, DEVICE_PARENT, device, above);
		set(device, DEVICE_MULTIFUNCTION, true);
		if (!shape->aliases)
			continue;
		device->aliases = (struct bytes){ 1, { 1 } };
		field_mark(device, DEVICE_ALIASES);
	}
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The best of some rounds, as others use the machine, too. */
static double measure(struct tree *tree)
{
	double best = 1e9;

	for (int i = 0; i < ROUNDS; i++) {
		struct prediction prediction;
		double start = seconds();

		if (prediction_make(&prediction, tree))
			exit(3);
		prediction_free(&prediction);
		if (seconds() - start < best)
			best = seconds() - start;
	}
	return best;
}

/* Microseconds for each function. */
static double cost(const struct shape *shape, unsigned int functions)
{
	struct problem problem;
	struct facts facts;
	struct tree tree;
	double total;

	facts_start(&facts, "bench");
	for (unsigned int i = 0; i < functions / (FUNCTIONS + 1); i++)
		add_port(&facts, shape, i);
	if (facts_finish(&facts, &problem) || tree_build(&tree, &facts, &problem))
		exit(3);
	total = measure(&tree) / (double)facts.device_count;
	tree_free(&tree);
	facts_free(&facts);
	return total * 1e6;
}

int main(void)
{
	bool flat = true;

	/* Fresh pages cost the same for each, and would hide what does not. */
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, -1);
	printf("%-38s %10s %10s %6s\n", "microseconds for a function, of", "1,000",
	       "10,000", "ratio");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		double small = cost(&shapes[i], 1000);
		double large = cost(&shapes[i], 10000);

		printf("%-38s %10.3f %10.3f %6.2f\n", shapes[i].name, small,
		       large, large / small);
		flat &= large < 2 * small;
	}
	return !flat;
}
