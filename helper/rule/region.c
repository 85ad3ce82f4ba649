// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "rule/region.h"
#include "rule/subject.h"

/* A kind that is newer than this program is taken for the worst. */
static enum region_kind kind_of(const struct region *region)
{
	return region->kind ? (enum region_kind)region->kind : REGION_DIRECT;
}

static bool is_of(const struct region *region, const struct subject *subject,
		  enum region_kind kind)
{
	return region->group == subject->device->group &&
	       kind_of(region) == kind;
}

static bool has(const struct subject *subject, enum region_kind kind)
{
	const struct facts *facts = subject_facts(subject);

	for (size_t i = 0; i < facts->region_count; i++)
		if (is_of(&facts->regions[i], subject, kind))
			return true;
	return false;
}

bool region_is_direct(const struct subject *subject)
{
	return has(subject, REGION_DIRECT);
}

bool region_is_relaxable(const struct subject *subject)
{
	return has(subject, REGION_DIRECT_RELAXABLE);
}

static char *show(const struct subject *subject, enum region_kind kind)
{
	const struct facts *facts = subject_facts(subject);
	char *text = text_format("group %u:", subject->device->group);
	int ret = text ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < facts->region_count; i++)
		if (is_of(&facts->regions[i], subject, kind))
			ret = text_append(&text, " 0x%llx-0x%llx",
				(unsigned long long)facts->regions[i].start,
				(unsigned long long)facts->regions[i].end);
	return text;
}

char *region_show_direct(const struct subject *subject)
{
	return show(subject, REGION_DIRECT);
}

char *region_show_relaxable(const struct subject *subject)
{
	return show(subject, REGION_DIRECT_RELAXABLE);
}
