/* SPDX-License-Identifier: GPL-2.0 */
/* What was counted of DMA faults, as JSON. */
#ifndef RENDER_JSON_FAULT_H
#define RENDER_JSON_FAULT_H

#include <json-c/json.h>

#include "model/faults.h"

/** json_source() - one source; NULL without memory */
struct json_object *json_source(const struct source *source);

/** json_requester() - one requester with its reasons; NULL without memory */
struct json_object *json_requester(const struct requester *requester);

/**
 * json_add_kept_faults() - "faults" of a snapshot, if there is anything to keep
 *
 * Without addresses and PASIDs: they tell of the memory of guests, no verdict
 * needs them, and snapshots are sent to others.
 *
 * Return: 0, or -ENOMEM.
 */
int json_add_kept_faults(struct json_object *to, const struct faults *faults);

#endif
