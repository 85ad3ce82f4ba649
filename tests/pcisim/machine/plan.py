# SPDX-License-Identifier: GPL-2.0
"""Bus numbers, and the rules that a tree must keep to for the kernel to find all of it."""
from .complaint import Complaint
from .model import HOT
from .words import LINKS_DOWN


def virtual_addresses(node):
    """Where the virtual functions of a function are."""
    sriov = node.words.sriov
    addresses = [node.address.later(sriov["offset"] + i * sriov["stride"]) for i in range(sriov.get("count", 0))]
    if None in addresses:
        raise Complaint(node.where, "its virtual functions go past the last bus")
    return addresses


def number_buses(parent):
    """Sets bus and last_bus of all that is below, bottom up."""
    for node in parent.children:
        if not node.words.type.is_bridge:
            if node.children:
                raise Complaint(node.children[0].where, f"{node.address} is no bridge")
            continue
        node.bus, node.last_bus = node.words.buses or (None, None)
        if node.bus is None:
            if not node.children:
                raise Complaint(node.where, "a bridge has functions below it, or bus=NN")
            node.bus = node.last_bus = node.children[0].address.bus
        number_buses(node)
        node.last_bus = max([node.last_bus, *last_buses(node)])


def last_buses(node):
    for child in node.children:
        if child.last_bus is not None:
            yield child.last_bus
        yield from (address.bus for address in virtual_addresses(child))


def check_addresses(root, seen):
    for node in root.below():
        for address, what in [(node.address, "a second"),
                              *((vf, "its virtual function is a second") for vf in virtual_addresses(node))]:
            if address.segment != root.segment:
                raise Complaint(node.where, f"{address} is not in segment {root.segment:04x}")
            if address in seen:
                raise Complaint(node.where, f"{what} {address}")
            seen.add(address)


def check_buses(parent):
    """Buses below are those of the bridge, and no two bridges share one."""
    used = parent.bus
    for node in sorted((child for child in parent.children if child.bus is not None),
                       key=lambda node: node.bus):
        if node.bus <= used:
            raise Complaint(node.where, f"bus {node.bus:02x} below it is taken, or not above that of its parent")
        if node.last_bus > parent.last_bus:
            raise Complaint(node.where, f"bus {node.last_bus:02x} is past {parent.last_bus:02x}, the last of its parent")
        used = node.last_bus
        check_buses(node)
    for node in parent.children:
        if any(address.bus > parent.last_bus for address in virtual_addresses(node)):
            raise Complaint(node.where, f"its virtual functions go past {parent.last_bus:02x}, the last bus of its parent")
        if node.address.bus != parent.bus:
            raise Complaint(node.where, f"{node.address} is on the bus {parent.bus:02x} by its place in the tree")
        if parent.type in LINKS_DOWN and node.address.slot:
            raise Complaint(node.where, f"below a {parent.type} there is one device, 00")


def check_slots(parent):
    """The kernel looks for further functions only where function 0 says that there are some."""
    slots = {}
    for node in parent.children:
        slots.setdefault(node.address.slot, {})[node.address.function] = node
        check_slots(node)
    for slot in slots.values():
        first = slot.get(0)
        for function, node in slot.items():
            if first is None:
                raise Complaint(node.where, "nothing is found in a slot without function 0")
            if function and first.words.multifunction is False:
                raise Complaint(node.where, "function 0 says nomf: this one will not be found")
            if first.words.flags & HOT and not node.words.flags & HOT:
                raise Complaint(node.where, "function 0 is hot: this one is not found before it")


def check(roots):
    """Numbers all buses; complains of the first line that breaks a rule."""
    seen = set()
    for root in roots:
        others = [other.bus for other in roots if other.segment == root.segment and other.bus > root.bus]
        root.last_bus = min(others, default=0x100) - 1
        number_buses(root)
        check_addresses(root, seen)
        check_buses(root)
        check_slots(root)
