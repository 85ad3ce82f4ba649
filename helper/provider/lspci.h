/* SPDX-License-Identifier: GPL-2.0 */
/* Facts from text of lspci, of whatever machine. */
#ifndef PROVIDER_LSPCI_H
#define PROVIDER_LSPCI_H

#include "provider/provider.h"

/** lspci_recognise() - whether a line of a file begins with a PCI address */
bool lspci_recognise(const struct content *content);

/**
 * lspci_load() - the provider's load function; see struct provider
 *
 * Damage is survived: what was passed over, and what the text cannot tell, is
 * in unseen. -EBADMSG for a file that is no such text, or is of two machines.
 */
int lspci_load(const struct provider_request *request, struct facts *facts,
	       struct problem *problem);

#endif
