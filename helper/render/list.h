/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RENDER_LIST_H
#define RENDER_LIST_H

#include "predict/prediction.h"
#include "render/output.h"

/**
 * list_render() - all functions, by IOMMU group, for people
 *
 * Below the tree: where the kernel's groups are not those that are predicted.
 *
 * Return: 0, or -ENOMEM.
 */
int list_render(const struct output *output,
		const struct prediction *prediction);

#endif
