/* SPDX-License-Identifier: GPL-2.0 */
/* The answer of explain, for machines. */
#ifndef RENDER_JSON_EXPLAIN_H
#define RENDER_JSON_EXPLAIN_H

#include "model/route.h"
#include "render/json.h"

/** json_explain() - an object for json_object_put(), or NULL without memory */
struct json_object *json_explain(const struct facts *facts,
				 const struct route *routes, size_t count);

/** json_route() - one route; likewise */
struct json_object *json_route(const struct route *route);

#endif
