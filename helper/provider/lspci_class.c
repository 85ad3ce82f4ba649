// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "provider/lspci_class.h"

/*
 * From pci.ids, which changes these names hardly ever: all that a rule looks at,
 * and those that are seen often. Any other is a function like many.
 */
static const struct {
	const char *name;
	uint16_t class;
} classes[] = {
	{ "SCSI storage controller", 0x0100 },
	{ "IDE interface", 0x0101 },
	{ "RAID bus controller", 0x0104 },
	{ "SATA controller", 0x0106 },
	{ "Serial Attached SCSI controller", 0x0107 },
	{ "Non-Volatile memory controller", 0x0108 },
	{ "Mass storage controller", 0x0180 },
	{ "Ethernet controller", 0x0200 },
	{ "Infiniband controller", 0x0207 },
	{ "Network controller", 0x0280 },
	{ "VGA compatible controller", 0x0300 },
	{ "3D controller", 0x0302 },
	{ "Display controller", 0x0380 },
	{ "Multimedia video controller", 0x0400 },
	{ "Multimedia audio controller", 0x0401 },
	{ "Audio device", 0x0403 },
	{ "Multimedia controller", 0x0480 },
	{ "RAM memory", 0x0500 },
	{ "CXL", 0x0502 },
	{ "Memory controller", 0x0580 },
	{ "Host bridge", 0x0600 },
	{ "ISA bridge", 0x0601 },
	{ "EISA bridge", 0x0602 },
	{ "PCI bridge", 0x0604 },
	{ "PCMCIA bridge", 0x0605 },
	{ "CardBus bridge", 0x0607 },
	{ "Semi-transparent PCI-to-PCI bridge", 0x0609 },
	{ "Bridge", 0x0680 },
	{ "Serial controller", 0x0700 },
	{ "Communication controller", 0x0780 },
	{ "PIC", 0x0800 },
	{ "SD Host controller", 0x0805 },
	{ "IOMMU", 0x0806 },
	{ "System peripheral", 0x0880 },
	{ "Co-processor", 0x0b40 },
	{ "FireWire (IEEE 1394)", 0x0c00 },
	{ "USB controller", 0x0c03 },
	{ "Fibre Channel", 0x0c04 },
	{ "SMBus", 0x0c05 },
	{ "Serial bus controller", 0x0c80 },
	{ "Encryption controller", 0x1080 },
	{ "Performance counters", 0x1101 },
	{ "Signal processing controller", 0x1180 },
	{ "Processing accelerators", 0x1200 },
};

int32_t lspci_class_find(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (strlen(classes[i].name) == length &&
		    !memcmp(classes[i].name, name, length))
			return classes[i].class;
	return -1;
}
