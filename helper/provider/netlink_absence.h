/* SPDX-License-Identifier: GPL-2.0 */
/* Why the module does not answer, where its family is not there. */
#ifndef PROVIDER_NETLINK_ABSENCE_H
#define PROVIDER_NETLINK_ABSENCE_H

#include "model/problem.h"

/**
 * netlink_absence() - say in @problem why the family is not there
 * @sysfs: where sysfs is mounted
 *
 * Return: -ENOPKG.
 */
int netlink_absence(const char *sysfs, struct problem *problem);

#endif
