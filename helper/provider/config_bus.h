/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the configuration space of a function says of who it is and of others:
 * the bus below a bridge, the virtual functions of a physical one. A running
 * kernel knows all this; of a dump it has to be read.
 */
#ifndef PROVIDER_CONFIG_BUS_H
#define PROVIDER_CONFIG_BUS_H

#include <pci/pci.h>

#include "model/device.h"

/**
 * config_identify() - vendor, device, class, subsystem
 * @device: those of its fields that can be read are filled: of a function that
 *	is gone none, of a virtual one no vendor and device, for it has neither
 */
void config_identify(struct pci_dev *pci, struct device *device);

/**
 * struct bridge - what is below a bridge
 * @secondary: the bus; 0 where nobody has set the bridge up
 * @ari: device numbers below it are bits of the function number
 */
struct bridge {
	uint8_t secondary;
	bool ari;
};

/** config_bridge() - whether a function is a bridge, and of what */
bool config_bridge(struct pci_dev *pci, struct bridge *bridge);

/**
 * struct sriov - the virtual functions of a physical one
 * @total: how many it could have
 * @count: how many are on
 * @offset: from its routing id to that of the first; @stride: on to the next
 * @device: the device id that they all have
 */
struct sriov {
	uint16_t total, count, offset, stride, device;
};

/** config_sriov() - whether a function has the capability, and what is in it */
bool config_sriov(struct pci_dev *pci, struct sriov *sriov);

#endif
