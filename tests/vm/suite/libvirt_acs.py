#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Asks libvirt's own ACS check of PCI functions: `libvirt_acs.py DDDD:BB:DD.F...`, as root.

The functions called are private to libvirt, but its shared library has them for its own daemons
(src/util/virpci.c there).  A line for each function, what the strict and the relaxed check say:

    0000:03:00.0 strict refused: internal error: Device 0000:03:00.0 is behind a switch lacking ACS and ...
    0000:03:00.0 relaxed accepted

libvirt also says "no" where it failed to look; the reason it gives tells these apart.
"""
import ctypes
import sys

# More than any libvirt's struct _virPCIDeviceAddress; only libvirt looks into it.
ADDRESS_BYTES = 256
ERROR_FUNCTION = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
CHECKS = (("strict", 1), ("relaxed", 0))


class Libvirt:
    def __init__(self):
        self.library = ctypes.CDLL("libvirt.so.0")
        for name in ("virPCIDeviceNew", "virGetLastErrorMessage"):
            getattr(self.library, name).restype = ctypes.c_void_p
        self.library.virGetLastErrorMessage.restype = ctypes.c_char_p
        # Not on stderr: the reason is part of the answer.  libvirt keeps the pointer, so does this.
        self.silent = ERROR_FUNCTION(lambda *_: None)
        self.library.virSetErrorFunc(None, self.silent)
        if self.library.virInitialize() != 0:
            raise SystemExit("libvirt cannot be initialised")

    def why(self):
        return self.library.virGetLastErrorMessage().decode()

    def device(self, name):
        address = ctypes.create_string_buffer(ADDRESS_BYTES)
        if self.library.virPCIDeviceAddressParse(name.encode(), address) != 0:
            raise SystemExit(f"{name}: {self.why()}")
        device = self.library.virPCIDeviceNew(address)
        if not device:
            raise SystemExit(f"{name}: {self.why()}")
        return ctypes.c_void_p(device)

    def check(self, device, strict):
        self.library.virResetLastError()
        accepted = self.library.virPCIDeviceIsAssignable(device, strict)
        return "accepted" if accepted else f"refused: {self.why()}"


def main(names):
    libvirt = Libvirt()
    for name in names:
        device = libvirt.device(name)
        for check, strict in CHECKS:
            print(name, check, libvirt.check(device, strict))
        libvirt.library.virPCIDeviceFree(device)


if __name__ == "__main__":
    main(sys.argv[1:])
