# SPDX-License-Identifier: GPL-2.0
"""Hex dumps, as `lspci -xxx` and `lspci -xxxx` print them.

Words between the rows are not looked at. Segments become those from 1000 on, in their order.
"""
import re

from . import registers as reg
from .complaint import Complaint
from .model import (ACS_DWORD, FIRST_SEGMENT, NO_IOMMU, Address, Function, Machine, close_roots)
from .scrub import Space, scrub

FUNCTION = re.compile(r"(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}):([01][0-9a-f])\.([0-7])(?:\s|$)")
ROW = re.compile(r"([0-9a-f]{2,3}):((?: [0-9a-f]{2}){1,16})\s*$")
IOMMU_CLASS, AMD = 0x0806, 0x1022


def is_dump(text):
    return any(ROW.match(line) for line in text.splitlines())


def read_rows(name, text, notes):
    """Bytes by (segment, bus, devfn), in the order of the file."""
    spaces, current = {}, None
    for number, line in enumerate(text.splitlines(), 1):
        function, row = FUNCTION.match(line), ROW.match(line)
        if function:
            segment, bus, slot, index = function.groups()
            address = (int(segment or "0", 16), int(bus, 16), int(slot, 16) << 3 | int(index))
            current = spaces.setdefault(address, bytearray())
            if current:
                notes.append(f"{name}:{number}: this function again: its first rows count")
                current = None
        elif row and current is not None:
            if int(row.group(1), 16) == len(current):
                current += bytes.fromhex(row.group(2))
            else:
                notes.append(f"{name}:{number}: row {row.group(1)} does not follow: left out")
        elif re.match("[0-9a-f]{2,3}: ", line):
            notes.append(f"{name}:{number}: no row of a function: left out")
    return spaces


def whole(name, spaces, notes):
    """Those with a header at least, and of what is past 256 bytes all or nothing."""
    for address, space in spaces.items():
        usable = [size for size in (reg.STANDARD_END, reg.SPACE_END) if size <= len(space)]
        if not usable:
            notes.append(f"{name}: {address[1]:02x}:{address[2] >> 3:02x}.{address[2] & 7}: no header: left out")
        elif len(space) <= reg.SPACE_END:
            yield address, bytes(space[:usable[-1]])
        else:
            yield address, bytes(space)


def virtual_functions(address, space, addresses):
    """Those of a physical function's virtual functions that the dump has, without a gap."""
    where = space.extended_capabilities().get(reg.SRIOV)
    found = []
    if where and space.get(where + 0x08, 2) & 1:
        for i in range(space.get(where + 0x10, 2)):
            at = address.later(space.get(where + 0x14, 2) + i * space.get(where + 0x16, 2))
            if at not in addresses:
                break
            found.append(at)
    return found


def root_buses(functions):
    """Buses that no bridge leads to."""
    buses = {(function.address.segment, function.address.bus) for function in functions}
    led = set()
    for function in functions:
        space = Space(function.config)
        if space.header_type in (1, 2):
            low, high = space.get(reg.SECONDARY_BUS, 1), space.get(reg.SUBORDINATE_BUS, 1)
            if low > function.address.bus:
                led.update((function.address.segment, bus) for bus in range(low, high + 1))
    return close_roots(buses - led)


def flags_of(address, space, iommus):
    """Of AMD's chipsets neither the IOMMU nor the host bridge in its slot is in its own scope."""
    flags = 0
    if reg.is_dword_acs_port(space.get(0, 2), space.get(2, 2)):
        flags |= ACS_DWORD
    if address in iommus or (space.get(reg.CLASS + 2, 2) == 0x0600 and
                             any((address.segment, address.bus, address.slot) ==
                                 (other.segment, other.bus, other.slot) for other in iommus)):
        flags |= NO_IOMMU
    return flags


def read(name, text):
    """The machine that a dump shows."""
    machine = Machine()
    spaces = dict(whole(name, read_rows(name, text, machine.notes), machine.notes))
    if not spaces:
        raise Complaint(name, "no function with a header in hex")
    segments = sorted({segment for segment, _, _ in spaces})
    found = {Address(FIRST_SEGMENT + segments.index(segment), bus, devfn): Space(data)
             for (segment, bus, devfn), data in spaces.items()}
    iommus = {address for address, space in found.items()
              if space.get(0, 2) == AMD and space.get(reg.CLASS + 2, 2) == IOMMU_CLASS}
    for address, space in found.items():
        vfs = len(virtual_functions(address, space, found))
        machine.functions.append(Function(address, scrub(space.bytes, vfs),
                                          flags_of(address, space, iommus), vfs))
    machine.roots = root_buses(machine.functions)
    return machine
