/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RENDER_LIST_H
#define RENDER_LIST_H

#include "render/output.h"

/**
 * list_render() - all functions, by IOMMU group, for people
 *
 * Return: 0, or -ENOMEM.
 */
int list_render(const struct output *output, const struct facts *facts);

#endif
