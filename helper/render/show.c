// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "render/escape.h"
#include "render/json.h"
#include "render/path.h"
#include "render/show.h"

/* A value of the JSON answer in words; the same code made it. */
static char *value_text(struct json_object *value)
{
	char *text = NULL;

	if (json_object_is_type(value, json_type_object)) {
		json_object_object_foreach(value, key, member)
			if (text_append(&text, "%s%s %s", text ? " " : "", key,
					json_object_get_string(member)))
				return NULL;
		return text;
	}
	if (json_object_is_type(value, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(value); i++)
			if (text_append(&text, "%s%s", i ? " " : "",
					json_object_get_string(
					json_object_array_get_idx(value, i))))
				return NULL;
		return text ? text : text_format("none");
	}
	if (json_object_is_type(value, json_type_boolean))
		return text_format(json_object_get_boolean(value) ? "yes" : "no");
	return escape_terminal(json_object_get_string(value));
}

static const char *find_origin(const struct facts *facts, unsigned int field)
{
	if (facts->host_origin && facts->host_origin[field])
		return facts->host_origin[field];
	if (facts->origin && facts->origin[field])
		return facts->origin[field];
	return facts->provider;
}

static void write_origin(const struct output *output,
			 const struct facts *facts, const struct device *device,
			 unsigned int field)
{
	char text[64];

	text_print(text, sizeof(text), "%s", find_origin(facts, field));
	if (field == DEVICE_ACS && device_has(device, DEVICE_ACS_AGE))
		text_print(text, sizeof(text), "%s, read %u ms before",
			   facts->provider, device->acs_age);
	output_coloured(output, COLOUR_FAINT, text);
	fputc('\n', output->stream);
}

static int write_field(const struct output *output, unsigned int field,
		       struct json_object *value)
{
	char label[32], *text;

	text = value_text(value);
	if (!text)
		return -ENOMEM;
	text_print(label, sizeof(label), "%s", device_fields[field].name);
	for (char *c = label; *c; c++)
		if (*c == '_')
			*c = ' ';
	fprintf(output->stream, "%-20s %-30s ", label, text);
	free(text);
	return 0;
}

static int write_fields(const struct output *output, const struct facts *facts,
			const struct device *device)
{
	struct json_object *object = json_device(device);
	struct json_object *value;
	int ret = object ? 0 : -ENOMEM;

	for (unsigned int i = 0; !ret && i < DEVICE_FIELDS; i++) {
		if (!json_object_object_get_ex(object, device_fields[i].name,
					       &value))
			continue;
		ret = write_field(output, i, value);
		if (!ret)
			write_origin(output, facts, device, i);
	}
	json_object_put(object);
	return ret;
}

static int write_name(const struct output *output, const struct device *device)
{
	char *kind = pci_names_class(output->names, device);
	char *name = pci_names_device(output->names, device);
	char address[BDF_TEXT];
	int ret = kind && name ? 0 : -ENOMEM;

	if (!ret)
		fprintf(output->stream, "%s %s: %s\n\n",
			bdf_format(device->address, address), kind, name);
	free(kind);
	free(name);
	return ret;
}

int show_render(const struct output *output, const struct facts *facts,
		const struct path *path)
{
	const struct device *device = path->hop[0].device;
	int ret = write_name(output, device);

	if (!ret)
		ret = write_fields(output, facts, device);
	if (ret)
		return ret;
	fputc('\n', output->stream);
	ret = path_render_start(output, path, NULL, "path");
	if (!ret)
		ret = path_render(output, path, NULL, 1);
	if (!ret)
		output_unseen(output, &facts->unseen, NULL);
	return ret;
}
