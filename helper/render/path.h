/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RENDER_PATH_H
#define RENDER_PATH_H

#include "render/output.h"
#include "rule/inquiry.h"

/**
 * path_render() - a way up to the root, a line for each hop
 * @inquiry: that the path belongs to; NULL where nobody asks what counts
 * @skip: hops at the beginning to leave out, as they stand on the page already
 *
 * Return: 0, or -ENOMEM.
 */
int path_render(const struct output *output, const struct path *path,
		const struct inquiry *inquiry, size_t skip);

/** path_render_start() - only its first hop, below a label */
int path_render_start(const struct output *output, const struct path *path,
		      const struct inquiry *inquiry, const char *label);

#endif
