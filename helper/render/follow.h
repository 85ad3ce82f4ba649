/* SPDX-License-Identifier: GPL-2.0 */
/* Faults as they come: a line each, or a JSON object a line. */
#ifndef RENDER_FOLLOW_H
#define RENDER_FOLLOW_H

#include "model/growth.h"
#include "render/output.h"

/**
 * follow_write_growth() - faults of one requester
 * @sources: that last_source is an index of
 *
 * Return: 0, or -ENOMEM. Errors of the stream stay in it.
 */
int follow_write_growth(const struct output *output, bool json,
			const struct faults *sources,
			const struct growth *growth);

/** follow_write_loss() - faults of one source that no account shows; likewise */
int follow_write_loss(const struct output *output, bool json,
		      const struct loss *loss);

/**
 * follow_write_missed() - messages that did not arrive
 * @count: 0 where nobody knows how many
 */
int follow_write_missed(const struct output *output, bool json, uint64_t count);

/** follow_write_reread() - all counts were read again; what grew follows or came */
int follow_write_reread(const struct output *output, bool json);

#endif
