// SPDX-License-Identifier: GPL-2.0
#include "model/command_line.h"
#include "rule/subject.h"

bool subject_has_option(const struct subject *subject, const char *name,
			const char *option)
{
	return command_line_has(subject_host(subject)->command_line, name,
				option);
}

const struct group *subject_group(const struct subject *subject)
{
	if (!device_has(subject->device, DEVICE_GROUP))
		return NULL;
	return facts_group(subject_facts(subject), subject->device->group);
}

int subject_append_set(char **text, const struct set *set)
{
	size_t shown = set->count > DEVICES_SHOWN ? DEVICES_SHOWN : set->count;
	char address[BDF_TEXT];
	int ret = 0;

	for (size_t i = 0; !ret && i < shown; i++)
		ret = text_append(text, "%s%s", i ? ", " : "",
				  bdf_format(set->member[i]->address, address));
	if (!ret && shown < set->count + set->left_out)
		ret = text_append(text, " and %zu more",
				  set->count + set->left_out - shown);
	return ret;
}
