# SPDX-License-Identifier: GPL-2.0
"""The words of a line of a description: ADDRESS TYPE WORD..."""
import dataclasses
import re

from . import registers as reg
from .model import HOT, NO_IOMMU, PCH_ACS


@dataclasses.dataclass(frozen=True)
class Type:
    """What a function is: header, port type if it is PCI Express, defaults of device and class."""
    is_bridge: bool
    express: int | None
    device: int
    klass: int


# The ids are Red Hat's, of which the kernel has no opinion.
VENDOR = 0x1b36
TYPES = {
    "root-port": Type(True, reg.ROOT_PORT, 0x000c, 0x060400),
    "upstream": Type(True, reg.UPSTREAM, 0x0e05, 0x060400),
    "downstream": Type(True, reg.DOWNSTREAM, 0x0e06, 0x060400),
    "pcie-to-pci": Type(True, reg.PCIE_TO_PCI, 0x000e, 0x060400),
    "pci-to-pcie": Type(True, reg.PCI_TO_PCIE, 0x0e08, 0x060400),
    "pci-bridge": Type(True, None, 0x0001, 0x060400),
    "endpoint": Type(False, reg.ENDPOINT, 0x0e00, 0xff0000),
    "legacy-endpoint": Type(False, reg.LEGACY_ENDPOINT, 0x0e01, 0xff0000),
    "rciep": Type(False, reg.RC_ENDPOINT, 0x0e09, 0xff0000),
    "event-collector": Type(False, reg.RC_EVENT_COLLECTOR, 0x0e0a, 0x080700),
    "pci": Type(False, None, 0x0e0c, 0xff0000),
    "host-bridge": Type(False, None, 0x0008, 0x060000),
}
# Below these the kernel looks at device 00 only: a link leads to one device.
LINKS_DOWN = ("root-port", "downstream", "pci-to-pcie")

FLAGS = {"no-iommu": NO_IOMMU, "hot": HOT, "late": HOT, "pch-acs": PCH_ACS}
ACS_WORDS = re.compile("((?:%s)[+-])" % "|".join(reg.ACS_BITS))
ADDRESS = re.compile(r"(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([01][0-9a-f])\.([0-7])")


class Wrong(ValueError):
    """A word that is no word of the language; the caller knows the line."""


@dataclasses.dataclass
class Acs:
    """An ACS capability: bits offered and on, bytes of a register."""
    offered: int
    on: int
    width: int


@dataclasses.dataclass
class Words:
    """What a line says of a function."""
    type: Type
    vendor: int = VENDOR
    device: int = 0
    klass: int = 0
    subsystem: tuple | None = None
    multifunction: bool | None = None
    short: bool = False
    acs: Acs | None = None
    buses: tuple | None = None
    flags: int = 0
    sriov: dict = dataclasses.field(default_factory=dict)


def number(text, digits, what):
    if not re.fullmatch("[0-9a-f]{1,%d}" % digits, text):
        raise Wrong(f"{what} is up to {digits} hex digits, not '{text}'")
    return int(text, 16)


def pair(text, what):
    """VVVV:DDDD"""
    vendor, colon, device = text.partition(":")
    if not colon:
        raise Wrong(f"{what} is VENDOR:DEVICE, not '{text}'")
    return number(vendor, 4, what), number(device, 4, what)


def acs(text, width):
    if text == "none":
        return None
    parts = ACS_WORDS.split(text)
    if any(parts[::2]) or len(parts) == 1:
        raise Wrong(f"ACS bits are {' '.join(reg.ACS_BITS)}, each with + or -, not '{text}'")
    offered = on = 0
    for part in parts[1::2]:
        bit = reg.ACS_BITS[part[:2]]
        if offered & bit:
            raise Wrong(f"the ACS bit {part[:2]} comes twice in '{text}'")
        offered |= bit
        on |= bit if part[2] == "+" else 0
    return Acs(offered, on, width)


def count(text, what, most):
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise Wrong(f"{what} is a number from 1 to {most}, not '{text}'")
    return int(text)


def sriov(text):
    """N[,offset=O][,stride=S], in decimal"""
    first, *rest = text.split(",")
    values = {"count": count(first, "sriov", 1024), "offset": 8, "stride": 1}
    for item in rest:
        key, _, value = item.partition("=")
        if key not in ("offset", "stride"):
            raise Wrong(f"sriov has offset and stride, no '{key}'")
        values[key] = count(value, key, 0xffff)
    return values


def buses(text):
    """bus=SECONDARY[-SUBORDINATE]"""
    low, dash, high = text.partition("-")
    first = number(low, 2, "bus")
    return first, number(high, 2, "bus") if dash else first


def set_id(words, text):
    words.vendor, words.device = pair(text, "id")


def set_class(words, text):
    words.klass = number(text, 6, "class") if len(text) == 6 else number(text, 4, "class") << 8


def set_subsystem(words, text):
    words.subsystem = pair(text, "subsystem")


def set_sriov(words, text):
    words.sriov.update(sriov(text))


def set_vf_id(words, text):
    vendor, device = pair(text, "vf-id") if ":" in text else (None, number(text, 4, "vf-id"))
    words.sriov["id"] = (vendor, device)


def set_buses(words, text):
    words.buses = buses(text)


def set_acs(words, text):
    words.acs = acs(text, 2)


def set_acs_dword(words, text):
    words.acs = acs(text, 4)


VALUES = {"id=": set_id, "class=": set_class, "subsystem=": set_subsystem, "sriov=": set_sriov,
          "vf-id=": set_vf_id, "bus=": set_buses, "acs:": set_acs, "acs-dword:": set_acs_dword}


def set_word(words, text):
    """One word behind the type."""
    key = re.match("[a-z-]+[=:]?", text)
    setter = VALUES.get(key.group() if key else None)
    if setter:
        setter(words, text[key.end():])
    elif text in FLAGS:
        words.flags |= FLAGS[text]
    elif text in ("mf", "nomf"):
        words.multifunction = text == "mf"
    elif text == "short":
        words.short = True
    else:
        raise Wrong(f"no word '{text}'; there are {' '.join([*VALUES, *FLAGS, 'mf nomf short'])}")


def contradiction(words):
    """Why these words cannot be said of one function, or ''."""
    kind = words.type
    if words.acs and (kind.express is None or words.short):
        return "ACS is in the extended configuration space, which this function does not have"
    if words.sriov and (kind.express is None or kind.is_bridge or words.short):
        return "only an endpoint with extended configuration space has SR-IOV"
    if words.sriov and "count" not in words.sriov:
        return "vf-id= without sriov="
    if words.sriov.get("id", (None,))[0] not in (None, words.vendor):
        return "virtual functions have the vendor of their physical function"
    if words.buses and not kind.is_bridge:
        return "only a bridge has bus="
    return ""


def read(name, rest):
    """The words of a line behind its address."""
    if name not in TYPES:
        raise Wrong(f"no type '{name}'; there are {' '.join(TYPES)}")
    kind = TYPES[name]
    words = Words(kind, device=kind.device, klass=kind.klass)
    for text in rest:
        set_word(words, text)
    why = contradiction(words)
    if why:
        raise Wrong(why)
    return words
