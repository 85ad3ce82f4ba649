/* SPDX-License-Identifier: GPL-2.0 */
/* Names that lspci has for classes, where it does not write the number. */
#ifndef PROVIDER_LSPCI_CLASS_H
#define PROVIDER_LSPCI_CLASS_H

#include <stddef.h>
#include <stdint.h>

/**
 * lspci_class_find() - the class of a name
 * @name: not terminated; @length bytes of it
 *
 * Return: class and subclass, or -1 for a name that is not known.
 */
int32_t lspci_class_find(const char *name, size_t length);

#endif
