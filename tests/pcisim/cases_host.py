# SPDX-License-Identifier: GPL-2.0
"""Cases of tests/pcisim/selftest that need no guest."""
import struct

from machine import blob, description, dump, registers as reg
from machine.complaint import Complaint
from machine.model import ACS_DWORD, HOT, NO_IOMMU
from machine.scrub import Space

ROOT = "root 00\n"
PORT = ROOT + " 00:01.0 root-port\n"

# A description, and the line and words of what is wrong with it.
WRONG = (
    ("# nothing\n", "", "no root"),
    ("segment 0\nroot 00\n", 1, "0000 is the guest's own"),
    ("segment 1000\nsegment 1000\n", 2, "a second segment 1000"),
    ("segment wide\n", 1, "hex digits"),
    ("segment 1 2\n", 1, "one number"),
    ("root\n", 1, "takes the number of a bus"),
    (ROOT + ROOT, 2, "a second root 00"),
    ("00:01.0 pci\n", 1, "below nothing"),
    (ROOT + "00:01.0 pci\n", 2, "below nothing"),
    (ROOT + "\t00:01.0 pci\n", 2, "indent with spaces"),
    (ROOT + " 0:1.0 pci\n", 2, "begins with segment, root or an address"),
    (ROOT + " 00:01.0\n", 2, "has no type"),
    (ROOT + " 00:01.0 bridge\n", 2, "no type 'bridge'"),
    (ROOT + " 00:01.0 pci fast\n", 2, "no word 'fast'"),
    (ROOT + " 00:01.0 pci =\n", 2, "no word '='"),
    (ROOT + " 00:01.0 pci id=8086\n", 2, "VENDOR:DEVICE"),
    (ROOT + " 00:01.0 pci id=8086:12345\n", 2, "up to 4 hex digits"),
    (ROOT + " 00:01.0 pci class=01x\n", 2, "class is up to"),
    (ROOT + " 00:01.0 pci acs:SV+\n", 2, "which this function does not have"),
    (ROOT + " 00:01.0 rciep acs:SV+ short\n", 2, "which this function does not have"),
    (ROOT + " 00:01.0 rciep acs:SV\n", 2, "each with + or -"),
    (ROOT + " 00:01.0 rciep acs:\n", 2, "each with + or -"),
    (ROOT + " 00:01.0 rciep acs:SV+SV-\n", 2, "comes twice"),
    (ROOT + " 00:01.0 rciep sriov=0\n", 2, "from 1 to"),
    (ROOT + " 00:01.0 rciep sriov=2,shift=1\n", 2, "no 'shift'"),
    (ROOT + " 00:01.0 rciep vf-id=1234\n", 2, "without sriov="),
    (ROOT + " 00:01.0 rciep sriov=1 vf-id=8086:1\n", 2, "vendor of their physical function"),
    (ROOT + " 00:01.0 pci sriov=1\n", 2, "only an endpoint"),
    (ROOT + " 00:01.0 pci bus=01\n", 2, "only a bridge"),
    (PORT, 2, "bus=NN"),
    (ROOT + " 00:01.0 pci\n  01:00.0 pci\n", 3, "is no bridge"),
    (PORT + "  01:01.0 endpoint\n", 3, "there is one device, 00"),
    (PORT + "  01:00.0 endpoint\n  02:00.0 endpoint\n", 4, "on the bus 01"),
    (PORT + "  01:00.1 endpoint\n", 3, "without function 0"),
    (ROOT + " 01:01.0 pci\n", 2, "on the bus 00"),
    (ROOT + " 00:01.0 pci\n 00:01.0 pci\n", 3, "a second 1000:00:01.0"),
    (ROOT + " 1001:00:01.0 pci\n", 2, "is not in segment 1000"),
    (ROOT + " 00:01.0 pci nomf\n 00:01.1 pci\n", 3, "says nomf"),
    (ROOT + " 00:01.0 pci hot\n 00:01.1 pci\n", 3, "function 0 is hot"),
    (ROOT + " 00:01.0 root-port bus=02\n 00:02.0 root-port bus=02\n", 3, "is taken"),
    (ROOT + " 00:01.0 root-port bus=02-04\n 00:02.0 root-port bus=03\n", 3, "is taken"),
    ("root 40\n 40:01.0 root-port bus=30\n", 2, "not above that of its parent"),
    (ROOT + " 00:01.0 root-port bus=41\nroot 40\n", 2, "past 3f"),
    (ROOT + " 00:01.0 rciep sriov=2,offset=1\n 00:01.1 rciep\n", 3, "a second"),
    (ROOT + " 00:01.0 rciep sriov=1,offset=65535\n", 2, "past the last bus"),
    (ROOT + " 00:01.0 rciep sriov=1,offset=16384\nroot 40\n", 2, "past 3f"),
    ("#: check 00:01.0\n" + ROOT, 1, "no directive"),
    ("#: groups 00:1.0\n" + ROOT, 1, "not '00:1.0'"),
)

MACHINE = """
root 00
  00:01.0 root-port id=8086:1901 acs:SV+TB-RR+CR-UF+EC- subsystem=1234:5678   # a comment
    01:00.0 endpoint class=0200 sriov=3,offset=256,stride=4 vf-id=beef subsystem=1af4:1100 hot
    01:00.1 endpoint hot
  00:1c.0 root-port id=8086:a110 acs-dword:SV+RR- bus=05-07 no-iommu
segment
root 00
  00:1f.0 pci-bridge bus=01 mf
"""


def complaint_of(text):
    try:
        description.read("FILE", text)
    except Complaint as complaint:
        return str(complaint)
    return "no complaint"


def wrong_descriptions(tap):
    why = []
    for text, line, words in WRONG:
        said = complaint_of(text)
        if words not in said or not said.startswith(f"FILE:{line}: " if line else "FILE: "):
            why.append(f"{text!r}: expected line {line} '{words}', got '{said}'")
    tap.report(f"{len(WRONG)} wrong descriptions: the line and what is wrong with it", "\n".join(why))


def expect(pairs):
    return "\n".join(f"{what}: expected {wanted!r}, got {got!r}" for what, wanted, got in pairs if wanted != got)


def bridges(tap, functions):
    port, spt = (Space(functions[name].config) for name in ("1000:00:01.0", "1000:00:1c.0"))
    acs, dword = (space.extended_capabilities()[reg.ACS] for space in (port, spt))
    tap.report("a bridge: ids, buses, closed windows", expect((
        ("ids", 0x19018086, port.get(0, 4)), ("class", 0x060400, port.get(reg.CLASS, 4) >> 8),
        ("header", 1, port.get(reg.HEADER_TYPE, 1)), ("buses", 0x020100, port.get(reg.PRIMARY_BUS, 3)),
        ("explicit buses", 0x070500, spt.get(reg.PRIMARY_BUS, 3)),
        ("ports", 0x00f0, port.get(0x1c, 2)), ("memory", 0x0000fff0, port.get(0x20, 4)),
        ("prefetchable", 0x0000fff0, port.get(0x24, 4)),
        ("subsystem", 0x56781234, port.get(port.capabilities()[reg.SUBSYSTEM_ID] + 4, 4)),
        ("port type", reg.ROOT_PORT, port.get(port.capabilities()[reg.EXPRESS] + 2, 2) >> 4))))
    tap.report("ACS: words with a vector, double words", expect((
        ("capability", 0x083f, port.get(acs + 4, 2)), ("control", 0x15, port.get(acs + 6, 2)),
        ("bytes", acs + 12, len(port.bytes)), ("capability", 5, spt.get(dword + 4, 4)),
        ("control", 1, spt.get(dword + 8, 4)),
        ("flags", ACS_DWORD | NO_IOMMU, functions["1000:00:1c.0"].flags))))


def endpoints(tap, functions):
    physical = functions["1000:01:00.0"]
    space = Space(physical.config)
    sriov = space.extended_capabilities()[reg.SRIOV]
    virtual = [str(address) for address in functions if "02:" in address[5:8]]
    tap.report("SR-IOV: capability, virtual functions on the next bus", expect((
        ("multi-function", reg.MULTIFUNCTION, space.get(reg.HEADER_TYPE, 1)),
        ("total", 3, space.get(sriov + 0x0e, 2)), ("offset", 256, space.get(sriov + 0x14, 2)),
        ("stride", 4, space.get(sriov + 0x16, 2)), ("id", 0xbeef, space.get(sriov + 0x1a, 2)),
        ("subsystem", 0x11001af4, space.get(reg.SUBSYSTEM, 4)), ("to make", 3, physical.vfs),
        ("virtual", ["1000:02:00.0", "1000:02:00.4", "1000:02:01.0"], virtual),
        ("their vendor", b"\xff\xff", functions["1000:02:00.4"].config[:2]),
        ("hot", HOT, functions["1000:02:00.4"].flags),
        ("the other function's header", 0, functions["1000:01:00.1"].config[reg.HEADER_TYPE]))))


def segments(tap, machine, functions):
    tap.report("segments: the next free one, header bit as said", expect((
        ("bridge", 0x81, functions["1001:00:1f.0"].config[reg.HEADER_TYPE]),
        ("conventional size", 256, len(functions["1001:00:1f.0"].config)),
        ("roots", [(0x1000, 0, 0xff), (0x1001, 0, 0xff)],
         [(root.segment, root.bus, root.last_bus) for root in machine.roots]))))


def packed(tap, machine):
    data = blob.pack(machine)
    size = 16 + 8 * len(machine.roots) + sum(12 + len(it.config) for it in machine.functions)
    tap.report("a blob says how much it holds", expect((
        ("header", (b"PCISIM 1", 2, len(machine.functions)), struct.unpack_from("<8sII", data)),
        ("size", size, len(data)))))


def rows(config):
    return "".join(f"{at:02x}: {config[at:at + 16].hex(' ')}\n" for at in range(0, len(config), 16))


def real_function():
    """A root port with all that must not be replayed."""
    space = Space(bytes(0x200))
    space.put(0, 4, 0xa1108086)
    space.put(reg.COMMAND, 4, 0x00100547)
    space.put(reg.CLASS, 4, 0x06040000)
    space.put(reg.HEADER_TYPE, 1, 1)
    space.put(0x10, 4, 0xfe000000)
    space.put(reg.PRIMARY_BUS, 3, 0x010100)
    space.put(0x3c, 2, 0x010b)
    space.put(reg.CAPABILITIES, 1, 0x40)
    space.put(0x40, 4, 0x01428010)
    space.put(0x52, 2, 0xc011)
    space.put(0x54, 4, 0x7f)
    space.put(0x80, 4, 0x00810005 | 0xa0 << 8)
    space.put(0xa0, 8, 0x10_0003_c8030001)
    space.put(0xf0, 4, 0xfed1c001)
    space.put(0x100, 4, 0x14010001)
    space.put(0x140, 4, 0x0001000d)
    space.put(0x144, 8, 0x0000000f_0000000f)
    return space


def dumps(tap):
    text = "garbage\n00: 11 22\n00:1c.0 PCI bridge: words\n\tmore words\n" + rows(real_function().bytes)
    text += "01:00.0 Ethernet\n00: 86 80 21 15\npcilib: something\n10: 00\n01:00.1 Ethernet\n"
    machine = dump.read("FILE", text)
    space = Space(machine.functions[0].config)
    tap.report("a dump: what may not be replayed is gone, the rest is there", expect((
        ("functions", ["1000:00:1c.0"], [str(function.address) for function in machine.functions]),
        ("ids", 0xa1108086, space.get(0, 4)), ("command", 0x00100000, space.get(reg.COMMAND, 4)),
        ("BAR", 0, space.get(0x10, 4)), ("window", 0x00f0, space.get(0x1c, 2)),
        ("interrupt", 0, space.get(0x3c, 2)), ("link", 0x0011, space.get(0x52, 2)),
        ("slot", 0x1f, space.get(0x54, 4)), ("MSI", 0x80, space.get(0x82, 2)),
        ("power", 0, space.get(0xa4, 2)), ("chipset's own", 0, space.get(0xf0, 4)),
        ("ACS", 0xf, space.get(0x148, 4)), ("flags", ACS_DWORD, machine.functions[0].flags))))
    tap.report("a dump: what was left out is said", expect((
        ("notes", 4, len(machine.notes)), ("of a line", True, machine.notes[0].startswith("FILE:2: ")))))


def real_vfs(tap):
    """Virtual functions as a machine has them that uses them, one of them missing in the dump."""
    space = Space(bytes(0x180))
    space.put(0, 4, 0x15218086)
    space.put(0x100, 4, 0x00010010)
    space.put(0x108, 4, 0x19)
    space.put(0x10c, 4, 0x00080008)
    space.put(0x110, 2, 3)
    space.put(0x114, 4, 0x00010080)
    space.put(0x124, 4, 0xfe00000c)
    other = bytes.fromhex("ffffffff") + bytes(0xfc)
    text = "03:00.0 PF\n" + rows(space.bytes) + "03:10.0 VF\n" + rows(other) + "03:10.1 VF\n" + rows(other)
    physical = dump.read("FILE", text).functions[0]
    space = Space(physical.config)
    tap.report("a dump: virtual functions are made of those it has", expect((
        ("to make", 2, physical.vfs), ("total", 2, space.get(0x10e, 2)), ("on", 0, space.get(0x108, 2)),
        ("number", 0, space.get(0x110, 2)), ("BAR", 0, space.get(0x124, 4)))))


def segments_and_roots(tap):
    """Segments in their order, roots where no bridge leads to."""
    port = Space(bytes(0x100))
    port.put(reg.HEADER_TYPE, 1, 1)
    port.put(reg.PRIMARY_BUS, 3, 0x383837)
    text = "".join(f"{address} x\n{rows(data)}" for address, data in (
        ("10000:37:01.0", port.bytes), ("10000:38:00.0", bytes(0x100)), ("10000:80:00.0", bytes(0x100)),
        ("0001:00:00.0", bytes(0x40))))
    machine = dump.read("FILE", text)
    tap.report("a dump: segments and root buses", expect((
        ("roots", [(0x1000, 0, 0xff), (0x1001, 0x37, 0x7f), (0x1001, 0x80, 0xff)],
         [(root.segment, root.bus, root.last_bus) for root in machine.roots]),
        ("sizes", [0x100, 0x100, 0x100, 0x40], [len(function.config) for function in machine.functions]))))


def run(tap):
    wrong_descriptions(tap)
    machine = description.read("FILE", MACHINE)
    functions = {str(function.address): function for function in machine.functions}
    bridges(tap, functions)
    endpoints(tap, functions)
    segments(tap, machine, functions)
    packed(tap, machine)
    dumps(tap)
    real_vfs(tap)
    segments_and_roots(tap)


COUNT = 10
