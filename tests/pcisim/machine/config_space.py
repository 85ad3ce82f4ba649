# SPDX-License-Identifier: GPL-2.0
"""A configuration space under construction."""
from . import registers as reg

# A PCI Express function has extended space even if nothing is in it.
EMPTY_EXTENDED = reg.SPACE_END + 4


class ConfigSpace:
    """Capabilities are put one behind the other, in the order they are added."""

    def __init__(self):
        self.bytes = bytearray(reg.SPACE_END)
        self.next = reg.STANDARD_END
        self.link = reg.CAPABILITIES      # the byte that leads to the next capability
        self.extended_link = None         # the offset of the header that does

    def put(self, where, size, value):
        self.bytes[where:where + size] = value.to_bytes(size, "little")

    def get(self, where, size):
        return int.from_bytes(self.bytes[where:where + size], "little")

    def add(self, capability, size):
        """Room for a capability below 0x100; returns its offset."""
        where = self.next
        self.put(reg.STATUS, 2, self.get(reg.STATUS, 2) | reg.STATUS_HAS_CAPABILITIES)
        self.put(self.link, 1, where)
        self.put(where, 1, capability)
        self.link = where + 1
        self.next = where + (size + 3) // 4 * 4
        return where

    def make_extended(self):
        if len(self.bytes) == reg.SPACE_END:
            self.bytes.extend(bytes(EMPTY_EXTENDED - reg.SPACE_END))

    def add_extended(self, capability, size):
        """The same above 0x100."""
        if self.extended_link is None:
            where = reg.SPACE_END
        else:
            where = (len(self.bytes) + 3) // 4 * 4
            self.put(self.extended_link, 4, self.get(self.extended_link, 4) | where << 20)
        self.bytes[where:] = bytes(size)
        self.put(where, 4, capability | 1 << 16)
        self.extended_link = where
        return where

    def add_express(self, port_type):
        where = self.add(reg.EXPRESS, 0x3c)
        self.put(where + 2, 2, 2 | port_type << 4)
        self.put(where + 4, 4, 0x8000)              # role-based error reporting
        if port_type not in (reg.RC_ENDPOINT, reg.RC_EVENT_COLLECTOR):
            self.put(where + 0x0c, 4, 0x11)         # a link: 2.5 GT/s, one lane
            self.put(where + 0x12, 2, 0x11)
            self.put(where + 0x2c, 4, 0x02)
        self.make_extended()

    def add_acs(self, offered, on, width):
        """Control follows capability at once; a vector for egress control follows that."""
        has_vector = offered & reg.ACS_BITS["EC"]
        where = self.add_extended(reg.ACS, 4 + 2 * width + (4 if has_vector else 0))
        self.put(where + 4, width, offered | (0x0800 if has_vector else 0))
        self.put(where + 4 + width, width, on)

    def add_sriov(self, number, count, offset, stride, vf_device):
        """@number: of the function itself, which then depends on no other."""
        where = self.add_extended(reg.SRIOV, 0x40)
        self.put(where + 0x0c, 2, count)            # initial, total
        self.put(where + 0x0e, 2, count)
        self.put(where + 0x12, 1, number)
        self.put(where + 0x14, 2, offset)
        self.put(where + 0x16, 2, stride)
        self.put(where + 0x1a, 2, vf_device)
        self.put(where + 0x1c, 4, 0x553)            # page sizes: those every device must have
        self.put(where + 0x20, 4, 0x1)
