// SPDX-License-Identifier: GPL-2.0
/* Metrics of who counts DMA faults, and of what was not counted. */
#include "model/text.h"
#include "render/metric_list.h"

#define UNIT_MAX sizeof("0x0000000000000000")

/* A source that is not one IOMMU. */
#define ALL_UNITS "all"

static const char *name_unit(const struct source *source, char text[UNIT_MAX])
{
	if (!field_known(source, SOURCE_UNIT))
		return ALL_UNITS;
	text_print(text, UNIT_MAX, "0x%016llx",
		   (unsigned long long)source->unit);
	return text;
}

static int add_states_of(struct exposition *exposition,
			 const struct metric *metric,
			 const struct source *source)
{
	char text[UNIT_MAX];
	const char *unit = name_unit(source, text);
	int ret = 0;

	for (unsigned int i = 1; !ret && i <= source_state_names.count; i++)
		ret = exposition_add_number(exposition, metric,
			source->state == i, VALUES(source->name, unit,
			names_get(&source_state_names, i)));
	return ret;
}

static int add_states(struct exposition *exposition,
		      const struct metric_row *row,
		      const struct measurement *measurement)
{
	const struct faults *faults = &measurement->tree->facts->faults;
	int ret = 0;

	for (size_t i = 0; !ret && i < faults->source_count; i++)
		ret = add_states_of(exposition, &row->metric,
				    &faults->sources[i]);
	return ret;
}

/* What a source counted before it stopped looking stays true; its zeros are none. */
static int add_count(struct exposition *exposition, const struct metric_row *row,
		     const struct measurement *measurement)
{
	const struct faults *faults = &measurement->tree->facts->faults;
	char text[UNIT_MAX];
	int ret = 0;

	for (size_t i = 0; !ret && i < faults->source_count; i++) {
		const struct source *source = &faults->sources[i];
		uint64_t count = field_number(source_fields, row->field, source);

		if (count || (source->state == SOURCE_ACTIVE &&
			      field_known(source, row->field)))
			ret = exposition_add_number(exposition, &row->metric,
				count, VALUES(source->name,
					      name_unit(source, text)));
	}
	return ret;
}

#define SOURCE_ROW(field_, name_, type_, help_)				\
	{ METRIC(name_, type_, help_, "source", "iommu"),		\
	  .add = add_count, .field = field_ }

static const struct metric_row rows[] = {
	{ METRIC("source_state", "gauge",
		 "Who looks for DMA faults: 1 for the state that a source has. Only active is looking.",
		 "source", "iommu", "state"),
	  .add = add_states },
	SOURCE_ROW(SOURCE_RECORDS, "fault_records_total", "counter",
		   "Fault records that were read."),
	SOURCE_ROW(SOURCE_UNATTRIBUTED, "dma_faults_unattributed_total",
		   "counter", "DMA faults whose requester is not known."),
	SOURCE_ROW(SOURCE_OVERFLOWS, "fault_record_overflows_total", "counter",
		   "How often the hardware dropped faults, nobody knows how many."),
	SOURCE_ROW(SOURCE_MISSED, "fault_records_missed_total", "counter",
		   "How often faults may have passed unseen for another reason."),
	SOURCE_ROW(SOURCE_FAULTS_AT_LEAST, "faults_at_least", "gauge",
		   "Whether there were more faults than were counted, or may have been."),
};

const struct metric_list metrics_of_sources = METRIC_LIST(rows);
