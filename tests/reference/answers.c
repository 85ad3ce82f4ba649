// SPDX-License-Identifier: GPL-2.0
/*
 * What the model says of many machines: machines on standard input, a function a
 * line, each ended by a line with a dot; answers on standard output likewise.
 *
 *   BDF PARENT TYPE MULTIFUNCTION ACS CAP CTRL VECTOR ATS PHYSFN GROUP
 *
 * numbers in hexadecimal, "-" for what is not there. ACS and GROUP are 0 none,
 * 1 there, 2 not known. Answers, of all pairs of endpoints; with --check, of
 * checks of one endpoint each and of all ports, too:
 *
 *   route FROM TO REACHABLE SLACK HOP:BIT,...
 *   check DEVICE VERDICT BASIS WAYS-IN-UNKNOWN
 *   finding DEVICE ID SEVERITY VICTIM,... INTRUDER,...
 *   slot PORT WOULD-BE BASIS INBOUND
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/route.h"
#include "rule/assessment.h"
#include "rule/prospect.h"

enum { NONE, THERE, UNKNOWN };

static void fail(const char *why)
{
	fprintf(stderr, "answers: %s\n", why);
	exit(3);
}

static struct bdf address(const char *text)
{
	struct bdf bdf;

	if (bdf_parse(text, &bdf))
		fail(text);
	return bdf;
}

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

static void set_acs(struct device *device, unsigned int state,
		    unsigned int cap, unsigned int ctrl, const char *vector)
{
	if (state == UNKNOWN)
		set(device, DEVICE_ACS_UNKNOWN, REASON_ASLEEP);
	if (state != THERE)
		return;
	field_set_number(acs_fields, ACS_CAP, &device->acs, cap);
	field_set_number(acs_fields, ACS_CTRL, &device->acs, ctrl);
	field_mark(device, DEVICE_ACS);
	if (*vector == '-')
		return;
	device->acs.egress_vector = (struct bytes){ 1,
		{ (uint8_t)strtoul(vector, NULL, 16) } };
	field_mark(&device->acs, ACS_EGRESS_VECTOR);
}

/* Each function has a group of its own, so that a set is what was asked. */
static void set_group(struct facts *facts, struct device *device,
		      unsigned int state)
{
	struct group *group;

	if (state == UNKNOWN)
		set(device, DEVICE_GROUP_UNKNOWN, REASON_BUSY);
	if (state != THERE)
		return;
	set(device, DEVICE_GROUP, facts->group_count);
	group = facts_add_group(facts);
	field_set_number(group_fields, GROUP_ID, group, facts->group_count - 1);
	field_set_number(group_fields, GROUP_ISOLATED_MSI, group, ANSWER_YES);
}

static void set_kind(struct device *device, const char *parent,
		     unsigned int type, unsigned int multifunction)
{
	bool bridge = type == PORT_ROOT || type == PORT_UPSTREAM ||
		      type == PORT_DOWNSTREAM || type == PORT_PCIE_TO_PCI ||
		      type == PORT_PCI_TO_PCIE;

	set(device, DEVICE_ROOT_BUS, *parent == '-');
	if (*parent != '-')
		field_set_address(device_fields, DEVICE_PARENT, device,
				  address(parent));
	if (type)
		set(device, DEVICE_PORT_TYPE, type);
	set(device, DEVICE_VENDOR, 0x1b36);
	set(device, DEVICE_CLASS, bridge ? 0x060400 : 0x020000);
	set(device, DEVICE_MULTIFUNCTION, multifunction);
}

static void read_function(struct facts *facts, const char *line)
{
	unsigned int type, multifunction, acs, cap, ctrl, ats, group;
	char bdf[32], parent[32], vector[32], physfn[32];
	struct device *device = facts_add_device(facts);

	if (!device || sscanf(line, "%31s %31s %x %x %x %x %x %31s %x %31s %x",
			      bdf, parent, &type, &multifunction, &acs, &cap,
			      &ctrl, vector, &ats, physfn, &group) != 11)
		fail(line);
	field_set_address(device_fields, DEVICE_ADDRESS, device, address(bdf));
	/* A bridge of conventional PCI differs from a card by what is below. */
	set_kind(device, parent, type & 0xf, multifunction);
	if (type & 0x10)
		set(device, DEVICE_CLASS, 0x060400);
	set_acs(device, acs, cap, ctrl, vector);
	if (ats)
		set(device, DEVICE_ATS, ats);
	if (*physfn != '-')
		field_set_address(device_fields, DEVICE_PHYSFN, device,
				  address(physfn));
	set_group(facts, device, group);
}

static const char *name(const struct device *device)
{
	static char text[4][BDF_TEXT];
	static unsigned int next;

	return bdf_format(device->address, text[next++ % 4]);
}

/* Hops with bits off beside what holds. */
static void print_slack(const struct route *route)
{
	const char *comma = "";

	for (size_t i = 0; i < route->count; i++) {
		if (!route->turn[i].slack)
			continue;
		printf("%s%s", comma, name(route->turn[i].hop.device));
		comma = ",";
	}
	putchar(' ');
}

static void print_route(const struct tree *tree, const struct device *from,
			const struct device *to)
{
	struct route route;
	const char *comma = "";

	if (route_find(&route, tree, from, to))
		fail("out of memory");
	printf("route %s %s %s ", name(from), name(to),
	       names_get(&reachable_names, route.reachable));
	print_slack(&route);
	for (size_t i = 0; route_closable(&route) && i < route.count; i++)
		for (unsigned int bit = 0; bit < acs_bit_names.count; bit++)
			if (route.turn[i].way == REACHABLE_YES &&
			    route.turn[i].closing >> bit & 1) {
				printf("%s%s/%s", comma,
				       name(route.turn[i].hop.device),
				       acs_bit_names.name[bit]);
				comma = ",";
			}
	putchar('\n');
	route_free(&route);
}

static void print_set(const struct set *set)
{
	putchar(' ');
	for (size_t i = 0; set && i < set->count; i++)
		printf("%s%s", i ? "," : "", name(set->member[i]));
}

static void print_finding(const struct device *device,
			  const struct finding *finding)
{
	const struct set *victims = finding->crossing ?
		&finding->crossing->victims : finding->bypass ?
		&finding->bypass->victims : NULL;

	printf("finding %s %s %s", name(device), finding->rule->id,
	       names_get(&severity_names, finding->rule->severity));
	print_set(victims);
	print_set(finding->intrusion ? &finding->intrusion->intruders : NULL);
	printf(" %s\n", finding->crossing ?
	       name(finding->crossing->hop->device) : "");
}

static bool has_unknown_way_in(const struct intrusions *intrusions)
{
	for (size_t i = 0; i < intrusions->count; i++)
		if (!intrusions->item[i].certain)
			return true;
	return false;
}

static void print_check(const struct prediction *prediction,
			const struct device *device)
{
	struct assessment assessment;
	struct survey survey;
	struct set asked = { 0 };
	const struct judgement *judgement = &assessment.judgement;

	if (set_add(&asked, device) ||
	    survey_make(&survey, prediction) ||
	    assessment_find(&assessment, &survey, &asked, false, 0))
		fail("out of memory");
	printf("check %s %s %s %d\n", name(device),
	       names_get(&verdict_names, judgement->verdict),
	       names_get(&basis_names, judgement->basis),
	       has_unknown_way_in(&assessment.inquiry.intrusions));
	for (size_t i = 0; i < judgement->finding_count; i++)
		print_finding(device, &judgement->finding[i]);
	assessment_free(&assessment);
	survey_free(&survey);
	set_free(&asked);
}

static void print_slots(const struct tree *tree)
{
	struct prospects slots;

	if (prospects_find(&slots, tree))
		fail("out of memory");
	for (size_t i = 0; i < slots.count; i++)
		printf("slot %s %s %s %d\n", name(slots.item[i].port),
		       names_get(&prospect_names, slots.item[i].way),
		       names_get(&basis_names, slots.item[i].basis),
		       slots.item[i].inbound);
	prospects_free(&slots);
}

static void answer(struct facts *facts, bool checks)
{
	struct prediction prediction;
	struct problem problem;
	struct tree tree;

	if (facts_finish(facts, &problem) || tree_build(&tree, facts, &problem))
		fail(problem.text);
	if (prediction_make(&prediction, &tree))
		fail("out of memory");
	for (size_t i = 0; i < facts->device_count; i++)
		for (size_t j = 0; j < facts->device_count; j++)
			if (i != j && device_is_endpoint(&facts->devices[i]) &&
			    device_is_endpoint(&facts->devices[j]))
				print_route(&tree, &facts->devices[i],
					    &facts->devices[j]);
	for (size_t i = 0; checks && i < facts->device_count; i++)
		if (device_is_endpoint(&facts->devices[i]))
			print_check(&prediction, &facts->devices[i]);
	if (checks)
		print_slots(&tree);
	puts(".");
	prediction_free(&prediction);
	tree_free(&tree);
}

int main(int argc, char **argv)
{
	bool checks = argc > 1 && !strcmp(argv[1], "--check");
	char line[256];
	struct facts facts;

	facts_start(&facts, "reference");
	while (fgets(line, sizeof(line), stdin)) {
		if (strcmp(line, ".\n")) {
			read_function(&facts, line);
			continue;
		}
		answer(&facts, checks);
		facts_free(&facts);
		facts_start(&facts, "reference");
	}
	facts_free(&facts);
	return ferror(stdout) || fflush(stdout) ? 3 : 0;
}
