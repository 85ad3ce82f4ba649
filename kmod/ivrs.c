// SPDX-License-Identifier: GPL-2.0
#include "ivrs.h"

/* All begin with what those of type 10h have. */
static bool is_unit(const struct acpi_ivrs_header *header)
{
	return (header->type == ACPI_IVRS_TYPE_HARDWARE1 ||
		header->type == ACPI_IVRS_TYPE_HARDWARE2 ||
		header->type == ACPI_IVRS_TYPE_HARDWARE3) &&
	       header->length >= sizeof(struct acpi_ivrs_hardware_10);
}

/**
 * iow_ivrs_visit() - find the blocks that tell of a unit
 * @table: an ACPI table IVRS
 * @each: called for each of them, in the order of the table; or NULL
 *
 * A block that says it is longer than the rest of the table ends it, and so does
 * one that is shorter than its own header.
 *
 * Context: as @each.
 * Return: how many there are. A unit may have several, one for each type.
 */
unsigned int iow_ivrs_visit(const struct acpi_table_header *table, iow_ivrs_visitor each)
{
	const void *end = (const void *)table + table->length;
	const void *at = (const void *)table + sizeof(struct acpi_table_ivrs);
	unsigned int found = 0;

	while (at + sizeof(struct acpi_ivrs_header) <= end) {
		const struct acpi_ivrs_header *header = at;

		if (header->length < sizeof(*header) || at + header->length > end)
			break;
		if (is_unit(header)) {
			if (each)
				each(at);
			found++;
		}
		at += header->length;
	}
	return found;
}
