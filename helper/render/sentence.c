// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "render/escape.h"
#include "render/sentence.h"

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

void sentence_verdict(const struct output *output, enum severity severity,
		      const struct names *names)
{
	const char *word = names_get(names, severity);
	char capitals[16];
	size_t i;

	for (i = 0; i < sizeof(capitals) - 1 && word[i]; i++)
		capitals[i] = (char)toupper((unsigned char)word[i]);
	capitals[i] = '\0';
	output_coloured(output, severity_colour(severity), capitals);
}

static char *name_other(const struct output *output,
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
static const struct device *most_telling(const struct set *others)
{
	for (size_t i = 0; i < others->count; i++) {
		uint32_t class = others->member[i]->class >> 16;

		if (class >= 0x01 && class <= 0x03)
			return others->member[i];
	}
	return others->member[0];
}

static char *name_others(const struct output *output,
			 const struct finding *finding)
{
	const struct set *others = NULL;
	char *text;

	if (finding->crossing)
		others = &finding->crossing->victims;
	if (finding->bypass)
		others = &finding->bypass->victims;
	if (finding->intrusion)
		others = &finding->intrusion->intruders;
	if (!others || !others->count)
		return text_format("others");
	text = name_other(output, most_telling(others));
	if (text && others->count + others->left_out > 1)
		text_append(&text, " and %zu more",
			    others->count + others->left_out - 1);
	return text;
}

/* The rule's sentence, with what it is about in place of the "@". */
static char *fill_headline(const struct output *output,
			   const struct finding *finding)
{
	const char *headline = finding->rule->headline;
	const char *at = strchr(headline, '@');
	char *object, *text = NULL;

	if (!at)
		return text_format("%s", headline);
	object = finding->object ? escape_terminal(finding->object) :
				   name_others(output, finding);
	if (object)
		text = text_format("%.*s%s%s", (int)(at - headline), headline,
				   object, at + 1);
	free(object);
	return text;
}

static char *make_predicate(const struct output *output,
			    const struct judgement *judgement)
{
	const struct finding *finding = judgement_headline(judgement);

	if (finding)
		return fill_headline(output, finding);
	return text_format(judgement->basis == BASIS_ENFORCED ?
		"can reach nothing outside its set without the IOMMU seeing it; registers enforce it." :
		"can reach nothing outside its set without the IOMMU seeing it, as the kernel assumes; registers do not say all of it.");
}

char *sentence_make(const struct output *output, const struct assessment *assessment)
{
	const struct finding *finding = judgement_headline(&assessment->judgement);
	const struct device *device = finding ? finding->device :
		assessment->inquiry.asked->member[0];
	char *name = pci_names_device(output->names, device);
	char *predicate = make_predicate(output, &assessment->judgement);
	char address[BDF_TEXT];
	char *text = NULL;

	if (name && predicate)
		text = text_format("%s %s %s",
				   bdf_format(device->address, address), name,
				   predicate);
	free(name);
	free(predicate);
	return text;
}
