/* SPDX-License-Identifier: GPL-2.0 */
/* What lspci has decoded, into facts that its rows of hex have left open. */
#ifndef PROVIDER_LSPCI_FILL_H
#define PROVIDER_LSPCI_FILL_H

#include "provider/lspci_text.h"
#include "provider/wiring.h"

/** lspci_fill_identity() - vendor, device and class */
void lspci_fill_identity(const struct lspci_function *function,
			 struct device *device);

/** lspci_fill_connection() - the bus below a bridge, virtual functions */
void lspci_fill_connection(const struct lspci_detail *detail,
			   struct connection *connection);

/**
 * lspci_fill_registers() - header type, port type, ACS, ATS, PRI and PASID
 *
 * What lspci did not see either stays unknown.
 */
void lspci_fill_registers(const struct lspci_detail *detail,
			  struct device *device);

#endif
