// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "model/enhanced.h"
#include "render/json_explain.h"
#include "render/json_record.h"

static const char *const bearing_table[] = { "device", "aside", "below" };

static const struct names bearing_names = { bearing_table, 3 };

/* Nothing, where the value has no name: it is not known, or not there. */
static int add_name(struct json_object *to, const char *key,
		    const struct names *names, uint64_t value)
{
	const char *name = names_get(names, value);

	return name ? json_add(to, key, json_text(name)) : 0;
}

static int add_enhanced(struct json_object *to, const struct device *device)
{
	struct json_object *object;
	struct enhanced enhanced;
	int ret;

	if (!enhanced_read(device, &enhanced))
		return 0;
	object = json_object_new_object();
	ret = json_add(to, "port_memory", object);
	if (!ret)
		ret = add_name(object, "downstream", &enhanced_names,
			       enhanced.downstream);
	if (!ret)
		ret = add_name(object, "upstream", &enhanced_names,
			       enhanced.upstream);
	if (!ret && enhanced.in_switch)
		ret = json_add(object, "unclaimed_redirected",
			json_object_new_boolean(enhanced.unclaimed_redirected));
	return ret;
}

static int add_choice(struct json_object *to, const struct turn *turn)
{
	int ret = add_name(to, "bearing", &bearing_names, turn->bearing);

	if (!ret)
		ret = add_name(to, "reachable", &reachable_names, turn->way);
	if (!ret && turn->peer && turn->bearing)
		ret = json_add(to, "peer", json_address(turn->peer->address));
	if (!ret && turn->way == REACHABLE_NO)
		ret = add_name(to, "basis", &basis_names, turn->basis);
	if (!ret && turn->way == REACHABLE_UNKNOWN)
		ret = add_name(to, "doubt", &doubt_names, turn->doubt);
	if (!ret && turn->way == REACHABLE_UNKNOWN)
		ret = add_name(to, "acs_unknown", &reason_names,
			       turn->hop.acs.reason);
	if (!ret && turn->slack)
		ret = json_add(to, "also_off",
			       json_names(&acs_bit_names, turn->slack));
	return ret;
}

static struct json_object *make_hop(const struct turn *turn)
{
	const struct device *device = turn->hop.device;
	struct json_object *object = json_object_new_object();
	int ret = json_add(object, "bdf", json_address(device->address));

	if (!ret)
		ret = add_name(object, "port_type", &port_type_names,
			       device->port_type);
	if (!ret)
		ret = add_choice(object, turn);
	if (!ret)
		ret = add_enhanced(object, device);
	return json_finished(object, ret);
}

static struct json_object *make_closing(const struct turn *turn,
					unsigned int bit)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add(object, "hop",
			   json_address(turn->hop.device->address));

	if (!ret)
		ret = json_add(object, "bit",
			       json_text(acs_bit_names.name[bit]));
	return json_finished(object, ret);
}

static int add_closes(struct json_object *to, const struct route *route)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "closes", array);

	if (!route_closable(route))
		return ret;
	for (size_t i = 0; i < route->count; i++)
		for (unsigned int bit = 0; !ret && bit < acs_bit_names.count; bit++)
			if (route->turn[i].way == REACHABLE_YES &&
			    route->turn[i].closing >> bit & 1)
				ret = json_append(array,
					make_closing(&route->turn[i], bit));
	return ret;
}

static int add_hops(struct json_object *to, const struct route *route)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "hops", array);

	for (size_t i = 0; !ret && i < route->count; i++)
		ret = json_append(array, make_hop(&route->turn[i]));
	return ret;
}

struct json_object *json_route(const struct route *route)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add(object, "from", json_address(route->from->address));

	if (!ret)
		ret = json_add(object, "to", json_address(route->to->address));
	if (!ret)
		ret = add_name(object, "reachable", &reachable_names,
			       route->reachable);
	if (!ret && route->basis != BASIS_UNKNOWN)
		ret = add_name(object, "basis", &basis_names, route->basis);
	if (!ret && !route->end_unknown)
		ret = json_add(object, "translated",
			json_object_new_boolean(!route->untranslated));
	if (!ret)
		ret = add_hops(object, route);
	if (!ret)
		ret = add_closes(object, route);
	return json_finished(object, ret);
}

static int add_shared_group(struct json_object *to, const struct facts *facts,
			    const struct route *route)
{
	const struct group *group = facts_shared_group(facts, route->from,
						       route->to);

	return group ? json_add(to, "shared_group",
				json_object_new_int64(group->id)) : 0;
}

struct json_object *json_explain(const struct facts *facts,
				 const struct route *routes, size_t count)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	int ret = json_add_common(object, facts, NULL);

	if (!ret && count)
		ret = add_shared_group(object, facts, &routes[0]);
	if (json_add(object, "paths", array))
		ret = -ENOMEM;
	for (size_t i = 0; !ret && i < count; i++)
		ret = json_append(array, json_route(&routes[i]));
	return json_finished(object, ret);
}
