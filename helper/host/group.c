// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/unseen.h"

#define FOLDER "kernel/iommu_groups/%u"

/* vfio's name for groups that it makes up where there is no IOMMU. */
static const char made_up[] = "vfio-noiommu";

/* The kernel writes "unknown" where the group has no default domain. */
static int read_type(const struct host_roots *roots, struct group *group)
{
	char line[FILE_LINE];

	if (file_line(line, roots->sysfs, FOLDER "/type", group->id) ||
	    !*line || !strcmp(line, "unknown"))
		return 0;
	return field_set_text(group_fields, GROUP_TYPE, group, line,
			      strlen(line));
}

/* A group that nobody named has no file of its name. */
static void read_name(const struct host_roots *roots, struct group *group)
{
	char line[FILE_LINE];
	int ret;

	if (file_exists(roots->sysfs, FOLDER, group->id))
		return;
	ret = file_line(line, roots->sysfs, FOLDER "/name", group->id);
	if (!ret || ret == -ENOENT)
		field_set_number(group_fields, GROUP_NOIOMMU, group,
				 !ret && !strcmp(line, made_up));
}

/* 0x00000000fee00000 0x00000000feefffff msi */
static int add_region(struct facts *facts, uint32_t group, const char *line)
{
	struct region *region;
	char *end, *kind;
	uint64_t start, last;

	start = strtoull(line, &end, 16);
	last = strtoull(end, &kind, 16);
	if (end == line || kind == end || *kind != ' ')
		return -EBADMSG;
	region = facts_add_region(facts);
	if (!region)
		return -ENOMEM;
	region->group = group;
	field_set_number(region_fields, REGION_START, region, start);
	field_set_number(region_fields, REGION_END, region, last);
	for (uint8_t i = 1; i <= region_kind_names.count; i++)
		if (!strcmp(kind + 1, names_get(&region_kind_names, i)))
			field_set_number(region_fields, REGION_KIND, region, i);
	return 0;
}

/* All of them or none: half a list would look like the whole. */
static int add_regions(struct facts *facts, struct group *group, char *text)
{
	size_t before = facts->region_count;
	int ret = 0;

	for (char *line; !ret && (line = strsep(&text, "\n"));)
		if (*line)
			ret = add_region(facts, group->id, line);
	if (ret)
		facts->region_count = before;
	else
		field_set_number(group_fields, GROUP_RESERVED_COUNT, group,
				 facts->region_count - before);
	return ret == -ENOMEM ? ret : 0;
}

static int read_regions(const struct host_roots *roots, struct facts *facts,
			struct group *group)
{
	char *text;
	int ret = file_text(&text, roots->sysfs, FOLDER "/reserved_regions",
			    group->id);

	if (ret)
		return ret == -ENOMEM ? ret : 0;
	ret = add_regions(facts, group, text);
	free(text);
	return ret;
}

static size_t count_unknown(const struct facts *facts, enum group_field field)
{
	size_t unknown = 0;

	for (size_t i = 0; i < facts->group_count; i++)
		unknown += !field_known(&facts->groups[i], field);
	return unknown;
}

/* Type and name only explain; these forbid that a guest has its own map. */
static int say_unknown(struct facts *facts)
{
	size_t unknown = count_unknown(facts, GROUP_RESERVED_COUNT);

	if (!unknown)
		return 0;
	return unseen_add(facts,
		"reserved memory regions of %zu of %zu groups: /sys/kernel/iommu_groups does not tell",
		unknown, facts->group_count);
}

int group_complete(const struct host_roots *roots, struct facts *facts)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->group_count; i++) {
		struct group *group = &facts->groups[i];

		read_name(roots, group);
		ret = read_type(roots, group);
		if (!ret)
			ret = read_regions(roots, facts, group);
	}
	return ret ? ret : say_unknown(facts);
}
