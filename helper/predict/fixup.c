// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "predict/fixup.h"

#define HEADER_BRIDGE 1

/** struct patient - a function that a quirk is applied to */
struct patient {
	const struct kernel *kernel;
	const struct tree *tree;
	const struct device *device;
	struct fixup *fixup;
};

/** typedef apply - a quirk function of the kernel */
typedef void apply(const struct patient *patient);

struct fixup_row {
	uint16_t vendor, device;
	uint32_t since;
	apply *apply;
};

struct fixed_row {
	uint16_t vendor, device, subvendor, subdevice;
	uint32_t since;
	uint8_t devfn;
};

/* As the kernel's pci_add_dma_alias(). */
static void add_aliases(const struct patient *patient, unsigned int devfn,
			unsigned int count)
{
	for (; count && devfn < DEVFNS; devfn++, count--)
		patient->fixup->alias[devfn / 8] |= 1u << devfn % 8;
	patient->fixup->any = true;
}

#define DEVFN(slot, function) ((slot) << 3 | (function))

static void alias_function(const struct patient *patient, unsigned int function)
{
	struct bdf address = patient->device->address;

	if (bdf_function(address) != function)
		add_aliases(patient, DEVFN(bdf_slot(address), function), 1);
}

/* From here on a function of the kernel each, under its name there. */
static void quirk_dma_func0_alias(const struct patient *patient)
{
	alias_function(patient, 0);
}

static void quirk_dma_func1_alias(const struct patient *patient)
{
	alias_function(patient, 1);
}

static apply quirk_fixed_dma_alias;

static void quirk_use_pcie_bridge_dma_alias(const struct patient *patient)
{
	const struct device *device = patient->device;
	const struct device *above = tree_parent(patient->tree, device);

	if (above && device->header_type == HEADER_BRIDGE &&
	    device->port_type == PORT_CONVENTIONAL &&
	    above->port_type != PORT_CONVENTIONAL &&
	    above->port_type != PORT_PCIE_TO_PCI)
		patient->fixup->marks |= QUIRK_PCIE_BRIDGE_ALIAS;
}

static void quirk_mic_x200_dma_alias(const struct patient *patient)
{
	add_aliases(patient, DEVFN(0x10, 0), 1);
	add_aliases(patient, DEVFN(0x11, 0), 1);
	add_aliases(patient, DEVFN(0x12, 3), 1);
}

static void quirk_pex_vca_alias(const struct patient *patient)
{
	for (unsigned int slot = 0; slot < 0x20; slot++)
		add_aliases(patient, DEVFN(slot, 0), 5);
}

static void quirk_bridge_cavm_thrx2_pcie_root(const struct patient *patient)
{
	patient->fixup->marks |= QUIRK_BRIDGE_XLATE_ROOT;
}

static void quirk_aspeed_pci_bridge_no_alias(const struct patient *patient)
{
	patient->fixup->marks |= QUIRK_NO_BRIDGE_ALIAS;
}

static void quirk_plx_ntb_dma_alias(const struct patient *patient)
{
	add_aliases(patient, 0, DEVFNS);
}

/* It reads them from the memory of bridges of class 0680, and of these only. */
static void quirk_switchtec_ntb_dma_alias(const struct patient *patient)
{
	patient->fixup->unknown = patient->device->class >> 8 == 0x0680;
}

#define WANT_FIXUP_ROWS
#include "quirk_rows.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void quirk_fixed_dma_alias(const struct patient *patient)
{
	const struct device *device = patient->device;

	for (size_t i = 0; i < COUNT(fixed_rows); i++)
		if (fixed_rows[i].vendor == device->vendor &&
		    fixed_rows[i].device == device->device &&
		    fixed_rows[i].subvendor == device->subsystem_vendor &&
		    fixed_rows[i].subdevice == device->subsystem_device &&
		    kernel_has(patient->kernel, fixed_rows[i].since))
			add_aliases(patient, fixed_rows[i].devfn, 1);
}

/* A mark of which it is not known whether the kernel sets it is not set. */
static void apply_row(const struct patient *patient,
		      const struct fixup_row *row)
{
	if (kernel_may_have(patient->kernel, row->since))
		patient->fixup->unknown = true;
	else if (kernel_has(patient->kernel, row->since))
		row->apply(patient);
}

static void apply_rows(const struct patient *patient)
{
	const struct device *device = patient->device;

	for (size_t i = 0; i < COUNT(fixup_rows); i++)
		if (fixup_rows[i].vendor == device->vendor &&
		    fixup_rows[i].device == device->device)
			apply_row(patient, &fixup_rows[i]);
}

/* Whoever tells of marks tells of aliases: then there are none but those. */
void fixup_find(const struct kernel *kernel, const struct tree *tree,
		const struct device *device, struct fixup *fixup)
{
	const struct patient patient = { kernel, tree, device, fixup };

	*fixup = (struct fixup){ 0 };
	if (device_has(device, DEVICE_QUIRKS))
		fixup->marks = device->quirks;
	else
		apply_rows(&patient);
	if (device_has(device, DEVICE_ALIASES)) {
		fixup->any = true;
		fixup->unknown = false;
		memset(fixup->alias, 0, sizeof(fixup->alias));
		memcpy(fixup->alias, device->aliases.byte,
		       device->aliases.length);
	}
}
