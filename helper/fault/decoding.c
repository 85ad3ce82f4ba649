// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fault/decoding.h"

static int add_items(struct decoding *decoding, const struct tree *tree)
{
	const struct tally *tally = &decoding->log->tally;
	int ret = 0;

	decoding->item = calloc(tally->count ? tally->count : 1,
				sizeof(*decoding->item));
	if (!decoding->item)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < tally->count; i++) {
		struct decoded *item = &decoding->item[i];

		item->row = &tally->row[i];
		decoding->count++;
		ret = origin_find(&item->origin, &item->row->fault, tree);
		item->cause = cause_find(&item->row->fault, &item->origin);
	}
	return ret;
}

/* Names of another machine's devices would be worse than none. */
static int add_kernel(struct decoding *decoding)
{
	const struct fault_log *log = decoding->log;
	const char *kernel = decoding->facts->kernel;

	if (!log->kernel[0] || !kernel[0] || !strcmp(log->kernel, kernel))
		return 0;
	return text_list_add(&decoding->remarks,
		"whose log it is: it names the kernel %s, and devices are looked up on a machine with %s; --from reads another",
		log->kernel, kernel);
}

static int add_remarks(struct decoding *decoding, bool lost)
{
	const struct fault_log *log = decoding->log;
	int ret = add_kernel(decoding);

	if (!ret && log->damaged)
		ret = text_list_add(&decoding->remarks,
			"what lines about faults say that are damaged or of a form that this version does not know: %llu",
			(unsigned long long)log->damaged);
	if (!ret && log->fields)
		ret = text_list_add(&decoding->remarks,
			"who said what in a log of records (json, export, verbose): journalctl -k or dmesg, as they are without options, tell");
	if (!ret && log->foreign)
		ret = text_list_add(&decoding->remarks,
			"whether these are faults: lines that read so and have the tag of a program, which may make up what it likes: %llu",
			(unsigned long long)log->foreign);
	if (!ret && log->suppressed)
		ret = text_list_add(&decoding->remarks,
			"faults of which the kernel says that it did not print the lines: %llu",
			(unsigned long long)log->suppressed);
	if (!ret && log->overflow)
		ret = text_list_add(&decoding->remarks,
			"faults that the hardware dropped because its record was full: it does not say how many");
	if (!ret && log->tally.left_out)
		ret = text_list_add(&decoding->remarks,
			"requesters of %llu faults: there are too many to keep",
			(unsigned long long)log->tally.left_out);
	if (!ret && lost)
		ret = text_list_add(&decoding->remarks,
			"records of the log that were overwritten while it was read");
	return ret;
}

int decoding_make(struct decoding *decoding, const struct fault_log *log,
		  const struct tree *tree, bool lost)
{
	int ret;

	*decoding = (struct decoding){ .log = log, .facts = tree->facts };
	ret = add_items(decoding, tree);
	return ret ? ret : add_remarks(decoding, lost);
}

void decoding_free(struct decoding *decoding)
{
	for (size_t i = 0; i < decoding->count; i++)
		origin_free(&decoding->item[i].origin);
	free(decoding->item);
	text_list_free(&decoding->remarks);
}
