// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "model/moment.h"
#include "suite.h"

struct bdf machine_address(const char *text)
{
	struct bdf bdf;

	assert_int_equal(bdf_parse(text, &bdf), 0);
	return bdf;
}

static void set(struct device *device, enum device_field field, uint64_t value)
{
	assert_int_equal(field_set_number(device_fields, field, device, value),
			 0);
}

static bool is_port(enum port_type type)
{
	return type == PORT_ROOT || type == PORT_UPSTREAM ||
	       type == PORT_DOWNSTREAM || type == PORT_PCIE_TO_PCI ||
	       type == PORT_PCI_TO_PCIE;
}

static void set_place(struct device *device, const struct part *part)
{
	field_set_address(device_fields, DEVICE_ADDRESS, device,
			  machine_address(part->bdf));
	set(device, DEVICE_ROOT_BUS, !part->parent);
	if (part->parent)
		field_set_address(device_fields, DEVICE_PARENT, device,
				  machine_address(part->parent));
	if (part->physfn)
		field_set_address(device_fields, DEVICE_PHYSFN, device,
				  machine_address(part->physfn));
}

static void set_identity(struct device *device, const struct part *part)
{
	uint32_t class = is_port(part->type) ? 0x060400 : 0x020000;

	if (part->class)
		class = part->class;
	set(device, DEVICE_VENDOR, part->id ? part->id >> 16 : 0x1b36);
	set(device, DEVICE_DEVICE, part->id ? part->id & 0xffff : 0x0001);
	set(device, DEVICE_CLASS, class);
	set(device, DEVICE_HEADER_TYPE, class >> 8 == 0x0604);
	set(device, DEVICE_MULTIFUNCTION, part->multifunction);
	if (part->type)
		set(device, DEVICE_PORT_TYPE, part->type);
	set(device, DEVICE_UNTRUSTED, part->untrusted);
	set(device, DEVICE_EXTERNAL_FACING, part->external);
	if (part->driver)
		assert_int_equal(field_set_text(device_fields, DEVICE_DRIVER,
			device, part->driver, strlen(part->driver)), 0);
}

static void set_acs(struct device *device, const struct part *part)
{
	if (part->acs_unknown)
		set(device, DEVICE_ACS_UNKNOWN, part->acs_unknown);
	if (!part->acs.there)
		return;
	field_set_number(acs_fields, ACS_OFFSET, &device->acs, 0x148);
	field_set_number(acs_fields, ACS_CAP, &device->acs, part->acs.cap);
	field_set_number(acs_fields, ACS_CTRL, &device->acs, part->acs.ctrl);
	field_mark(device, DEVICE_ACS);
}

static void add_group(struct facts *facts, uint32_t id)
{
	for (size_t i = 0; i < facts->group_count; i++)
		if (facts->groups[i].id == id)
			return;
	field_set_number(group_fields, GROUP_ID, facts_add_group(facts), id);
}

/* Somebody counts faults, so that findings are about other things. */
static void watch(struct faults *faults)
{
	struct source *source = faults_add_source(faults);

	faults->told = faults->detailed = true;
	faults->time = moment_now();
	assert_int_equal(field_set_text(source_fields, SOURCE_NAME, source,
					"trace", 5), 0);
	field_set_number(source_fields, SOURCE_INDEX, source, 0);
	field_set_number(source_fields, SOURCE_STATE, source, SOURCE_ACTIVE);
	for (unsigned int i = SOURCE_RECORDS; i < SOURCE_FIELDS; i++)
		field_set_number(source_fields, i, source, 0);
}

void machine_facts(struct facts *facts, const struct part *parts, size_t count)
{
	struct problem problem;

	facts_start(facts, "netlink");
	watch(&facts->faults);
	for (size_t i = 0; i < count; i++) {
		struct device *device = facts_add_device(facts);

		set_place(device, &parts[i]);
		set_identity(device, &parts[i]);
		set_acs(device, &parts[i]);
		if (parts[i].group_unknown)
			set(device, DEVICE_GROUP_UNKNOWN,
			    parts[i].group_unknown);
		if (!parts[i].group)
			continue;
		set(device, DEVICE_GROUP, parts[i].group);
		add_group(facts, parts[i].group);
	}
	assert_int_equal(facts_finish(facts, &problem), 0);
	for (size_t i = 0; i < facts->group_count; i++)
		field_set_number(group_fields, GROUP_ISOLATED_MSI,
				 &facts->groups[i], ANSWER_YES);
}

void machine_build(struct machine *machine, const struct part *parts,
		   size_t count)
{
	struct problem problem;

	*machine = (struct machine){ 0 };
	machine_facts(&machine->facts, parts, count);
	assert_int_equal(tree_build(&machine->tree, &machine->facts, &problem),
			 0);
}

const struct device *machine_device(const struct machine *machine,
				    const char *bdf)
{
	const struct device *device = facts_find(&machine->facts, machine_address(bdf));

	assert_non_null(device);
	return device;
}

struct group *machine_group(struct machine *machine, uint32_t id)
{
	const struct group *group = facts_group(&machine->facts, id);

	assert_non_null(group);
	return (struct group *)group;
}

struct device *machine_change(struct machine *machine, const char *bdf)
{
	return (struct device *)machine_device(machine, bdf);
}

/* From the start: a test may have changed what the tree was built from. */
void machine_predict(struct machine *machine)
{
	struct problem problem;

	prediction_free(&machine->prediction);
	tree_free(&machine->tree);
	assert_int_equal(tree_build(&machine->tree, &machine->facts, &problem),
			 0);
	assert_int_equal(prediction_make(&machine->prediction, &machine->tree),
			 0);
}

static void set_text(const struct field *table, unsigned int field,
		     void *record, const char *text)
{
	assert_int_equal(field_set_text(table, field, record, text,
					strlen(text)), 0);
}

void machine_kernel(struct machine *machine, const char *release)
{
	text_print(machine->facts.kernel, sizeof(machine->facts.kernel), "%s",
		   release);
}

void machine_start(struct machine *machine, const char *command_line)
{
	set_text(host_fields, HOST_COMMAND_LINE, &machine->facts.host,
		 command_line);
}

void machine_tell(struct machine *machine, enum host_field field,
		  enum answer answer)
{
	assert_int_equal(field_set_number(host_fields, field,
					  &machine->facts.host, answer), 0);
}

void machine_use(struct machine *machine, const char *bdf, enum use_kind kind,
		 const char *what, const char *through)
{
	struct use *use = facts_add_use(&machine->facts);

	field_set_address(use_fields, USE_DEVICE, use, machine_address(bdf));
	field_set_number(use_fields, USE_KIND, use, kind);
	set_text(use_fields, USE_WHAT, use, what);
	if (through)
		set_text(use_fields, USE_THROUGH, use, through);
}

void machine_region(struct machine *machine, uint32_t group,
		    enum region_kind kind)
{
	struct region *region = facts_add_region(&machine->facts);

	region->group = group;
	field_set_number(region_fields, REGION_START, region, 0xdead0000);
	field_set_number(region_fields, REGION_END, region, 0xdeadffff);
	field_set_number(region_fields, REGION_KIND, region, kind);
}

void machine_check(struct machine *machine, const char *first,
		   const char *second)
{
	set_add(&machine->asked, machine_device(machine, first));
	if (second)
		set_add(&machine->asked, machine_device(machine, second));
	machine_predict(machine);
	assert_int_equal(survey_make(&machine->survey, &machine->prediction), 0);
	assert_int_equal(assessment_find(&machine->assessment,
					 &machine->survey,
					 &machine->asked, false, 0), 0);
}

const struct finding *machine_finding(const struct machine *machine,
				      const char *id)
{
	for (size_t i = 0; i < machine->assessment.judgement.finding_count; i++)
		if (!strcmp(machine->assessment.judgement.finding[i].rule->id, id))
			return &machine->assessment.judgement.finding[i];
	return NULL;
}

void machine_expect(const struct machine *machine, const char *verdict,
		    const char *basis, int status)
{
	const struct judgement *judgement = &machine->assessment.judgement;

	assert_string_equal(names_get(&verdict_names, judgement->verdict),
			    verdict);
	assert_string_equal(names_get(&basis_names, judgement->basis), basis);
	assert_int_equal(severity_status(judgement->verdict), status);
}

void machine_expect_ids(const struct machine *machine, const char *ids)
{
	const struct judgement *judgement = &machine->assessment.judgement;
	char *text = NULL;

	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct rule *rule = judgement->finding[i].rule;

		assert_int_equal(text_append(&text, "%s%s %s", text ? ", " : "",
			names_get(&severity_names, rule->severity), rule->id), 0);
	}
	assert_string_equal(text ? text : "", ids);
	free(text);
}

void machine_expect_seen(const struct machine *machine, const char *id,
			 const char *word)
{
	const struct finding *finding = machine_finding(machine, id);

	assert_non_null(finding);
	if (!strstr(finding->evidence, word))
		fail_msg("%s: \"%s\" does not name %s", id, finding->evidence,
			 word);
}

void machine_free(struct machine *machine)
{
	assessment_free(&machine->assessment);
	set_free(&machine->asked);
	survey_free(&machine->survey);
	prediction_free(&machine->prediction);
	tree_free(&machine->tree);
	facts_free(&machine->facts);
}

struct requester *machine_count(struct machine *machine, const char *id,
				uint64_t total, uint64_t age)
{
	struct faults *faults = &machine->facts.faults;
	struct requester *requester = faults_add_requester(faults);

	*requester = (struct requester){
		.known = (1u << REQUESTER_FIELDS) - 1, .address = machine_address(id),
		.total = total, .writes = total, .present = true,
		.last_seen = faults->time - age, .last_access = 2,
		.reason_count = 1, .reason[0] = { total, 5 },
	};
	return requester;
}
