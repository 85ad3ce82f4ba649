// SPDX-License-Identifier: GPL-2.0
/* Metrics of the program, the module, devices and groups. */
#include "model/text.h"
#include "render/metric_list.h"
#include "rule/override.h"

#define NUMBER_MAX sizeof("4294967295")

/* A label that could not be read; an empty one is "there is none". */
#define NOT_KNOWN "?"

static int add_build(struct exposition *exposition, const struct metric_row *row,
		     const struct measurement *measurement)
{
	(void)measurement;
	return exposition_add_number(exposition, &row->metric, 1,
				     VALUES(IOWARDEN_VERSION));
}

static int add_success(struct exposition *exposition,
		       const struct metric_row *row,
		       const struct measurement *measurement)
{
	if (!measurement->read)
		return 0;
	return exposition_add_moment(exposition, &row->metric,
				     measurement->read, NULL);
}

static int add_load(struct exposition *exposition, const struct metric_row *row,
		    const struct measurement *measurement)
{
	const struct info *info = &measurement->tree->facts->info;

	if (!field_known(info, INFO_LOAD_TIME))
		return 0;
	return exposition_add_moment(exposition, &row->metric, info->load_time,
				     NULL);
}

static int add_override(struct exposition *exposition,
			const struct metric_row *row,
			const struct measurement *measurement)
{
	enum answer answer = override_answer(measurement->tree);

	if (!answer)
		return 0;
	return exposition_add_number(exposition, &row->metric,
				     answer == ANSWER_YES, NULL);
}

static const char *name_group(const struct device *device,
			      char number[NUMBER_MAX])
{
	if (device_has(device, DEVICE_GROUP_UNKNOWN))
		return NOT_KNOWN;
	if (!device_has(device, DEVICE_GROUP))
		return "";
	text_print(number, NUMBER_MAX, "%u", device->group);
	return number;
}

static const char *name_driver(const struct device *device)
{
	if (device_has(device, DEVICE_DRIVER_UNKNOWN))
		return NOT_KNOWN;
	return device->driver ? device->driver : "";
}

static int add_device(struct exposition *exposition, const struct metric *metric,
		      const struct device *device)
{
	char address[BDF_TEXT], group[NUMBER_MAX];
	char vendor[sizeof("0x0000")], id[sizeof("0x0000")];

	text_print(vendor, sizeof(vendor), "0x%04x", device->vendor);
	text_print(id, sizeof(id), "0x%04x", device->device);
	return exposition_add_number(exposition, metric, 1, VALUES(
		bdf_format(device->address, address), vendor, id,
		name_group(device, group), name_driver(device)));
}

static int add_devices(struct exposition *exposition,
		       const struct metric_row *row,
		       const struct measurement *measurement)
{
	const struct facts *facts = measurement->tree->facts;
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		ret = add_device(exposition, &row->metric, &facts->devices[i]);
	return ret;
}

/* The group of a set, or an empty text where it has none. */
static const char *name_set(const struct audited *audited,
			    char number[NUMBER_MAX])
{
	if (!device_has(audited->first, DEVICE_GROUP))
		return "";
	return name_group(audited->first, number);
}

/* A warning is about something else than what the set can reach. */
static int add_isolated(struct exposition *exposition,
			const struct metric_row *row,
			const struct measurement *measurement)
{
	const struct audit *audit = measurement->audit;
	char number[NUMBER_MAX];
	int ret = 0;

	for (size_t i = 0; !ret && i < audit->count; i++) {
		const struct audited *audited = &audit->item[i];
		enum severity verdict = audited->assessment.judgement.verdict;
		const char *group = name_set(audited, number);

		if (*group && verdict != SEVERITY_UNKNOWN)
			ret = exposition_add_number(exposition, &row->metric,
				verdict != SEVERITY_UNSAFE, VALUES(group));
	}
	return ret;
}

static int add_verdict(struct exposition *exposition,
		       const struct metric *metric,
		       const struct audited *audited)
{
	char number[NUMBER_MAX];
	const char *group = name_set(audited, number);
	int ret = 0;

	for (unsigned int i = 1; !ret && *group && i <= verdict_names.count; i++)
		ret = exposition_add_number(exposition, metric,
			audited->assessment.judgement.verdict == i,
			VALUES(group, names_get(&verdict_names, i)));
	return ret;
}

static int add_verdicts(struct exposition *exposition,
			const struct metric_row *row,
			const struct measurement *measurement)
{
	const struct audit *audit = measurement->audit;
	int ret = 0;

	for (size_t i = 0; !ret && i < audit->count; i++)
		ret = add_verdict(exposition, &row->metric, &audit->item[i]);
	return ret;
}

static int add_sets(struct exposition *exposition, const struct metric_row *row,
		    const struct measurement *measurement)
{
	int ret = 0;

	for (unsigned int i = 1; !ret && i <= verdict_names.count; i++)
		ret = exposition_add_number(exposition, &row->metric,
			audit_count(measurement->audit, (enum severity)i),
			VALUES(names_get(&verdict_names, i)));
	return ret;
}

static const struct metric_row rows[] = {
	{ METRIC("build_info", "gauge",
		 "Version of the program that wrote this; always 1.",
		 "version"),
	  .add = add_build },
	{ METRIC("last_success_timestamp_seconds", "gauge",
		 "When the machine was read."),
	  .add = add_success },
	{ METRIC("module_load_timestamp_seconds", "gauge",
		 "When the module was loaded: its counters began at zero then."),
	  .add = add_load },
	{ METRIC("acs_override_active", "gauge",
		 "Whether pcie_acs_override= is in force; absent where not known."),
	  .add = add_override },
	{ METRIC("device_info", "gauge",
		 "PCI functions; always 1. An empty label is none, a ? is not known.",
		 "pci", "vendor", "device", "group", "driver"),
	  .add = add_devices },
	{ METRIC("group_isolated", "gauge",
		 "Whether an IOMMU group keeps to itself: 0 is the verdict unsafe; absent where not known.",
		 "group"),
	  .add = add_isolated },
	{ METRIC("group_verdict", "gauge",
		 "Verdict of iowarden audit on an IOMMU group: 1 for the one it has.",
		 "group", "verdict"),
	  .add = add_verdicts },
	{ METRIC("audit_sets", "gauge",
		 "Sets of devices on vfio, by verdict.",
		 "verdict"),
	  .add = add_sets },
};

const struct metric_list metrics_of_machine = METRIC_LIST(rows);
