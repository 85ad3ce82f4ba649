/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The library libpci, made to return where it would end the program or print:
 * its words go into a problem.
 */
#ifndef PROVIDER_LIBPCI_H
#define PROVIDER_LIBPCI_H

#include <pci/pci.h>

#include "model/problem.h"

/** typedef libpci_work - what is done with the library open; 0 or -errno */
typedef int libpci_work(struct pci_access *access, void *context,
			struct problem *problem);

/**
 * libpci_use() - open the library, work with it and close it
 * @method: as PCI_ACCESS_DUMP
 * @parameter: of the method, and its @value
 * @work: may be left in the middle, where the library gives up: what it holds
 *	must hang on @context
 * @problem: set on error
 *
 * Return: what @work returns, or -EIO where the library gave up.
 */
int libpci_use(unsigned int method, char *parameter, char *value,
	       libpci_work *work, void *context, struct problem *problem);

#endif
