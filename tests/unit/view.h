/* SPDX-License-Identifier: GPL-2.0 */
/* A tree of files, and what the provider sysfs sees in it. */
#ifndef VIEW_H
#define VIEW_H

#include "provider/provider.h"
#include "sysfs_tree.h"

#define ENDPOINT EXPRESS(0x0)
#define ROOT_PORT EXPRESS(0x4)
#define RC_ENDPOINT EXPRESS(0x9)

#define DESKTOP 5

/* A root port with a graphics card, and two conventional functions. */
extern const struct fake desktop[DESKTOP];

struct view {
	struct sysfs_tree tree;
	struct facts facts;
	struct problem problem;
};

/** view_open() - a tree of these functions */
void view_open(struct view *view, const struct fake *fakes, size_t count);

/** view_look() - read it; what the provider returned */
int view_look(struct view *view);

/** view_device() - a device by its address */
const struct device *view_device(const struct view *view, const char *text);

/** view_close() - remove it */
void view_close(struct view *view);

#endif
