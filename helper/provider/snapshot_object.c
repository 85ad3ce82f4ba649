// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "provider/provider.h"
#include "provider/snapshot_object.h"

struct json_place snapshot_place(const struct snapshot *snapshot,
				 const char *format, ...)
{
	struct json_place place = {
		.file = snapshot->name, .problem = snapshot->problem,
	};
	va_list args;

	va_start(args, format);
	text_vprint(place.object, sizeof(place.object), format, args);
	va_end(args);
	return place;
}

int snapshot_no_memory(const struct snapshot *snapshot)
{
	return problem_set(snapshot->problem, -ENOMEM, "out of memory");
}

static const char *type_words(enum json_type type)
{
	switch (type) {
	case json_type_array: return "an array";
	case json_type_object: return "an object";
	case json_type_int: return "a whole number";
	default: return "a text";
	}
}

int snapshot_member(struct json_object *object, const struct json_place *place,
		    const char *key, enum json_type type, bool must,
		    struct json_object **value)
{
	*value = NULL;
	if (!json_object_object_get_ex(object, key, value))
		return must ? json_refuse(place, key, "is missing") : 0;
	if (json_object_is_type(*value, type))
		return 0;
	return json_refuse(place, key, "must be %s", type_words(type));
}

int snapshot_check_object(struct json_object *object,
			  const struct json_place *place)
{
	if (json_object_is_type(object, json_type_object))
		return 0;
	return json_refuse(place, NULL, "must be an object");
}

/* What struct device promises of every device. */
static int check_device(const struct device *device,
			const struct json_place *place)
{
	static const enum device_field always[] = {
		DEVICE_ADDRESS, DEVICE_CLASS, DEVICE_VENDOR, DEVICE_DEVICE,
		DEVICE_MULTIFUNCTION,
	};

	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		if (!device_has(device, always[i]))
			return json_refuse(place, device_fields[always[i]].name,
					   "is missing");
	if (device->root_bus + device_has(device, DEVICE_PARENT) +
	    device_has(device, DEVICE_PARENT_UNKNOWN) != 1)
		return json_refuse(place, NULL,
			device->root_bus ? "has a parent and stands on a root bus" :
					   "has no parent and does not stand on a root bus");
	return 0;
}

static int add_device(const struct snapshot *snapshot,
		      struct json_object *object, size_t index)
{
	struct json_place place = snapshot_place(snapshot, "devices[%zu]",
						 index);
	struct device *device;
	int ret = snapshot_check_object(object, &place);

	if (ret)
		return ret;
	device = facts_add_device(snapshot->facts);
	if (!device)
		return snapshot_no_memory(snapshot);
	ret = json_read_record(object, device_fields, DEVICE_FIELDS, device,
			       &place);
	return ret ? ret : check_device(device, &place);
}

int snapshot_add_devices(const struct snapshot *snapshot)
{
	struct json_place top = snapshot_place(snapshot, "%s", "");
	struct json_object *array;
	int ret = snapshot_member(snapshot->root, &top, "devices",
				  json_type_array, true, &array);

	if (!ret && !json_object_array_length(array))
		ret = json_refuse(&top, "devices", "is empty");
	if (!ret && json_object_array_length(array) > PROVIDER_DEVICES_MAX)
		ret = json_refuse(&top, "devices",
				  "more than %d: this is no machine",
				  PROVIDER_DEVICES_MAX);
	for (size_t i = 0; !ret && i < json_object_array_length(array); i++)
		ret = add_device(snapshot, json_object_array_get_idx(array, i),
				 i);
	return ret;
}

int snapshot_add_host(const struct snapshot *snapshot)
{
	struct json_place top = snapshot_place(snapshot, "%s", "");
	struct json_place place = snapshot_place(snapshot, "host");
	struct json_object *object;
	int ret = snapshot_member(snapshot->root, &top, "host",
				  json_type_object, false, &object);

	if (ret)
		return ret;
	if (object)
		return json_read_record(object, host_fields, HOST_FIELDS,
					&snapshot->facts->host, &place);
	return text_list_add(&snapshot->facts->unseen,
		"what the kernel and vfio were told: the snapshot does not hold it") ?
		snapshot_no_memory(snapshot) : 0;
}

static int add_use(const struct snapshot *snapshot, struct json_object *object,
		   size_t index)
{
	struct json_place place = snapshot_place(snapshot, "uses[%zu]", index);
	struct use *use;
	int ret = snapshot_check_object(object, &place);

	if (ret)
		return ret;
	use = facts_add_use(snapshot->facts);
	if (!use)
		return snapshot_no_memory(snapshot);
	ret = json_read_record(object, use_fields, USE_FIELDS, use, &place);
	for (unsigned int i = 0; !ret && i < USE_FIELDS; i++)
		if (i != USE_THROUGH && !field_known(use, i))
			ret = json_refuse(&place, use_fields[i].name,
					  "is missing");
	return ret;
}

int snapshot_add_uses(const struct snapshot *snapshot)
{
	struct json_place top = snapshot_place(snapshot, "%s", "");
	struct json_object *array;
	int ret = snapshot_member(snapshot->root, &top, "uses",
				  json_type_array, false, &array);

	if (ret)
		return ret;
	if (!array)
		return text_list_add(&snapshot->facts->unseen,
			"how the host uses its devices: the snapshot does not hold it") ?
			snapshot_no_memory(snapshot) : 0;
	for (size_t i = 0; !ret && i < json_object_array_length(array); i++)
		ret = add_use(snapshot, json_object_array_get_idx(array, i), i);
	return ret;
}
