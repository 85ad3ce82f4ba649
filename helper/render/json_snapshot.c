// SPDX-License-Identifier: GPL-2.0
#include "render/json.h"
#include "render/json_fault.h"
#include "render/json_record.h"
#include "render/json_snapshot.h"

static int add_uses(struct json_object *to, const struct facts *facts)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "uses", array);

	for (size_t i = 0; !ret && i < facts->use_count; i++)
		ret = json_append(array, json_record(use_fields, USE_FIELDS,
						     &facts->uses[i]));
	return ret;
}

static int add_head(struct json_object *to, const struct facts *facts)
{
	struct facts first = *facts;

	if (facts->recording.provider) {
		first.provider = facts->recording.provider;
		first.unseen.count = facts->recording.unseen_count;
	}
	return json_add_common(to, &first, NULL);
}

struct json_object *json_snapshot(const struct facts *facts)
{
	struct json_object *object = json_object_new_object();
	int ret = add_head(object, facts);

	if (!ret)
		ret = json_add_devices(object, facts);
	if (!ret)
		ret = json_add_groups(object, facts);
	if (!ret)
		ret = json_add(object, "host", json_record(host_fields,
				HOST_FIELDS, &facts->host));
	if (!ret)
		ret = add_uses(object, facts);
	if (!ret)
		ret = json_add_kept_faults(object, &facts->faults);
	return json_finished(object, ret);
}
