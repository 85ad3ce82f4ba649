# SPDX-License-Identifier: GPL-2.0
"""The functions of a tree, with their configuration spaces."""
from . import registers as reg
from .config_space import ConfigSpace
from .model import ACS_DWORD, HOT, NO_IOMMU, Function, close_roots
from .plan import virtual_addresses


def header(space, node, multifunction):
    words = node.words
    space.put(0, 2, words.vendor)
    space.put(2, 2, words.device)
    space.put(reg.CLASS, 4, words.klass << 8)
    space.put(reg.HEADER_TYPE, 1,
              (1 if words.type.is_bridge else 0) | (reg.MULTIFUNCTION if multifunction else 0))
    if words.type.is_bridge:
        space.put(reg.PRIMARY_BUS, 3, node.address.bus | node.bus << 8 | node.last_bus << 16)
        reg.close_windows(space.bytes)


def subsystem(space, node):
    """A bridge has no room for it in its header."""
    where = space.add(reg.SUBSYSTEM_ID, 8) + 4 if node.words.type.is_bridge else reg.SUBSYSTEM
    space.put(where, 2, node.words.subsystem[0])
    space.put(where + 2, 2, node.words.subsystem[1])


def is_multifunction(node):
    """Bit 7 of the header: as the line says, or set where function 0 is not alone."""
    if node.words.multifunction is not None:
        return node.words.multifunction
    return node.address.function == 0 and any(
        other is not node and other.address.slot == node.address.slot for other in node.parent.children)


def config(node):
    words = node.words
    space = ConfigSpace()
    header(space, node, is_multifunction(node))
    if words.subsystem:
        subsystem(space, node)
    if words.type.express is not None:
        space.add_express(words.type.express)
    if words.acs:
        space.add_acs(words.acs.offered, words.acs.on, words.acs.width)
    if words.sriov:
        sriov = words.sriov
        space.add_sriov(node.address.devfn, sriov["count"], sriov["offset"], sriov["stride"], vf_device(words))
    return bytes(space.bytes[:reg.SPACE_END] if words.short else space.bytes)


def vf_device(words):
    return words.sriov.get("id", (None, words.device + 1 & 0xffff))[1]


def virtual_config(words):
    """A virtual function says all ones where it would say who it is."""
    space = ConfigSpace()
    space.put(0, 4, 0xffffffff)
    space.put(reg.CLASS, 4, words.klass << 8)
    space.add_express(reg.ENDPOINT)
    return bytes(space.bytes)


def functions(node):
    words = node.words
    flags = words.flags | (ACS_DWORD if words.acs and words.acs.width == 4 else 0)
    yield Function(node.address, config(node), flags, words.sriov.get("count", 0))
    for address in virtual_addresses(node):
        yield Function(address, virtual_config(words), words.flags & (NO_IOMMU | HOT))


def fill(machine, roots):
    """Adds all functions and root buses of a tree to a machine."""
    for root in roots:
        for node in root.below():
            machine.functions.extend(functions(node))
    machine.roots = close_roots((root.segment, root.bus) for root in roots)
