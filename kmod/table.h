/* SPDX-License-Identifier: GPL-2.0 */
/* A table of the firmware's, as ACPI hands it out. */
#ifndef IOW_TABLE_H
#define IOW_TABLE_H

#include <linux/acpi.h>

struct acpi_table_header *iow_table_get(const char *signature);
bool iow_table_is_there(const char *signature);

#endif /* IOW_TABLE_H */
