/* SPDX-License-Identifier: GPL-2.0 */
/* What lspci -v has decoded of a function: the lines that are indented. */
#ifndef PROVIDER_LSPCI_DETAIL_H
#define PROVIDER_LSPCI_DETAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct lspci_detail - of one function
 * @group: its IOMMU group; -1 for none said
 * @driver: the bound driver; NULL for none said
 * @tells_driver: a line is there that lspci writes beside that of the driver
 */
struct lspci_detail {
	int64_t group;
	char *driver;
	bool tells_driver;
};

/**
 * lspci_detail_take() - read one line
 * @line: not terminated; @length bytes of it
 *
 * Return: 0, also for a line that tells nothing; -ENOMEM.
 */
int lspci_detail_take(struct lspci_detail *detail, const char *line,
		      size_t length);

/** lspci_detail_merge() - add what another text tells of the same function */
void lspci_detail_merge(struct lspci_detail *into, struct lspci_detail *from);

/** lspci_detail_free() - free what the record owns, not the record */
void lspci_detail_free(struct lspci_detail *detail);

#endif
