/* SPDX-License-Identifier: GPL-2.0 */
/* The answer of decode, for people. */
#ifndef RENDER_DECODE_H
#define RENDER_DECODE_H

#include "fault/decoding.h"
#include "render/output.h"

/** decode_render() - one block for each kind of fault; 0 or -ENOMEM */
int decode_render(const struct output *output, const struct decoding *decoding);

#endif
