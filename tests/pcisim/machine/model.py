# SPDX-License-Identifier: GPL-2.0
"""A machine, as it goes into a blob."""
import dataclasses

FIRST_SEGMENT = 0x1000

# As in kmod/blob.h.
NO_IOMMU, HOT, PCH_ACS, ACS_DWORD = (1 << bit for bit in range(4))


@dataclasses.dataclass(frozen=True, order=True)
class Address:
    """Where a function is."""
    segment: int
    bus: int
    devfn: int

    @property
    def slot(self):
        return self.devfn >> 3

    @property
    def function(self):
        return self.devfn & 7

    @property
    def requester(self):
        return self.bus << 8 | self.devfn

    def later(self, distance):
        """The address whose requester id is so much higher, or None past the last bus."""
        requester = self.requester + distance
        if requester > 0xffff:
            return None
        return Address(self.segment, requester >> 8, requester & 0xff)

    def __str__(self):
        return f"{self.segment:04x}:{self.bus:02x}:{self.slot:02x}.{self.function}"


@dataclasses.dataclass
class Function:
    """One function."""
    address: Address
    config: bytes
    flags: int = 0
    vfs: int = 0


@dataclasses.dataclass(frozen=True, order=True)
class Root:
    """A root bus, and the last bus that may be below it."""
    segment: int
    bus: int
    last_bus: int


@dataclasses.dataclass
class Machine:
    """What one file describes."""
    functions: list = dataclasses.field(default_factory=list)
    roots: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)   # what was left out, for the user
    groups: list = dataclasses.field(default_factory=list)  # expected: sorted tuples of addresses
    acs: str = "as-is"                                      # or "enabled"
    ivrs: bool = False                                      # the firmware has AMD's table


def close_roots(first_buses):
    """Root buses of (segment, bus): each has the buses up to the next of its segment."""
    ordered = sorted(first_buses)
    following = ordered[1:] + [(None, None)]
    return [Root(segment, bus, after - 1 if beside == segment else 0xff)
            for (segment, bus), (beside, after) in zip(ordered, following)]
