/* SPDX-License-Identifier: GPL-2.0 */
/* The answer of faults. */
#ifndef RENDER_FAULTS_H
#define RENDER_FAULTS_H

#include "render/output.h"
#include "rule/suspect.h"

/**
 * faults_render() - write it as text
 *
 * Return: 0, or -ENOMEM.
 */
int faults_render(const struct output *output, const struct facts *facts,
		  const struct suspects *suspects);

/** faults_json() - as JSON; NULL without memory */
struct json_object *faults_json(const struct facts *facts,
				const struct suspects *suspects);

#endif
