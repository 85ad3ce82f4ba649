/* SPDX-License-Identifier: GPL-2.0 */
/* The answer about a set in one sentence that the owner of a device understands. */
#ifndef RENDER_SENTENCE_H
#define RENDER_SENTENCE_H

#include "render/output.h"
#include "rule/assessment.h"

/**
 * sentence_make() - what was found, of which device: "ADDRESS NAME can ..."
 *
 * Return: new text that a terminal only shows, or NULL without memory.
 */
char *sentence_make(const struct output *output, const struct assessment *assessment);

/** sentence_verdict() - write the verdict in capitals, in its colour */
void sentence_verdict(const struct output *output, enum severity severity,
		      const struct names *names);

#endif
