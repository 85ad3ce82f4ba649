/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's pci_device_group(), step by step. */
#ifndef PREDICT_GROUPING_H
#define PREDICT_GROUPING_H

#include "predict/prediction.h"

/**
 * grouping_run() - give each device that is in scope a group
 * @prediction: @acs and @fixup are filled, @place and @group are to be
 * @order: the devices as the kernel comes to them
 *
 * Return: 0, or -ENOMEM.
 */
int grouping_run(struct prediction *prediction, const size_t *order);

#endif
