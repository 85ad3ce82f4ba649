/* SPDX-License-Identifier: GPL-2.0 */
/* Answers of one line, as monitoring systems take them from their plugins. */
#ifndef RENDER_LINE_H
#define RENDER_LINE_H

#include "render/output.h"
#include "rule/audit.h"

/* Each returns 0, or -ENOMEM. */

/** line_check() - the answer of check: "OK - SENTENCE | COUNTS" */
int line_check(const struct output *output, const struct assessment *assessment);

/** line_audit() - the answer of audit */
int line_audit(const struct output *output, const struct audit *audit);

#endif
