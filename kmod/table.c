// SPDX-License-Identifier: GPL-2.0
#include "table.h"

/**
 * iow_table_get() - borrow a table
 * @signature: its four letters, such as %ACPI_SIG_DMAR
 *
 * Context: process context; may sleep.
 * Return: the table, to be given back by acpi_put_table(), or NULL.
 */
struct acpi_table_header *iow_table_get(const char *signature)
{
	struct acpi_table_header *table;

	if (acpi_disabled || ACPI_FAILURE(acpi_get_table((char *)signature, 0, &table)))
		return NULL;
	return table;
}

/**
 * iow_table_is_there() - whether the firmware has a table
 * @signature: its four letters
 *
 * Context: process context; may sleep.
 * Return: whether there is one.
 */
bool iow_table_is_there(const char *signature)
{
	struct acpi_table_header *table = iow_table_get(signature);

	if (table)
		acpi_put_table(table);
	return table;
}
