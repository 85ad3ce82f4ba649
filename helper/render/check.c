// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/check.h"
#include "render/path.h"

static enum colour severity_colour(enum severity severity)
{
	static const enum colour colours[] = {
		[SEVERITY_INFO] = COLOUR_GOOD,
		[SEVERITY_WARNING] = COLOUR_CAUTION,
		[SEVERITY_UNKNOWN] = COLOUR_QUESTION,
		[SEVERITY_UNSAFE] = COLOUR_BAD,
	};

	return colours[severity];
}

static void write_capitals(const struct output *output, enum severity severity,
			   const char *word)
{
	char capitals[16];
	size_t i;

	for (i = 0; i < sizeof(capitals) - 1 && word[i]; i++)
		capitals[i] = (char)toupper((unsigned char)word[i]);
	capitals[i] = '\0';
	output_coloured(output, severity_colour(severity), capitals);
}

static char *name_victim(const struct output *output,
			 const struct device *device)
{
	char *name = pci_names_device(output->names, device);
	char *driver = output_driver(device);
	char address[BDF_TEXT];
	char *text = NULL;

	bdf_format(device->address, address);
	if (name && driver)
		text = device_has(device, DEVICE_DRIVER) ?
			text_format("%s (%s, %s)", address, name, driver) :
			text_format("%s (%s)", address, name);
	free(name);
	free(driver);
	return text;
}

/* Storage, network and display: what people know their machine by. */
static const struct device *most_telling(const struct set *victims)
{
	for (size_t i = 0; i < victims->count; i++) {
		uint32_t class = victims->member[i]->class >> 16;

		if (class >= 0x01 && class <= 0x03)
			return victims->member[i];
	}
	return victims->member[0];
}

static char *name_victims(const struct output *output,
			  const struct finding *finding)
{
	const struct set *victims;
	char *text;

	if (!finding->crossing || !finding->crossing->victims.count)
		return text_format("others");
	victims = &finding->crossing->victims;
	text = name_victim(output, most_telling(victims));
	if (text && victims->count > 1)
		text_append(&text, " and %zu more", victims->count - 1);
	return text;
}

/* The rule's sentence, with the victims in place of the "@". */
static char *fill_headline(const struct output *output,
			   const struct finding *finding)
{
	const char *headline = finding->rule->headline;
	const char *at = strchr(headline, '@');
	char *victims, *text = NULL;

	if (!at)
		return text_format("%s", headline);
	victims = name_victims(output, finding);
	if (victims)
		text = text_format("%.*s%s%s", (int)(at - headline), headline,
				   victims, at + 1);
	free(victims);
	return text;
}

static char *make_sentence(const struct output *output,
			   const struct judgement *judgement)
{
	const struct finding *finding = judgement_headline(judgement);

	if (finding)
		return fill_headline(output, finding);
	return text_format(judgement->basis == BASIS_ENFORCED ?
		"can reach nothing outside its set without the IOMMU seeing it; registers enforce it." :
		"can reach nothing outside its set without the IOMMU seeing it, as the kernel assumes; registers do not say all of it.");
}

static int write_headline(const struct output *output,
			  const struct inquiry *inquiry,
			  const struct judgement *judgement)
{
	const struct finding *finding = judgement_headline(judgement);
	const struct device *device = finding ? finding->device :
						inquiry->asked->member[0];
	char *name = pci_names_device(output->names, device);
	char *sentence = make_sentence(output, judgement);
	char address[BDF_TEXT];
	int ret = name && sentence ? 0 : -ENOMEM;

	if (!ret) {
		write_capitals(output, judgement->verdict,
			       names_get(&verdict_names, judgement->verdict));
		fprintf(output->stream, "  %s %s %s\n\n",
			bdf_format(device->address, address), name, sentence);
	}
	free(name);
	free(sentence);
	return ret;
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

/* Findings of one rule stand together: what is the same is said once. */
static void write_findings(const struct output *output,
			   const struct finding *finding, size_t count)
{
	const struct rule *rule = finding->rule;
	char address[BDF_TEXT];

	fprintf(output->stream, "\n%s  ", rule->id);
	write_capitals(output, rule->severity,
		       names_get(&severity_names, rule->severity));
	fprintf(output->stream, "  %s\n",
		bdf_format(finding->device->address, address));
	for (size_t i = 0; i < count; i++)
		output_paragraph(output, i ? "" : "  seen",
				 finding[i].evidence);
	output_paragraph(output, "  why", rule->why);
	output_paragraph(output, "  do", rule->remedy);
}

static size_t count_same_rule(const struct judgement *judgement, size_t first)
{
	size_t i = first;

	while (i < judgement->finding_count &&
	       judgement->finding[i].rule == judgement->finding[first].rule)
		i++;
	return i - first;
}

int check_render(const struct output *output, const struct inquiry *inquiry,
		 const struct judgement *judgement)
{
	int ret = write_headline(output, inquiry, judgement);
	size_t count;

	if (!ret)
		ret = write_set(output, &inquiry->set);
	if (!ret)
		ret = write_paths(output, inquiry);
	if (ret)
		return ret;
	for (size_t i = 0; i < judgement->finding_count; i += count) {
		count = count_same_rule(judgement, i);
		write_findings(output, &judgement->finding[i], count);
	}
	output_unseen(output, &inquiry->tree->facts->unseen,
		      &judgement->unseen);
	return 0;
}
