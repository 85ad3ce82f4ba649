/* SPDX-License-Identifier: GPL-2.0 */
/* The predicted groups in machine-readable answers. */
#ifndef RENDER_JSON_PREDICTION_H
#define RENDER_JSON_PREDICTION_H

#include <json-c/json.h>

#include "predict/prediction.h"

/**
 * json_add_prediction() - put in what is predicted, and of which quirks
 *
 * Return: 0, or -ENOMEM.
 */
int json_add_prediction(struct json_object *to,
			const struct prediction *prediction);

/** json_list() - the answer of list; an object, or NULL without memory */
struct json_object *json_list(const struct prediction *prediction);

#endif
