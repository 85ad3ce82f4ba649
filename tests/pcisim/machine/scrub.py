# SPDX-License-Identifier: GPL-2.0
"""What of a real function's configuration space may not be replayed.

Identity, tree and ACS stay as they were; all else that could make the kernel touch memory, ports or
interrupts of its own machine goes. The kernel's quirks know a device by its ids and then look at
chipset registers between the capabilities: these read 0, as where nothing was set up.
"""
from . import registers as reg

# Bytes of capabilities; of others the header is kept.
SIZES = {reg.PM: 8, reg.MSI: 24, reg.PCI_X: 16, reg.SUBSYSTEM_ID: 8, reg.EXPRESS: 0x3c,
         reg.MSI_X: 12, reg.ENHANCED_ALLOCATION: 4}
HOTPLUG_SLOT, BANDWIDTH_CHANGED = 0x60, 0xc000


class Space:
    """A configuration space as it was dumped, changed in place."""

    def __init__(self, data):
        self.bytes = bytearray(data)

    def get(self, where, size):
        return int.from_bytes(self.bytes[where:where + size], "little")

    def put(self, where, size, value):
        if where + size <= len(self.bytes):
            self.bytes[where:where + size] = value.to_bytes(size, "little")

    def clear(self, where, size, bits):
        self.put(where, size, self.get(where, size) & ~bits)

    @property
    def header_type(self):
        return self.bytes[reg.HEADER_TYPE] & 0x7f

    def capabilities(self):
        """Offsets by id."""
        found = {}
        if not self.get(reg.STATUS, 2) & reg.STATUS_HAS_CAPABILITIES:
            return found
        where = self.get(0x14 if self.header_type == 2 else reg.CAPABILITIES, 1) & ~3
        while reg.STANDARD_END <= where < min(reg.SPACE_END, len(self.bytes)) - 1:
            if where in found.values():
                break
            # A second one of an id (vendor, subtractive decoding, ...) has no meaning to anybody here.
            found.setdefault(self.bytes[where], where)
            where = self.bytes[where + 1] & ~3
        return found

    def extended_capabilities(self):
        found, seen, where = {}, set(), reg.SPACE_END
        while reg.SPACE_END <= where <= len(self.bytes) - 4 and where not in seen:
            seen.add(where)
            head = self.get(where, 4)
            if head in (0, 0xffffffff):
                break
            found.setdefault(head & 0xffff, where)
            where = head >> 20 & ~3
        return found


def listed_places(space):
    """Offsets of all capabilities below 0x100, in the order of the list, ids again and again too."""
    places = []
    if space.get(reg.STATUS, 2) & reg.STATUS_HAS_CAPABILITIES:
        where = space.get(0x14 if space.header_type == 2 else reg.CAPABILITIES, 1) & ~3
        while reg.STANDARD_END <= where < min(reg.SPACE_END, len(space.bytes)) - 1 and where not in places:
            places.append(where)
            where = space.bytes[where + 1] & ~3
    return places


def keep_listed(space):
    """Below 0x100, only header and capabilities stay."""
    places = listed_places(space)
    end = min(reg.SPACE_END, len(space.bytes))
    kept = bytearray(end)
    kept[:reg.STANDARD_END] = space.bytes[:reg.STANDARD_END]
    for where in places:
        following = min([place for place in places if place > where] + [end])
        identity = space.bytes[where]
        size = space.bytes[where + 2] if identity == reg.VENDOR else SIZES.get(identity, 4)
        last = min(where + max(size, 4), following)
        kept[where:last] = space.bytes[where:last]
    space.bytes[:end] = kept
    if not places:
        space.clear(reg.STATUS, 2, reg.STATUS_HAS_CAPABILITIES)


def header(space):
    space.put(reg.COMMAND, 2, 0)
    space.put(0x0c, 2, 0)
    space.put(0x0f, 1, 0)
    space.put(0x3c, 2, 0)
    if space.header_type == 0:
        space.bytes[0x10:0x2c] = bytes(0x1c)
        space.put(0x30, 4, 0)
    elif space.header_type == 1:
        space.bytes[0x10:0x18] = bytes(8)
        reg.close_windows(space.bytes)
        space.put(0x38, 4, 0)
        space.put(0x3e, 2, 0)
    else:
        space.bytes[0x10:0x14] = bytes(4)
        space.bytes[0x1c:0x3c] = bytes(0x20)


def standard(space, found):
    if reg.PM in found:
        space.put(found[reg.PM] + 4, 2, 0)
    if reg.MSI in found:
        space.clear(found[reg.MSI] + 2, 2, 1)
    if reg.MSI_X in found:
        space.clear(found[reg.MSI_X] + 2, 2, 0xc000)
    if reg.ENHANCED_ALLOCATION in found:
        space.put(found[reg.ENHANCED_ALLOCATION] + 2, 1, 0)
    if reg.EXPRESS in found:
        # A link that the kernel finds broken is trained again, for seconds.
        space.clear(found[reg.EXPRESS] + 0x12, 2, BANDWIDTH_CHANGED)
        space.clear(found[reg.EXPRESS] + 0x14, 4, HOTPLUG_SLOT)


def sriov(space, where, vfs):
    """Off, without memory; the virtual functions that the dump has are all that there are."""
    space.put(where + 0x08, 2, 0)
    space.put(where + 0x10, 2, 0)
    space.bytes[where + 0x24:where + 0x3c] = bytes(0x18)
    if vfs:
        space.put(where + 0x0c, 2, vfs)
        space.put(where + 0x0e, 2, vfs)


def scrub(data, vfs):
    """The configuration space to replay, of a function with so many virtual ones."""
    space = Space(data)
    keep_listed(space)
    header(space)
    standard(space, space.capabilities())
    where = space.extended_capabilities().get(reg.SRIOV)
    if where and where + 0x40 <= len(space.bytes):
        sriov(space, where, vfs)
    return bytes(space.bytes)
