"""Machines to route requests through: plain functions, and how they are written down."""
import copy

TYPES = {"conventional": 1, "endpoint": 2, "root": 4, "upstream": 5, "downstream": 6, "to-pci": 7, "to-pcie": 8,
         "integrated": 9, "unknown": 0}
ATS = {"absent": 1, "off": 2, "on": 3, None: 0}
GROUP = {"none": 0, "there": 1, "unknown": 2}
BITS = {"SV": 0x01, "TB": 0x02, "RR": 0x04, "CR": 0x08, "UF": 0x10, "EC": 0x20, "DT": 0x40}
REQUIRED = BITS["SV"] | BITS["RR"] | BITS["CR"] | BITS["UF"]
BRIDGES = ("root", "upstream", "downstream", "to-pci", "to-pcie")


class Function:
    """One PCI function. acs: None, "?" (could not be read), or [capability, control]."""

    def __init__(self, kind, bus, slot, number, parent, bridge=False):
        self.kind, self.bus, self.slot, self.number = kind, bus, slot, number
        self.parent = parent
        self.bridge = bridge or kind in BRIDGES
        self.multifunction = False
        self.acs = None
        self.vector = None
        self.ats = "absent"
        self.physical = None
        self.group = "there"

    def __str__(self):
        return f"0000:{self.bus:02x}:{self.slot:02x}.{self.number:x}"

    def order(self):
        return self.bus, self.slot, self.number

    def is_on(self, bit):
        return bool(self.acs[0] & self.acs[1] & BITS[bit])

    def is_off(self, bit):
        """Offered and off. A bit that is not offered is neither."""
        return bool(self.acs[0] & ~self.acs[1] & BITS[bit])

    def line(self):
        acs = self.acs if isinstance(self.acs, list) else [0, 0]
        state = 2 if self.acs == "?" else int(self.acs is not None)
        kind = TYPES[self.kind] | (0x10 if self.bridge else 0)
        words = [self, self.parent or "-", f"{kind:x}", int(self.multifunction), state, f"{acs[0]:x}", f"{acs[1]:x}",
                 "-" if self.vector is None else f"{self.vector:x}", ATS[self.ats], self.physical or "-",
                 GROUP[self.group]]
        return " ".join(map(str, words))


class Machine:
    """All functions, the bridge above each before it."""

    def __init__(self):
        self.functions = []
        self.buses = 0

    def add(self, kind, bus, slot, number, parent, **more):
        function = Function(kind, bus, slot, number, parent, **more)
        self.functions.append(function)
        return function

    def bus(self):
        """The number of a bus that is not in use."""
        self.buses += 1
        return self.buses

    def copy(self):
        return copy.deepcopy(self)

    def find(self, address):
        return next(it for it in self.functions if str(it) == address)

    def endpoints(self):
        return [it for it in self.functions if not it.bridge]

    def below(self, bridge):
        return [it for it in self.functions if it.parent is bridge]

    def lines(self):
        return "".join(f"{it.line()}\n" for it in self.functions) + ".\n"
