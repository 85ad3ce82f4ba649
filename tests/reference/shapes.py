"""Machines: any number at random, and all small ones."""
import itertools

from machine import Machine

# With a vector of eight bits where Egress Control is offered.
CAPABILITIES = [0x1d, 0x1f, 0x1f, 0x5f, 0x083f, 0x087f, 0x0d, 0x19, 0x04]


class Random:
    """Builds one machine from a source of random numbers."""

    def __init__(self, random, most):
        self.random, self.left = random, most
        self.machine = Machine()

    def chance(self, part):
        return self.random.random() < part

    def add(self, kind, bus, slot, number, parent, **more):
        self.left -= 1
        function = self.machine.add(kind, bus, slot, number, parent, **more)
        if kind not in ("conventional", "to-pci", "to-pcie"):
            function.acs = self.registers()
            if self.chance(0.02):
                function.kind, function.bridge = "unknown", function.bridge
        if isinstance(function.acs, list) and function.acs[0] & 0x20 and self.chance(0.8):
            function.vector = self.random.choice([0, 0xff, self.random.randrange(256)])
        function.ats = self.random.choice(["absent", "absent", "off", "on", None])
        function.group = self.random.choices(["there", "none", "unknown"], [30, 1, 1])[0]
        return function

    def registers(self):
        kind = self.random.random()
        if kind < 0.25:
            return None
        if kind < 0.29:
            return "?"
        capability = self.random.choice(CAPABILITIES)
        control = self.random.choice([0x1d, 0x1d, 0x00, 0x7d, self.random.randrange(0x80)])
        return [capability, control & capability & 0x7f]

    def build(self):
        for slot in range(1, 9):
            if self.left > 0:
                self.on_root_bus(slot)
        return self.machine

    def on_root_bus(self, slot):
        several = self.chance(0.25)
        kind = self.random.choices(["root", "integrated", "conventional", "bridge"], [6, 1.5, 1, 1])[0]
        if kind == "bridge":
            self.conventional_bus(self.add("conventional", 0, slot, 0, None, bridge=True))
            return
        added = [self.add(kind, 0, slot, number, None) for number in range(2 if several else 1)]
        for function in added:
            function.multifunction = several
            if kind == "root":
                self.link(function)

    def link(self, port):
        if self.left <= 0:
            return
        bus = self.machine.bus()
        build = self.random.choices([self.card, self.virtual, self.switch, self.bridge], [5, 1, 5, 1])[0]
        build(port, bus)

    def card(self, port, bus):
        count = self.random.choice([1, 1, 2, 3])
        for number in range(count):
            slot = 1 if number == 2 and self.chance(0.3) else 0
            self.add("endpoint", bus, slot, number, port).multifunction = count > 1

    def virtual(self, port, bus):
        physical = self.add("endpoint", bus, 0, 0, port)
        if self.chance(0.3):
            self.add("endpoint", bus, 0, 3, port).multifunction = physical.multifunction = True
        other = self.machine.bus() if self.chance(0.3) else bus
        for number in (1, 2):
            self.add("endpoint", other, 0, number, port).physical = physical

    def switch(self, port, bus):
        upstream = self.add("upstream", bus, 0, 0, port)
        if self.chance(0.2):
            self.add("endpoint", bus, 0, 1, port).multifunction = upstream.multifunction = True
        inner = self.machine.bus()
        several = self.chance(0.2)
        for index in range(self.random.choice([1, 2, 2, 3])):
            place = (0, index) if several else (index, 0)
            down = self.add("downstream", inner, *place, upstream)
            down.multifunction = several
            self.link(down)

    def bridge(self, port, bus):
        self.conventional_bus(self.add("to-pci", bus, 0, 0, port))

    def conventional_bus(self, bridge):
        bus = self.machine.bus()
        for slot in range(self.random.choice([1, 2, 2, 3])):
            kind = self.random.choices(["card", "bridge", "to-pcie"], [6, 1, 1])[0]
            if kind == "card":
                self.add("conventional", bus, slot, 0, bridge)
            elif kind == "bridge":
                self.conventional_bus(self.add("conventional", bus, slot, 0, bridge, bridge=True))
            else:
                self.link(self.add("to-pcie", bus, slot, 0, bridge))


def random_machine(random, most):
    """One machine of about so many functions."""
    return Random(random, most).build()


# All small machines. A device is a tuple of what is in it; () is an empty port.

def devices(size):
    """All devices of so many functions, all that is below them included."""
    if size == 0:
        yield ()
    if size >= 1:
        yield ("card", size)
    if size >= 2:
        yield ("virtual", size)
        for cards in range(1, size):
            if cards == size - 1:
                yield ("bridge", cards)
    for ports in range(1, size):
        for parts in partitions(size - 1 - ports, ports):
            for below in products(parts):
                yield ("switch", below)


def partitions(total, count):
    """All ways to share out, the largest first."""
    if count == 0:
        if total == 0:
            yield ()
        return
    for first in range(total, -1, -1):
        for rest in partitions(total - first, count - 1):
            if not rest or rest[0] <= first:
                yield (first, *rest)


def products(sizes):
    return itertools.product(*(tuple(devices(size)) for size in sizes))


def machines_of(size):
    """All shapes of so many functions: root ports and what is below, then integrated functions."""
    for integrated in range(0, size):
        for ports in range(0, size - integrated + 1):
            for parts in partitions(size - integrated - ports, ports):
                for below in products(parts):
                    if integrated or ports:
                        yield integrated, below


def build(shape):
    """A machine, and which of its functions have registers that matter."""
    integrated, ports = shape
    machine, registers = Machine(), []
    for slot, below in enumerate(ports, 1):
        port = machine.add("root", 0, slot, 0, None)
        registers.append(port)
        build_device(machine, registers, port, below)
    for number in range(integrated):
        function = machine.add("integrated", 0, 0x1f, number, None)
        function.multifunction = integrated > 1
        if integrated > 1:
            registers.append(function)
    return machine, registers


def build_device(machine, registers, port, device):
    if not device:
        return
    kind, what = device
    bus = machine.bus()
    if kind == "switch":
        upstream = machine.add("upstream", bus, 0, 0, port)
        inner = machine.bus()
        for slot, below in enumerate(what):
            down = machine.add("downstream", inner, slot, 0, upstream)
            registers.append(down)
            build_device(machine, registers, down, below)
    elif kind == "bridge":
        bridge = machine.add("to-pci", bus, 0, 0, port)
        inner = machine.bus()
        for slot in range(what):
            machine.add("conventional", inner, slot, 0, bridge)
    else:
        physical = None
        for number in range(what):
            function = machine.add("endpoint", bus, 0, number, port)
            if kind == "virtual" and physical:
                function.physical = physical
            elif kind == "card" and what > 1:
                function.multifunction = True
                registers.append(function)
            physical = physical or function


# No capability, and Request Redirect and Upstream Forwarding off and on.
STATES = [None, [0x1d, 0x09], [0x1d, 0x0d], [0x1d, 0x19], [0x1d, 0x1d]]
FUNCTION_STATES = [None, [0x1d, 0x19], [0x1d, 0x1d]]


def small_machines(most):
    """All machines of up to so many functions with two endpoints, in all states of registers."""
    for size in range(2, most + 1):
        for shape in machines_of(size):
            machine, registers = build(shape)
            if len(machine.endpoints()) < 2:
                continue
            choices = [FUNCTION_STATES if it.kind in ("endpoint", "integrated") else STATES for it in registers]
            for states in itertools.product(*choices):
                for function, state in zip(registers, states):
                    function.acs = list(state) if state else None
                yield machine
