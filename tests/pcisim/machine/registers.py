# SPDX-License-Identifier: GPL-2.0
"""Numbers of the PCI specifications."""

COMMAND, STATUS, CLASS, HEADER_TYPE, CAPABILITIES = 0x04, 0x06, 0x08, 0x0e, 0x34
STATUS_HAS_CAPABILITIES = 0x0010
MULTIFUNCTION = 0x80
PRIMARY_BUS, SECONDARY_BUS, SUBORDINATE_BUS = 0x18, 0x19, 0x1a
SUBSYSTEM = 0x2c

STANDARD_END, SPACE_END, EXTENDED_END = 0x40, 0x100, 0x1000

# Capabilities below 0x100, and above.
PM, MSI, PCI_X, VENDOR, SUBSYSTEM_ID, EXPRESS, MSI_X, ENHANCED_ALLOCATION = (
    0x01, 0x05, 0x07, 0x09, 0x0d, 0x10, 0x11, 0x14)
ACS, SRIOV = 0x000d, 0x0010

# Port types of the PCI Express capability.
ENDPOINT, LEGACY_ENDPOINT, ROOT_PORT, UPSTREAM, DOWNSTREAM = 0x0, 0x1, 0x4, 0x5, 0x6
PCIE_TO_PCI, PCI_TO_PCIE, RC_ENDPOINT, RC_EVENT_COLLECTOR = 0x7, 0x8, 0x9, 0xa

ACS_BITS = {"SV": 0x01, "TB": 0x02, "RR": 0x04, "CR": 0x08, "UF": 0x10, "EC": 0x20, "DT": 0x40}

# Root ports of Intel's Sunrise Point have ACS registers of double words; the kernel knows them by
# these ids (pci_quirk_intel_spt_pch_acs()).
INTEL = 0x8086
DWORD_ACS_PORTS = ((0xa110, 0xa11f), (0xa167, 0xa16a), (0xa290, 0xa29f), (0xa2e7, 0xa2ee),
                   (0x9d10, 0x9d1b))


def is_dword_acs_port(vendor, device):
    return vendor == INTEL and any(low <= device <= high for low, high in DWORD_ACS_PORTS)


def close_windows(space):
    """A bridge's windows with their ends before their beginnings: nothing goes through. Zeros would
    mean that the lowest addresses do."""
    space[0x1c:0x1e] = bytes.fromhex("f000")
    space[0x20:0x28] = bytes.fromhex("f0ff0000f0ff0000")
    space[0x28:0x34] = bytes(12)
