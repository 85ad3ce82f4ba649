/* SPDX-License-Identifier: GPL-2.0 */
/* What the collector could not see; a hundred mounts of one disk say it once. */
#ifndef HOST_UNSEEN_H
#define HOST_UNSEEN_H

#include "model/facts.h"

/** unseen_add() - add a line to the facts' unseen, once; 0 or -ENOMEM */
__attribute__((format(printf, 2, 3)))
int unseen_add(struct facts *facts, const char *format, ...);

#endif
