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

/**
 * path_render_hop() - one line of it
 * @lead: what stands before it, as of path_arrow()
 * @remark: new text, freed here; NULL is taken for missing memory
 *
 * Return: 0, or -ENOMEM.
 */
int path_render_hop(const struct output *output, const char *lead,
		    const struct device *device, enum colour colour,
		    char *remark);

/** path_render_victim() - where a request goes that an open hop lets through */
int path_render_victim(const struct output *output,
		       const struct device *victim);

/** path_render_end() - the last line: what is above the root */
void path_render_end(const struct output *output, const struct device *device);

/** path_arrow() - what leads to the next hop */
const char *path_arrow(const struct output *output);

#endif
