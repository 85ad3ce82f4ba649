/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RENDER_SHOW_H
#define RENDER_SHOW_H

#include "model/path.h"
#include "render/output.h"

/**
 * show_render() - everything known of one function, for people
 * @path: its way up; it begins with the function
 *
 * Return: 0, or -ENOMEM.
 */
int show_render(const struct output *output, const struct facts *facts,
		const struct path *path);

#endif
