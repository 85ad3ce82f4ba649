/* SPDX-License-Identifier: GPL-2.0 */
/* The answer of decode, for machines. */
#ifndef RENDER_JSON_DECODE_H
#define RENDER_JSON_DECODE_H

#include <json-c/json.h>

#include "fault/decoding.h"

/** json_decode() - an object for json_object_put(), or NULL without memory */
struct json_object *json_decode(const struct decoding *decoding);

#endif
