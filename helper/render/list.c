// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include <libsmartcols.h>

#include "predict/comparison.h"
#include "predict/quirk.h"
#include "render/list.h"

enum column {
	COLUMN_PLACE,
	COLUMN_NAME,
	COLUMN_DRIVER,
	COLUMN_TYPE,
	COLUMN_ACS,
	COLUMNS
};

static const struct {
	const char *name;
	double width;
	int flags;
} columns[COLUMNS] = {
	[COLUMN_PLACE] = { "GROUP/BDF", 16, SCOLS_FL_TREE },
	[COLUMN_NAME] = { "NAME", 0.5, SCOLS_FL_TRUNC },
	[COLUMN_DRIVER] = { "DRIVER", 10, 0 },
	[COLUMN_TYPE] = { "TYPE", 14, 0 },
	[COLUMN_ACS] = { "ACS", 15, 0 },
};

/* Cells are escaped before: the library lets direction marks pass. */
static struct libscols_table *make_table(const struct output *output)
{
	struct libscols_table *table = scols_new_table();

	if (!table)
		return NULL;
	scols_table_set_stream(table, output->stream);
	scols_table_enable_noencoding(table, 1);
	scols_table_enable_ascii(table, !output->utf8);
	scols_table_enable_colors(table, output->colour);
	for (size_t i = 0; i < COLUMNS; i++)
		if (!scols_table_new_column(table, columns[i].name,
					    columns[i].width,
					    columns[i].flags)) {
			scols_unref_table(table);
			return NULL;
		}
	return table;
}

/* The line takes @text over, also when this fails. */
static int set_cell(struct libscols_line *line, enum column column, char *text)
{
	if (text && !scols_line_refer_data(line, column, text))
		return 0;
	free(text);
	return -ENOMEM;
}

static enum colour acs_colour(const struct device *device)
{
	struct acs_state state = acs_judge(device);

	if (state.missing)
		return COLOUR_BAD;
	if (device_has(device, DEVICE_ACS_UNKNOWN))
		return COLOUR_QUESTION;
	return COLOUR_PLAIN;
}

static char *describe(const struct output *output, const struct device *device)
{
	char *kind = pci_names_class(output->names, device);
	char *name = pci_names_device(output->names, device);
	char *text = NULL;

	if (kind && name)
		text = text_format("%s: %s", kind, name);
	free(kind);
	free(name);
	return text;
}

static int add_device(struct libscols_table *table,
		      struct libscols_line *parent, const struct output *output,
		      const struct device *device)
{
	struct libscols_line *line = scols_table_new_line(table, parent);
	char address[BDF_TEXT];
	int ret;

	if (!line)
		return -ENOMEM;
	bdf_format(device->address, address);
	ret = set_cell(line, COLUMN_PLACE, text_format("%s", address));
	if (!ret)
		ret = set_cell(line, COLUMN_NAME, describe(output, device));
	if (!ret)
		ret = set_cell(line, COLUMN_DRIVER, output_driver(device));
	if (!ret)
		ret = set_cell(line, COLUMN_TYPE, output_type(device));
	if (!ret)
		ret = set_cell(line, COLUMN_ACS, output_acs(device));
	if (!ret && output->colour && acs_colour(device) != COLOUR_PLAIN)
		ret = scols_cell_set_color(
			scols_line_get_cell(line, COLUMN_ACS),
			colour_start(true, acs_colour(device))) ? -ENOMEM : 0;
	return ret;
}

/** typedef member - whether a device belongs under a heading */
typedef bool member(const struct device *device, const struct group *group);

static bool in_group(const struct device *device, const struct group *group)
{
	return device_has(device, DEVICE_GROUP) && device->group == group->id;
}

static bool in_no_group(const struct device *device, const struct group *group)
{
	(void)group;
	return !device_has(device, DEVICE_GROUP) &&
	       !device_has(device, DEVICE_GROUP_UNKNOWN);
}

static bool in_unknown_group(const struct device *device,
			     const struct group *group)
{
	(void)group;
	return device_has(device, DEVICE_GROUP_UNKNOWN);
}

static int add_members(struct libscols_table *table,
		       struct libscols_line *heading,
		       const struct output *output, const struct facts *facts,
		       member *belongs, const struct group *group)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (belongs(&facts->devices[i], group))
			ret = add_device(table, heading, output,
					 &facts->devices[i]);
	return ret;
}

static char *describe_group(const struct group *group)
{
	char *text = text_format("%s", "");
	const char *comma = "";
	int ret = text ? 0 : -ENOMEM;

	if (!ret && group->isolated_msi == ANSWER_NO) {
		ret = text_append(&text, "interrupts not isolated");
		comma = ", ";
	}
	if (!ret && group->user_owned == ANSWER_YES) {
		ret = text_append(&text, "%sowned by user space", comma);
		comma = ", ";
	}
	if (!ret && group->other_devices)
		text_append(&text, "%sand %u devices that are not PCI", comma,
			    group->other_devices);
	return text;
}

static int add_group(struct libscols_table *table, const struct output *output,
		     const struct facts *facts, const struct group *group)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	int ret;

	if (!line)
		return -ENOMEM;
	ret = set_cell(line, COLUMN_PLACE, text_format("group %u", group->id));
	if (!ret)
		ret = set_cell(line, COLUMN_NAME, describe_group(group));
	if (ret)
		return ret;
	return add_members(table, line, output, facts, in_group, group);
}

/* A heading for devices that no group of the kernel holds; none if empty. */
static int add_rest(struct libscols_table *table, const struct output *output,
		    const struct facts *facts, member *belongs,
		    const char *heading)
{
	struct libscols_line *line;
	size_t i = 0;

	while (i < facts->device_count && !belongs(&facts->devices[i], NULL))
		i++;
	if (i == facts->device_count)
		return 0;
	line = scols_table_new_line(table, NULL);
	if (!line || scols_line_set_data(line, COLUMN_PLACE, heading))
		return -ENOMEM;
	return add_members(table, line, output, facts, belongs, NULL);
}

static int write_pair(const struct output *output, const struct pair *pair,
		      const char *verb)
{
	char one[BDF_TEXT], other[BDF_TEXT];
	char *text;

	if (!pair->one)
		return 0;
	text = text_format("%s (group %u) and %s (group %u) %s by their registers and Linux's quirks as of %s.",
			   bdf_format(pair->one->address, one), pair->one->group,
			   bdf_format(pair->other->address, other),
			   pair->other->group, verb, quirk_stamp());
	if (text)
		output_paragraph(output, "prediction", text);
	free(text);
	return text ? 0 : -ENOMEM;
}

/* Where the kernel's groups are not those that it would form by itself. */
static int write_differences(const struct output *output,
			     const struct prediction *prediction)
{
	struct comparison comparison;
	int ret = comparison_make(&comparison, prediction);

	if (!ret && (comparison.split.one || comparison.joined.one))
		fputc('\n', output->stream);
	if (!ret)
		ret = write_pair(output, &comparison.split, "belong together");
	return ret ? ret : write_pair(output, &comparison.joined,
				      "could be apart");
}

int list_render(const struct output *output,
		const struct prediction *prediction)
{
	const struct facts *facts = prediction->tree->facts;
	struct libscols_table *table = make_table(output);
	int ret = 0;

	if (!table)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < facts->group_count; i++)
		ret = add_group(table, output, facts, &facts->groups[i]);
	if (!ret)
		ret = add_rest(table, output, facts, in_unknown_group,
			       "group not known");
	if (!ret)
		ret = add_rest(table, output, facts, in_no_group, "no group");
	if (!ret && scols_print_table(table))
		ret = -ENOMEM;
	scols_unref_table(table);
	if (!ret)
		ret = write_differences(output, prediction);
	if (!ret)
		output_unseen(output, &facts->unseen, NULL);
	return ret;
}
