/* SPDX-License-Identifier: GPL-2.0 */
/* The judging answers for machines; Documentation/output.md is their contract. */
#ifndef RENDER_JSON_CHECK_H
#define RENDER_JSON_CHECK_H

#include "render/json.h"
#include "rule/audit.h"

/* Each returns an object for json_object_put(), or NULL without memory. */

/** json_check() - the answer of check */
struct json_object *json_check(const struct assessment *assessment);

/** json_audit() - the answer of audit */
struct json_object *json_audit(const struct facts *facts,
			       const struct audit *audit);

#endif
