/* SPDX-License-Identifier: GPL-2.0 */
/* The rows of configuration space in a text of lspci, read by libpci. */
#ifndef PROVIDER_LSPCI_CONFIG_H
#define PROVIDER_LSPCI_CONFIG_H

#include "provider/lspci_text.h"
#include "provider/wiring.h"

/**
 * lspci_config_read() - fill in what registers say
 * @text: functions in the order of their addresses
 * @wiring: its facts have the same functions in the same order; what they say
 *	of others is filled in, too
 * @problem: set on error
 *
 * Return: 0, or a negative errno.
 */
int lspci_config_read(const struct lspci_text *text,
		      const struct wiring *wiring, struct problem *problem);

#endif
