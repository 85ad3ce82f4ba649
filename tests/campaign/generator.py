"""Random machines: whatever may decide about a group, in every combination.

They need not make sense, but the kernel must find them: a slot has a function 0, behind a link there is
one device, and bus numbers grow downwards.
"""
import random

import ids
from tree import BRIDGES, Function, Machine

BITS = ("SV", "TB", "RR", "CR", "UF", "EC", "DT")
REQUIRED = ("SV", "RR", "CR", "UF")

# Deeper, buses would run out in some machine; shallower, a switch behind a switch would be rare.
DEPTH = 6
FUNCTIONS = 40

# One machine in so many has the firmware table of AMD's, and chips that are vouched for because of it.
IVRS_EVERY = 20
IVRS_QUIRK = "pci_quirk_amd_sb_acs"

# Who gets an id of a quirk mostly: where it can have an effect.
HOMES = {
    "pci_quirk_amd_sb_acs": ("pci", "rciep", "pci-bridge"),
    "pci_quirk_mf_endpoint_acs": ("endpoint", "legacy-endpoint"),
    "pci_quirk_wangxun_nic_acs": ("endpoint", "legacy-endpoint"),
    "pci_quirk_zhaoxin_pcie_ports_acs": ("root-port", "downstream"),
    "pci_disable_broken_acs_cap": ("downstream", "root-port"),
    "quirk_dma_func0_alias": ("endpoint", "pci"),
    "quirk_dma_func1_alias": ("endpoint", "pci"),
    "quirk_fixed_dma_alias": ("endpoint", "pci"),
    "quirk_mic_x200_dma_alias": ("endpoint",),
    "quirk_pex_vca_alias": ("endpoint",),
    "quirk_plx_ntb_dma_alias": ("endpoint",),
    "quirk_switchtec_ntb_dma_alias": ("endpoint",),
    "quirk_use_pcie_bridge_dma_alias": ("pci-bridge",),
    "quirk_aspeed_pci_bridge_no_alias": ("pcie-to-pci",),
    "quirk_bridge_cavm_thrx2_pcie_root": ("root-port", "pcie-to-pci"),
}
PORT_QUIRK = ("root-port",)

class Generator:
    """Machines from one seed: machine number N is the same whatever else is made."""

    def __init__(self, seed):
        self.seed = seed
        self.quirks = {}
        for rows in ids.read().values():
            for function, *rest in rows:
                self.quirks.setdefault(function, []).append(rest)

    def machine(self, number):
        builder = _Builder(random.Random(f"{self.seed} {number}"), self.quirks)
        builder.ivrs = number % IVRS_EVERY == IVRS_EVERY - 1
        return builder.build(f"seed {self.seed}, machine {number}")


class _Builder:
    """One machine."""

    def __init__(self, chance, quirks):
        self.chance = chance
        self.quirks = quirks
        self.left = chance.randint(4, FUNCTIONS)
        self.chosen = ""
        self.ivrs = False
        # How many conventional buses are above: behind one, the kernel reads 256 bytes.
        self.conventional = 0
        # Some machines are orderly, some are not: else every group would be one of many accidents.
        self.quirkiness = chance.choice((0, 0.05, 0.3))
        self.acs_style = chance.choice(("full", "none", "mixed", "mixed", "random"))
        self.oddity = chance.choice((0, 0, 0.05, 0.15))

    def build(self, name):
        buses = [0] if self.chance.random() < 0.8 else [0, 0x80]
        return Machine([(bus, self.root_bus()) for bus in buses], name, self.ivrs)

    def often(self, probability):
        return self.chance.random() < probability

    def root_bus(self):
        functions = []
        for slot in self.slots(1, 6):
            functions += self.slot(slot, ("root-port",) * 5 + ("rciep", "rciep", "pci", "pci", "pci-bridge",
                                          "event-collector", "host-bridge", "endpoint", "pcie-to-pci"), 0)
        return functions

    def slots(self, least, most):
        return sorted(self.chance.sample(range(32), self.chance.randint(least, most)))

    def slot(self, slot, kinds, depth):
        """The functions of one device, with holes; mostly of one type."""
        many = self.often(0.35)
        numbers = [0] + (sorted(self.chance.sample(range(1, 8), self.chance.randint(1, 4))) if many else [])
        kind = self.chance.choice(kinds)
        functions = []
        for number in numbers:
            if self.left <= 0 and functions:
                break
            functions.append(self.function(slot, number, kind, depth))
            if self.often(0.25):
                kind = self.chance.choice(kinds)
        return functions

    def function(self, slot, number, kind, depth):
        self.left -= 1
        function = Function(slot, number, kind)
        function.words = self.words(function)
        if depth < DEPTH:
            function.children = self.below(kind, depth + 1)
        return function

    def below(self, kind, depth):
        if self.left <= 0 or kind in ("pci", "endpoint", "legacy-endpoint", "rciep", "event-collector", "host-bridge"):
            return []
        if kind in ("root-port", "downstream", "pci-to-pcie"):
            return self.link(depth)
        functions = []
        if kind == "upstream":
            for slot in self.slots(1, 4):
                functions += self.slot(slot, ("downstream",) * 9 + ("endpoint",), depth)
        else:
            self.conventional += 1
            for slot in self.slots(1, 3):
                functions += self.slot(slot, ("pci",) * 6 + ("pci-bridge", "pci-to-pcie", "pci-to-pcie"), depth)
            self.conventional -= 1
        return functions

    def link(self, depth):
        """Behind a link there is one device; an empty slot is one, too."""
        if self.often(0.1):
            return []
        kinds = ("endpoint",) * 10 + ("legacy-endpoint",) * 2 + ("upstream",) * 6 + ("pcie-to-pci",) * 4 + (
            "pci", "pci-bridge")
        functions = self.slot(0, kinds, depth)
        if len(functions) == 1 and self.can_have_virtual(functions[0]) and self.often(0.05):
            # In the slot of the physical one itself.
            functions[0].words.append("sriov=3,offset=1,stride=2")
            return functions
        # The bus after theirs is free where there is no bridge.
        far = 256 if self.often(0.3) and not any(function.kind in BRIDGES for function in functions) else 0
        for function in functions:
            if self.can_have_virtual(function) and self.often(0.12):
                function.words.append(self.virtual(function.number, far))
        return functions

    def can_have_virtual(self, function):
        return function.kind == "endpoint" and "short" not in function.words and not self.conventional

    def virtual(self, number, far):
        """Virtual functions, those of each physical one behind all that is there."""
        offset = far + 16 + 24 * number - number + self.chance.randint(0, 10)
        stride = self.chance.choice((1, 1, 2, 3))
        return f"sriov={self.chance.randint(1, 4)},offset={offset},stride={stride}"

    def words(self, function):
        words = self.identity(function)
        words += self.acs(function, words)
        # Of the functions beside the first the kernel knows that there are several.
        if function.number == 0 and self.often(0.05):
            words.append("mf")
        elif function.number and self.often(0.5):
            words.append(self.chance.choice(("mf", "nomf")))
        if self.often(self.oddity):
            words.append("no-iommu")
        if self.often(0.3 if _is_sunrise_point(words) else self.oddity / 3) and not any(word.startswith("acs") for word in words):
            words.append("short")
        if "pci_quirk_intel_pch_acs" in self.chosen and self.often(0.6):
            words.append("pch-acs")
        return words

    def identity(self, function):
        self.chosen = ""
        if self.ivrs and function.kind in HOMES[IVRS_QUIRK] and self.often(0.5):
            self.chosen = IVRS_QUIRK
            vendor, device = self.chance.choice(self.quirks[IVRS_QUIRK])
            return [f"id={vendor}:{device}"]
        if not self.often(self.quirkiness):
            return []
        name = self.chance.choice(sorted(self.quirks))
        if not self.often(0.1):
            homes = [it for it in sorted(self.quirks) if function.kind in HOMES.get(it, PORT_QUIRK)]
            name = self.chance.choice(homes) if homes else name
        self.chosen = name
        vendor, device, *subsystem = self.chance.choice(self.quirks[name])
        words = [f"id={vendor}:{device}"]
        if name == "quirk_switchtec_ntb_dma_alias" and self.often(0.5):
            words.append("class=068000")
        if subsystem and self.often(0.8):
            words.append(f"subsystem={self.chance.choice((subsystem[0], subsystem[0], '9005:0001', '1b36:02bb'))}")
        return words

    def acs(self, function, words):
        if function.kind in ("pci", "pci-bridge", "host-bridge"):
            return []
        if _is_sunrise_point(words) and self.often(0.6):
            return self.some_bits("acs-dword:", 0.7, self.chance.choice((0.5, 0.9, 1)))
        style = self.acs_style if self.acs_style != "mixed" else self.chance.choice(("full", "full", "none", "random"))
        if function.kind not in ("root-port", "downstream") and self.often(0.6):
            style = "none"
        if style == "none":
            return []
        if style == "full":
            return ["acs:" + "".join(bit + "+" for bit in REQUIRED)]
        return self.some_bits("acs:", 0.7, self.chance.choice((0, 0.5, 0.9, 1)))

    def some_bits(self, word, offered, on):
        bits = [bit for bit in BITS if self.often(offered)] or ["SV"]
        return [word + "".join(bit + ("+" if self.often(on) else "-") for bit in bits)]


def _is_sunrise_point(words):
    """Root ports with ACS registers of 32 bits each, mostly where the kernel expects that."""
    return any(word.startswith(("id=8086:a1", "id=8086:a2", "id=8086:9d1")) for word in words)
