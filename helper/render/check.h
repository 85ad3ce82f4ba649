/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RENDER_CHECK_H
#define RENDER_CHECK_H

#include "render/output.h"
#include "rule/assessment.h"

/**
 * check_render() - the answer of check, for people
 *
 * Return: 0, or -ENOMEM.
 */
int check_render(const struct output *output, const struct assessment *assessment);

#endif
