// SPDX-License-Identifier: GPL-2.0
/*
 * What an audit costs for a function on machines of 10,000, as a multiple of that
 * on those of 1,000, whatever the switches let through. Each function is a set of
 * its own, and has victims and intruders as far as its switch goes. Ends with 1 if
 * one more than doubles.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "rule/audit.h"

#define ROUNDS 3

/* Of ACS, beside the bits that the kernel asks for. */
#define EGRESS 0x20
#define TRANSLATED 0x40
#define BITS_OF_VECTOR 8

/**
 * struct shape - a machine of switches, each below a root port of its own
 * @ports: of a switch
 * @functions: of the card below each of them
 */
struct shape {
	const char *name;
	unsigned int ports, functions;
	struct registers port;
};

static const struct shape shapes[] = {
	{ "closed", 32, 8, { 0x1d, 0x1d } },
	{ "open", 32, 8, { 0x1d, 0x11 } },
	{ "without ACS", 32, 8, { 0 } },
	{ "Egress Control, vector not known", 32, 8, { 0x1d | EGRESS | BITS_OF_VECTOR << 8, 0x1d | EGRESS } },
	{ "Direct Translated P2P", 32, 8, { 0x1d | TRANSLATED, 0x1d | TRANSLATED } },
};

static unsigned int size_of(const struct shape *shape)
{
	return 2 + shape->ports * (1 + shape->functions);
}

/* A function in a group of its own, given to a guest. */
static void add_function(struct facts *facts, struct bdf port, uint16_t id)
{
	struct device *device;

	machine_group(facts);
	device = machine_below(facts, port, id, PORT_ENDPOINT, ACS_HOLDS);
	machine_set(device, DEVICE_MULTIFUNCTION, true);
	machine_set(device, DEVICE_ATS, CAPABILITY_ON);
	device->driver = strdup("vfio-pci");
	if (!device->driver)
		exit(3);
	field_mark(device, DEVICE_DRIVER);
}

static void add_switch(struct facts *facts, const struct shape *shape,
		       uint32_t segment)
{
	const struct bdf root = { segment, 0 }, upstream = { segment, 1 << 8 };

	machine_group(facts);
	machine_root_port(facts, root, ACS_HOLDS);
	machine_below(facts, root, upstream.id, PORT_UPSTREAM, NO_ACS);
	for (uint16_t i = 0; i < shape->ports; i++) {
		struct bdf port = { segment, (uint16_t)(2 << 8 | i) };
		uint16_t bus = (uint16_t)((3 + i) << 8);

		machine_group(facts);
		machine_below(facts, upstream, port.id, PORT_DOWNSTREAM,
			      shape->port);
		for (uint16_t j = 0; j < shape->functions; j++)
			add_function(facts, port, bus | j);
	}
}

static void audit_once(const struct facts *facts, double *best)
{
	struct prediction prediction;
	struct problem problem;
	struct audit audit;
	struct tree tree;
	double start = seconds();

	if (tree_build(&tree, facts, &problem) ||
	    prediction_make(&prediction, &tree) ||
	    audit_run(&audit, &prediction))
		exit(3);
	keep_least(best, start);
	audit_free(&audit);
	prediction_free(&prediction);
	tree_free(&tree);
}

/* Seconds for each function. */
static double measure(const struct shape *shape, unsigned int functions)
{
	double best = 0, count;
	struct facts facts;

	facts_start(&facts, "bench");
	for (unsigned int i = 0; i < functions / size_of(shape); i++)
		add_switch(&facts, shape, i);
	machine_finish(&facts);
	for (int i = 0; i < ROUNDS; i++)
		audit_once(&facts, &best);
	count = (double)facts.device_count;
	facts_free(&facts);
	return best / count;
}

static bool judge(const struct shape *shape)
{
	double small = measure(shape, 1000), large = measure(shape, 10000);

	printf("%-38s %10.2f %10.1f\n", shape->name, large / small, large * 1e6);
	return large < 2 * small;
}

int main(void)
{
	bool flat = true;

	/* As in prediction.c. */
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, -1);
	printf("%-38s %10s %10s\n", "a function of 10,000 to one of 1,000:", "audit",
	       "us each");
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		flat &= judge(&shapes[i]);
	return !flat;
}
