// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/audit.h"
#include "render/sentence.h"

/* Of a large group the first few addresses tell which it is. */
#define MEMBERS_SHOWN 4

char *audit_summary(const struct audit *audit)
{
	size_t safe = audit_count(audit, SEVERITY_INFO);

	if (!audit->covered)
		return text_format("nothing is bound to vfio-pci; the audit answers for nothing.");
	if (safe == audit->covered)
		return text_format("all %zu on vfio-pci can reach nothing outside themselves without the IOMMU seeing it.",
				   safe);
	return text_format("of %zu on vfio-pci: %zu safe, %zu warning, %zu unknown, %zu unsafe.",
			   audit->covered, safe,
			   audit_count(audit, SEVERITY_WARNING),
			   audit_count(audit, SEVERITY_UNKNOWN),
			   audit_count(audit, SEVERITY_UNSAFE));
}

static int write_headline(const struct output *output,
			  const struct audit *audit)
{
	char *summary = audit_summary(audit);

	if (!summary)
		return -ENOMEM;
	if (audit->covered)
		sentence_verdict(output, audit->verdict, &verdict_names);
	else
		fputs("NOTHING", output->stream);
	fprintf(output->stream, "  %s\n", summary);
	free(summary);
	return 0;
}

static void write_members(const struct output *output, const struct set *set)
{
	char address[BDF_TEXT];

	for (size_t i = 0; i < set->count && i < MEMBERS_SHOWN; i++)
		fprintf(output->stream, " %s",
			bdf_format(set->member[i]->address, address));
	if (set->count > MEMBERS_SHOWN)
		fprintf(output->stream, " and %zu more",
			set->count - MEMBERS_SHOWN);
	fputc('\n', output->stream);
}

static void write_group(const struct output *output,
			const struct device *device)
{
	char text[32] = "no group";

	if (device_has(device, DEVICE_GROUP))
		text_print(text, sizeof(text), "group %u", device->group);
	else if (device_has(device, DEVICE_GROUP_UNKNOWN))
		text_print(text, sizeof(text), "group ?");
	fprintf(output->stream, "%-11s", text);
}

static int write_reason(const struct output *output,
			const struct assessment *assessment)
{
	char *sentence;

	if (assessment->judgement.verdict == SEVERITY_INFO)
		return 0;
	sentence = sentence_make(output, assessment);
	if (!sentence)
		return -ENOMEM;
	output_paragraph(output, "", sentence);
	free(sentence);
	return 0;
}

static int write_set(const struct output *output, const struct audited *audited)
{
	const struct judgement *judgement = &audited->assessment.judgement;
	const char *verdict = names_get(&verdict_names, judgement->verdict);

	sentence_verdict(output, judgement->verdict, &verdict_names);
	fprintf(output->stream, "%*s", 12 - (int)strlen(verdict), "");
	write_group(output, audited->first);
	fprintf(output->stream, "%-12s",
		names_get(&basis_names, judgement->basis));
	write_members(output, &audited->asked);
	return write_reason(output, &audited->assessment);
}

static int write_sets(const struct output *output, const struct audit *audit,
		      bool covered, const char *heading)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < audit->count; i++) {
		if (audit->item[i].covered != covered)
			continue;
		if (heading)
			fprintf(output->stream, "\n%s\n", heading);
		heading = NULL;
		ret = write_set(output, &audit->item[i]);
	}
	return ret;
}

static int write_slot(const struct output *output,
		      const struct prospect *prospect)
{
	static const enum colour colours[] = {
		[REACHABLE_NO] = COLOUR_GOOD,
		[REACHABLE_UNKNOWN] = COLOUR_QUESTION,
		[REACHABLE_YES] = COLOUR_BAD,
	};
	const char *word = names_get(&prospect_names, prospect->way);
	char *type = output_type(prospect->port);
	char *reason = prospect_explain(prospect);
	char address[BDF_TEXT];
	int ret = type && reason ? 0 : -ENOMEM;

	if (!ret) {
		output_coloured(output, colours[prospect->way], word);
		fprintf(output->stream, "%*s%-13s %-16s %s\n",
			12 - (int)strlen(word), "",
			bdf_format(prospect->port->address, address), type,
			reason);
	}
	free(type);
	free(reason);
	return ret;
}

static int write_slots(const struct output *output,
		       const struct prospects *slots)
{
	int ret = 0;

	if (slots->count)
		fputs("\nwhat a device would be that is put below a port:\n",
		      output->stream);
	for (size_t i = 0; !ret && i < slots->count; i++)
		ret = write_slot(output, &slots->item[i]);
	return ret;
}

int audit_render(const struct output *output, const struct facts *facts,
		 const struct audit *audit)
{
	int ret = write_headline(output, audit);

	if (!ret)
		ret = write_sets(output, audit, true, "bound to vfio-pci:");
	if (!ret)
		ret = write_sets(output, audit, false,
			"not bound to vfio-pci, so not part of the exit status:");
	if (!ret)
		ret = write_slots(output, &audit->slots);
	if (!ret)
		output_unseen(output, &facts->unseen, &audit->unseen);
	return ret;
}
