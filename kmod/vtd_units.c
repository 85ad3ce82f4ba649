// SPDX-License-Identifier: GPL-2.0
/*
 * Registers are read through a mapping of our own, found in the ACPI table DMAR, and
 * never written.
 */
#include <linux/io.h>
#include <linux/iowarden.h>
#include <linux/slab.h>
#include "table.h"
#include "vtd_units.h"

/*
 * What struct intel_iommu of drivers/iommu/intel/iommu.h begins with, the same
 * from Linux 6.1 to 7.3. Believed only of an argument of the handler, and only
 * if address and capability are those of a unit of the table.
 */
struct handler_argument {
	void __iomem *reg;
	u64 reg_phys;
	u64 reg_size;
	u64 cap;
};

static struct iow_vtd *units;
static unsigned int unit_count;

static u32 read32(const struct iow_vtd_unit *unit, unsigned int offset)
{
	return readl(container_of(unit, struct iow_vtd, registers)->base + offset);
}

static u64 read64(const struct iow_vtd_unit *unit, unsigned int offset)
{
	return readq(container_of(unit, struct iow_vtd, registers)->base + offset);
}

static struct iow_vtd *recognize(const struct handler_argument *argument)
{
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (units[i].base && units[i].registers.unit.address == argument->reg_phys &&
		    units[i].capability == argument->cap)
			return &units[i];
	return NULL;
}

/**
 * iow_vtd_units_find() - the unit of a run of the handler
 * @argument: what it was called with
 *
 * Context: any.
 * Return: the unit, or NULL.
 */
struct iow_vtd *iow_vtd_units_find(const void *argument)
{
	struct iow_vtd *unit;
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (READ_ONCE(units[i].handler_argument) == argument)
			return &units[i];
	unit = recognize(argument);
	if (unit)
		WRITE_ONCE(unit->handler_argument, argument);
	return unit;
}

/**
 * iow_vtd_units_get() - one unit after the other
 * @i: 0 and up
 *
 * Context: any.
 * Return: the unit, or NULL beyond the last.
 */
struct iow_vtd *iow_vtd_units_get(unsigned int i)
{
	return i < unit_count ? &units[i] : NULL;
}

static struct iow_unit_state read_state(const struct iow_unit *unit)
{
	const struct iow_vtd *vtd = container_of(unit, struct iow_vtd, registers.unit);
	const u32 status = read32(&vtd->registers, IOW_VTD_GSTS);

	if (status == U32_MAX)
		return iow_failed("the unit does not answer");
	if (!(status & (IOW_VTD_GSTS_TES | IOW_VTD_GSTS_IRES)))
		return iow_off("the kernel has not switched this unit on");
	if (read32(&vtd->registers, IOW_VTD_FECTL) & IOW_VTD_FECTL_IM)
		return iow_off("the kernel has not asked this unit for interrupts about faults");
	return (struct iow_unit_state){ .state = IOWARDEN_SOURCE_STATE_ACTIVE };
}

/**
 * iow_vtd_units_look() - what can change while the module is there
 * @vtd: the unit
 *
 * Context: process context; may sleep.
 * Return: whether the unit does anything, and can be read.
 */
struct iow_unit_state iow_vtd_units_look(struct iow_vtd *vtd)
{
	if (!vtd->base)
		return iow_failed("its registers cannot be mapped, or do not answer");
	return iow_glance(&vtd->glance, &vtd->registers.unit, read_state);
}

/* Map as much of a unit as its fault records need; see 11.4.2 about their place. */
static void map_unit(struct iow_vtd *vtd)
{
	const u64 address = vtd->registers.unit.address;
	void __iomem *base = ioremap(address, SZ_4K);
	unsigned int end;

	if (!base)
		return;
	vtd->capability = readq(base + IOW_VTD_CAP);
	iounmap(base);
	if (vtd->capability == U64_MAX)
		return;
	iow_vtd_layout(&vtd->registers, vtd->capability);
	end = vtd->registers.records + vtd->registers.record_count * 16;
	vtd->base = ioremap(address, max_t(unsigned int, SZ_4K, PAGE_ALIGN(end)));
}

static void describe_unit(struct iow_vtd *vtd, const struct acpi_dmar_hardware_unit *drhd)
{
	struct iow_unit *unit = &vtd->registers.unit;

	unit->segment = drhd->segment;
	unit->address = drhd->address;
	unit->has_address = true;
	mutex_init(&vtd->glance.lock);
	vtd->registers.read32 = read32;
	vtd->registers.read64 = read64;
	map_unit(vtd);
}

typedef void (*drhd_visitor)(struct iow_vtd *vtd, const struct acpi_dmar_hardware_unit *drhd);

/*
 * Call @each for every unit of the table.
 * Return: how many there are.
 */
static unsigned int visit_units(const struct acpi_table_header *table, drhd_visitor each)
{
	const void *end = (const void *)table + table->length;
	const void *at = (const void *)table + sizeof(struct acpi_table_dmar);
	unsigned int found = 0;

	while (at + sizeof(struct acpi_dmar_header) <= end) {
		const struct acpi_dmar_header *entry = at;

		if (entry->length < sizeof(*entry) || at + entry->length > end)
			break;
		if (entry->type == ACPI_DMAR_TYPE_HARDWARE_UNIT &&
		    entry->length >= sizeof(struct acpi_dmar_hardware_unit)) {
			if (each)
				each(&units[found], at);
			found++;
		}
		at += entry->length;
	}
	return found;
}

/**
 * iow_vtd_units_open() - find all units
 * @source: name of the source that they belong to
 *
 * Context: process context; may sleep.
 * Return: 0, also where there are none, or -ENOMEM.
 */
int iow_vtd_units_open(const char *source)
{
	struct acpi_table_header *table = iow_table_get(ACPI_SIG_DMAR);
	unsigned int i;

	if (!table)
		return 0;
	units = kvcalloc(visit_units(table, NULL), sizeof(*units), GFP_KERNEL);
	/* Not before: iow_vtd_units_close() goes by it. */
	if (units)
		unit_count = visit_units(table, describe_unit);
	acpi_put_table(table);
	for (i = 0; i < unit_count; i++)
		units[i].registers.unit.source = source;
	return units ? 0 : -ENOMEM;
}

/**
 * iow_vtd_units_close() - undo iow_vtd_units_open(), however it ended
 *
 * Context: process context; may sleep.
 */
void iow_vtd_units_close(void)
{
	unsigned int i;

	for (i = 0; i < unit_count; i++)
		if (units[i].base)
			iounmap(units[i].base);
	kvfree(units);
}
