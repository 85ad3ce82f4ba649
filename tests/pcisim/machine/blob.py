# SPDX-License-Identifier: GPL-2.0
"""The bytes for the module; kmod/blob.h is the other side."""
import struct

MAGIC = b"PCISIM 1"


def pack(machine):
    parts = [struct.pack("<8sII", MAGIC, len(machine.roots), len(machine.functions))]
    for root in machine.roots:
        parts.append(struct.pack("<IBBH", root.segment, root.bus, root.last_bus, 0))
    for function in machine.functions:
        address = function.address
        parts.append(struct.pack("<IBBHHH", address.segment, address.bus, address.devfn,
                                 function.flags, function.vfs, len(function.config)))
        parts.append(function.config)
    return b"".join(parts)
