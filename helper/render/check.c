// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "render/check.h"
#include "render/escape.h"
#include "render/path.h"
#include "render/sentence.h"
#include "rule/fault.h"

/* A disk has as many as mount points; a page is read, a list is not. */
#define OBSTACLES_SHOWN 8

static int write_headline(const struct output *output,
			  const struct assessment *assessment)
{
	char *sentence = sentence_make(output, assessment);

	if (!sentence)
		return -ENOMEM;
	sentence_verdict(output, assessment->judgement.verdict, &verdict_names);
	fprintf(output->stream, "  %s\n\n", sentence);
	free(sentence);
	return 0;
}

static char *describe_group(const struct device *device)
{
	if (device_has(device, DEVICE_GROUP))
		return text_format("group %u", device->group);
	return text_format(device_has(device, DEVICE_GROUP_UNKNOWN) ?
			   "group not known" : "no group");
}

static int write_member(const struct output *output,
			const struct device *device, const char *label)
{
	char *group = describe_group(device);
	char *driver = output_driver(device);
	char *kind = pci_names_class(output->names, device);
	char address[BDF_TEXT];
	int ret = group && driver && kind ? 0 : -ENOMEM;

	if (!ret)
		fprintf(output->stream, "%-12s%-13s %-30s %-14s %s\n", label,
			bdf_format(device->address, address), kind, driver,
			group);
	free(group);
	free(driver);
	free(kind);
	return ret;
}

static int write_set(const struct output *output, const struct set *set)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < set->count; i++)
		ret = write_member(output, set->member[i],
				   i ? "" : "together");
	return ret;
}

/* Members of a group side by side on one bus share the rest of the way. */
static bool same_way(const struct inquiry *inquiry, size_t a, size_t b)
{
	const struct device *x = inquiry->set.member[a];
	const struct device *y = inquiry->set.member[b];

	return tree_parent(inquiry->tree, x) == tree_parent(inquiry->tree, y) &&
	       device_has(x, DEVICE_GROUP) == device_has(y, DEVICE_GROUP) &&
	       x->group == y->group;
}

static int write_path(const struct output *output,
		      const struct inquiry *inquiry, size_t first)
{
	const char *label = "path";
	int ret = 0;

	for (size_t i = first; !ret && i < inquiry->set.count; i++) {
		if (!same_way(inquiry, first, i))
			continue;
		ret = path_render_start(output, &inquiry->path[i], inquiry,
					label);
		label = "";
	}
	if (ret)
		return ret;
	return path_render(output, &inquiry->path[first], inquiry, 1);
}

static bool starts_path(const struct inquiry *inquiry, size_t member)
{
	for (size_t i = 0; i < member; i++)
		if (same_way(inquiry, i, member))
			return false;
	return true;
}

static int write_paths(const struct output *output,
		       const struct inquiry *inquiry)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < inquiry->set.count; i++) {
		if (!starts_path(inquiry, i))
			continue;
		fputc('\n', output->stream);
		ret = write_path(output, inquiry, i);
	}
	return ret;
}

/* Evidence holds names that others chose. */
static int write_evidence(const struct output *output,
			  const struct finding *finding, const char *label)
{
	char *evidence = escape_terminal(finding->evidence);

	if (!evidence)
		return -ENOMEM;
	output_paragraph(output, label, evidence);
	free(evidence);
	return 0;
}

/* Findings of one rule stand together: what is the same is said once. */
static int write_findings(const struct output *output,
			  const struct finding *finding, size_t count)
{
	const struct rule *rule = finding->rule;
	char address[BDF_TEXT];
	int ret = 0;

	fprintf(output->stream, "\n%s  ", rule->id);
	sentence_verdict(output, rule->severity, &severity_names);
	fprintf(output->stream, "  %s\n",
		bdf_format(finding->device->address, address));
	for (size_t i = 0; !ret && i < count; i++)
		ret = write_evidence(output, &finding[i], i ? "" : "  seen");
	output_paragraph(output, "  why", rule->why);
	output_paragraph(output, "  do", rule->remedy);
	return ret;
}

static size_t count_same_rule(const struct judgement *judgement, size_t first)
{
	size_t i = first;

	while (i < judgement->finding_count &&
	       judgement->finding[i].rule == judgement->finding[first].rule)
		i++;
	return i - first;
}

static int write_judgement(const struct output *output,
			   const struct judgement *judgement)
{
	size_t count;
	int ret = 0;

	for (size_t i = 0; !ret && i < judgement->finding_count; i += count) {
		count = count_same_rule(judgement, i);
		ret = write_findings(output, &judgement->finding[i], count);
	}
	return ret;
}

static int write_ready(const struct output *output, const struct ready *ready)
{
	int ret = 0;

	if (ready->step_count || ready->obstacle_count)
		fputc('\n', output->stream);
	for (size_t i = 0; !ret && i < ready->obstacle_count &&
	     i < OBSTACLES_SHOWN; i++)
		ret = output_made(output, i ? "" : "in the way",
				  obstacle_describe(&ready->obstacle[i]));
	if (!ret && ready->obstacle_count > OBSTACLES_SHOWN)
		ret = output_made(output, "", text_format(
			"and %zu more (--json has all)",
			ready->obstacle_count - OBSTACLES_SHOWN));
	for (size_t i = 0; !ret && i < ready->step_count; i++)
		ret = output_made(output, i ? "" : ready->obstacle_count ?
				  "after that" : "hand over",
				  step_describe(&ready->step[i]));
	return ret;
}

static char *describe_total(const struct fault_sum *sum)
{
	if (sum->total)
		return text_format("yes: %s%llu DMA faults since the module was loaded",
				   sum->at_least ? "at least " : "",
				   (unsigned long long)sum->total);
	return text_format(sum->at_least ?
		"yes: no DMA fault was counted since the module was loaded, but there may have been some" :
		"yes: no DMA fault since the module was loaded");
}

static char *describe_faults(const struct fault_sum *sum,
			     const struct facts *facts)
{
	char *why, *text;

	if (!sum->gap)
		return describe_total(sum);
	why = fault_sum_explain(sum, facts);
	text = why ? text_format("no: %s", why) : NULL;
	free(why);
	return text;
}

static int write_watched(const struct output *output,
			const struct inquiry *inquiry)
{
	const struct facts *facts = inquiry->tree->facts;
	struct fault_sum sum = fault_sum_up(inquiry);
	int ret;

	fputc('\n', output->stream);
	ret = output_made(output, "watched", describe_faults(&sum, facts));
	if (ret || !sum.remainder.device)
		return ret;
	return output_made(output, "", remainder_explain(&sum.remainder,
							 &facts->faults));
}

int check_render(const struct output *output, const struct assessment *assessment)
{
	const struct inquiry *inquiry = &assessment->inquiry;
	int ret = write_headline(output, assessment);

	if (!ret)
		ret = write_set(output, &inquiry->set);
	if (!ret)
		ret = write_paths(output, inquiry);
	if (!ret)
		ret = write_judgement(output, &assessment->judgement);
	if (!ret)
		ret = write_ready(output, &assessment->ready);
	if (!ret)
		ret = write_watched(output, inquiry);
	if (ret)
		return ret;
	output_unseen(output, &inquiry->tree->facts->unseen,
		      &assessment->judgement.unseen);
	return 0;
}
