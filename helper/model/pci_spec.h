/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the kernel's parameters name PCI functions (pci_dev_str_match() in
 * drivers/pci/pci.c): [SEGMENT:]BUS:DEVICE.FUNCTION[/DEVICE.FUNCTION]..., the
 * parts behind a slash naming a function below the one before, or
 * pci:VENDOR:DEVICE[:SUBVENDOR:SUBDEVICE], where 0 stands for any.
 */
#ifndef MODEL_PCI_SPEC_H
#define MODEL_PCI_SPEC_H

#include "model/command_line.h"
#include "model/tree.h"

/** pci_spec_matches() - whether a specification names a function */
bool pci_spec_matches(struct span spec, const struct tree *tree,
		      const struct device *device);

/** pci_spec_list_matches() - likewise of a list, separated by semicolons */
bool pci_spec_list_matches(struct span list, const struct tree *tree,
			   const struct device *device);

#endif
