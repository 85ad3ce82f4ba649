// SPDX-License-Identifier: GPL-2.0
/*
 * What the tree, the prediction and its comparison with the kernel's groups cost
 * for a function, on machines of 10,000 as a multiple of that on those of 1,000.
 * The kernel's own code walks all functions for each of them; ours must not, so
 * the cost has to stay the same. Ends with 1 if one more than doubles.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"
#include "predict/comparison.h"
#include "predict/prediction.h"

#define FUNCTIONS 8
#define PORTS_OF_SEGMENT 200
#define BUS_OF_SWITCH 2
#define FUNCTIONS_OF_BUS 256
#define FUNCTIONS_OF_SLOTS 39
#define ROUNDS 9

/**
 * struct shape - what a machine is made of
 * @unit: adds one more of it
 * @size: functions of a unit
 */
struct shape {
	const char *name;
	void (*unit)(struct facts *facts, const struct shape *shape,
		     unsigned int index);
	unsigned int size;
	struct registers port, function;
	bool aliases;
};

/* A root port, and a device of several functions below it. */
static void add_port(struct facts *facts, const struct shape *shape,
		     unsigned int index)
{
	uint16_t port = (uint16_t)(index % PORTS_OF_SEGMENT);
	struct bdf above = { index / PORTS_OF_SEGMENT, port };
	struct device *device;

	machine_group(facts);
	machine_root_port(facts, above, shape->port);
	for (uint16_t i = 0; i < FUNCTIONS; i++) {
		device = machine_below(facts, above, (uint16_t)((port + 1) << 8 | i),
				   PORT_ENDPOINT, shape->function);
		machine_set(device, DEVICE_MULTIFUNCTION, true);
		if (!shape->aliases)
			continue;
		device->aliases = (struct bytes){ 1, { 1 } };
		field_mark(device, DEVICE_ALIASES);
	}
}

/* A bus with all the functions that it can have. */
static void add_bus(struct facts *facts, const struct shape *shape,
		    unsigned int index)
{
	struct bdf port = { index, 0 };

	machine_group(facts);
	machine_root_port(facts, port, shape->port);
	for (uint16_t i = 0; i < FUNCTIONS_OF_BUS; i++)
		machine_set(machine_below(facts, port, (uint16_t)(1 << 8 | i), PORT_ENDPOINT,
			      shape->function), DEVICE_MULTIFUNCTION, true);
}

/* Switches behind switches, as far as bus numbers go. */
static void add_chain(struct facts *facts, const struct shape *shape,
		      unsigned int index)
{
	struct bdf above = { index, 0 };

	machine_group(facts);
	machine_root_port(facts, above, shape->port);
	for (uint16_t bus = 1; bus < PORTS_OF_SEGMENT; bus++) {
		machine_below(facts, above, (uint16_t)(bus << 8),
			  bus % 2 ? PORT_UPSTREAM : PORT_DOWNSTREAM,
			  shape->port);
		above.id = (uint16_t)(bus << 8);
	}
}

/* One more port of a single switch that isolates nothing, and what is below. */
static void add_switch_port(struct facts *facts, const struct shape *shape,
			    unsigned int index)
{
	const struct bdf root = { 0, 0 }, upstream = { 0, 1 << 8 };
	struct bdf port = { 0, (uint16_t)(BUS_OF_SWITCH << 8 | index) };
	uint16_t bus = (uint16_t)((BUS_OF_SWITCH + 1 + index) << 8);

	if (!index) {
		machine_group(facts);
		machine_root_port(facts, root, shape->port);
		machine_below(facts, root, upstream.id, PORT_UPSTREAM, NO_ACS);
	}
	machine_below(facts, upstream, port.id, PORT_DOWNSTREAM, shape->port);
	for (uint16_t i = 0; i < FUNCTIONS_OF_SLOTS; i++)
		machine_below(facts, port, bus | i, PORT_ENDPOINT, shape->function);
}

static const struct shape shapes[] = {
	{ "ports with ACS, functions with ACS", add_port, FUNCTIONS + 1, { 0x1d, 0x1d }, { 0x1d, 0x1d }, false },
	{ "ports with ACS, functions without", add_port, FUNCTIONS + 1, { 0x1d, 0x1d }, { 0 }, false },
	{ "ports without ACS", add_port, FUNCTIONS + 1, { 0 }, { 0 }, false },
	{ "functions that speak as others", add_port, FUNCTIONS + 1, { 0x1d, 0x1d }, { 0 }, true },
	{ "buses of 256 functions, with ACS", add_bus, FUNCTIONS_OF_BUS + 1, { 0x1d, 0x1d }, { 0x1d, 0x1d }, false },
	{ "buses of 256 functions, without", add_bus, FUNCTIONS_OF_BUS + 1, { 0x1d, 0x1d }, { 0 }, false },
	{ "deep chains, with ACS", add_chain, PORTS_OF_SEGMENT, { 0x1d, 0x1d }, { 0x1d, 0x1d }, false },
	{ "deep chains, without", add_chain, PORTS_OF_SEGMENT, { 0 }, { 0 }, false },
	{ "one big group", add_switch_port, FUNCTIONS_OF_SLOTS + 1, { 0 }, { 0 }, false },
};

enum part { PART_TREE, PART_PREDICTION, PART_COMPARISON, PARTS };

static void measure_round(const struct facts *facts, double best[PARTS])
{
	struct prediction prediction;
	struct comparison comparison;
	struct problem problem;
	struct tree tree;
	double start = seconds();

	if (tree_build(&tree, facts, &problem))
		exit(3);
	keep_least(&best[PART_TREE], start);
	start = seconds();
	if (prediction_make(&prediction, &tree))
		exit(3);
	keep_least(&best[PART_PREDICTION], start);
	start = seconds();
	if (comparison_make(&comparison, &prediction))
		exit(3);
	keep_least(&best[PART_COMPARISON], start);
	prediction_free(&prediction);
	tree_free(&tree);
}

/* Seconds for each function: the best of some rounds, as others use the machine, too. */
static void measure(const struct shape *shape, unsigned int functions,
		    double cost[PARTS])
{
	struct facts facts;

	facts_start(&facts, "bench");
	for (unsigned int i = 0; i < functions / shape->size; i++)
		shape->unit(&facts, shape, i);
	machine_finish(&facts);
	for (int i = 0; i < ROUNDS; i++)
		measure_round(&facts, cost);
	for (int i = 0; i < PARTS; i++)
		cost[i] /= (double)facts.device_count;
	facts_free(&facts);
}

static bool judge(const struct shape *shape)
{
	double small[PARTS] = { 0 }, large[PARTS] = { 0 };
	bool flat = true;

	measure(shape, 1000, small);
	measure(shape, 10000, large);
	printf("%-38s", shape->name);
	for (int i = 0; i < PARTS; i++) {
		printf(" %10.2f", large[i] / small[i]);
		flat &= large[i] < 2 * small[i];
	}
	printf("\n");
	return flat;
}

int main(void)
{
	bool flat = true;

	/* Fresh pages cost the same for each, and would hide what does not. */
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, -1);
	printf("%-38s %10s %10s %10s\n", "a function of 10,000 to one of 1,000:", "tree",
	       "prediction", "comparison");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		flat &= judge(&shapes[i]);
	return !flat;
}
