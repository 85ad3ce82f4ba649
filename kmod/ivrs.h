/* SPDX-License-Identifier: GPL-2.0 */
/* The ACPI table IVRS, in which the firmware of an AMD machine tells of its IOMMUs. */
#ifndef IOW_IVRS_H
#define IOW_IVRS_H

#include <linux/acpi.h>

typedef void (*iow_ivrs_visitor)(const struct acpi_ivrs_hardware_10 *block);

unsigned int iow_ivrs_visit(const struct acpi_table_header *table, iow_ivrs_visitor each);

#endif /* IOW_IVRS_H */
