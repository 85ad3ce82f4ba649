/* SPDX-License-Identifier: GPL-2.0 */
/* The units of Intel VT-d, as the ACPI table DMAR names them. */
#ifndef IOW_VTD_UNITS_H
#define IOW_VTD_UNITS_H

#include "glance.h"
#include "vtd_run.h"

/**
 * struct iow_vtd - a unit, and how it is reached
 * @registers: its registers, and through them its counts
 * @base: our mapping, or NULL
 * @capability: Capability Register
 * @handler_argument: what the kernel's handler is called with for it, once known
 * @glance: whether it does anything
 */
struct iow_vtd {
	struct iow_vtd_unit registers;
	void __iomem *base;
	u64 capability;
	const void *handler_argument;
	struct iow_glance glance;
};

int iow_vtd_units_open(const char *source);
void iow_vtd_units_close(void);
struct iow_vtd *iow_vtd_units_get(unsigned int i);
struct iow_vtd *iow_vtd_units_find(const void *argument);
struct iow_unit_state iow_vtd_units_look(struct iow_vtd *vtd);

#endif /* IOW_VTD_UNITS_H */
