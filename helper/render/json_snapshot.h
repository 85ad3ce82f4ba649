/* SPDX-License-Identifier: GPL-2.0 */
/* All facts of a machine as JSON, for another time or another machine. */
#ifndef RENDER_JSON_SNAPSHOT_H
#define RENDER_JSON_SNAPSHOT_H

#include <json-c/json.h>

#include "model/facts.h"

/**
 * json_snapshot() - what the provider snapshot reads back
 *
 * Of facts that come from a snapshot it is that snapshot again: the provider
 * that saw the machine, without what is only true of a file.
 *
 * Return: an object for json_object_put(), or NULL without memory.
 */
struct json_object *json_snapshot(const struct facts *facts);

#endif
