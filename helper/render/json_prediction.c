// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "predict/quirk.h"
#include "render/json.h"
#include "render/json_prediction.h"
#include "render/json_record.h"

/* The list of a device's group; made, at the end of @groups, for its first. */
static struct json_object *find_list(struct json_object *groups,
				     struct json_object **list)
{
	struct json_object *made;

	if (*list)
		return *list;
	made = json_object_new_array();
	if (!json_append(groups, made))
		*list = made;
	return *list;
}

static int add_device(struct json_object *groups, struct json_object *unknown,
		      struct json_object **lists,
		      const struct prediction *prediction,
		      const struct device *device)
{
	const struct place *place = prediction_place(prediction, device);
	struct json_object *to = unknown;

	if (!place->grouped)
		return 0;
	if (!prediction->group[place->group].uncertain)
		to = find_list(groups, &lists[place->group]);
	return json_append(to, json_address(device->address));
}

static int add_all(struct json_object *groups, struct json_object *unknown,
		   const struct prediction *prediction)
{
	const struct facts *facts = prediction->tree->facts;
	struct json_object **lists;
	int ret = 0;

	lists = calloc(prediction->group_count + 1, sizeof(struct json_object *));
	if (!lists)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		ret = add_device(groups, unknown, lists, prediction,
				 &facts->devices[i]);
	free(lists);
	return ret;
}

int json_add_prediction(struct json_object *to,
			const struct prediction *prediction)
{
	struct json_object *groups = json_object_new_array();
	struct json_object *unknown = json_object_new_array();
	int ret = json_add(to, "predicted_groups", groups);

	if (json_add(to, "prediction_unknown", unknown) || ret)
		return -ENOMEM;
	ret = add_all(groups, unknown, prediction);
	return ret ? ret : json_add(to, "quirks", json_text(quirk_stamp()));
}

struct json_object *json_list(const struct prediction *prediction)
{
	const struct facts *facts = prediction->tree->facts;
	struct json_object *object = json_object_new_object();
	int ret = json_add_common(object, facts, NULL);

	if (!ret)
		ret = json_add_devices(object, facts);
	if (!ret)
		ret = json_add_groups(object, facts);
	if (!ret)
		ret = json_add_prediction(object, prediction);
	return json_finished(object, ret);
}
