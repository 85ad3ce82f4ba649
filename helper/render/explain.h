/* SPDX-License-Identifier: GPL-2.0 */
/* The answer of explain, for people. */
#ifndef RENDER_EXPLAIN_H
#define RENDER_EXPLAIN_H

#include "model/route.h"
#include "render/output.h"

/**
 * explain_render() - one route after the other
 *
 * Return: 0, or -ENOMEM.
 */
int explain_render(const struct output *output, const struct facts *facts,
		   const struct route *routes, size_t count);

#endif
