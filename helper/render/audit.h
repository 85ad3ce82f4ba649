/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RENDER_AUDIT_H
#define RENDER_AUDIT_H

#include "render/output.h"
#include "rule/audit.h"

/**
 * audit_render() - the answer of audit, for people
 *
 * Return: 0, or -ENOMEM.
 */
int audit_render(const struct output *output, const struct facts *facts,
		 const struct audit *audit);

/**
 * audit_summary() - the sets that the audit answers for, in one sentence
 *
 * Return: new text, or NULL without memory.
 */
char *audit_summary(const struct audit *audit);

#endif
