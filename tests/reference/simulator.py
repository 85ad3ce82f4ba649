"""Routes single memory requests through a machine, port by port.

Written from the specification and from Documentation/reachability.md, without a look at helper/. Where
something decides that nobody knows, the request is followed both ways.
"""
from machine import REQUIRED

REACHED, IOMMU, REFUSED = "reached", "iommu", "refused"
STRAIGHT, UP = "straight", "up"


class Simulator:
    """One machine, and requests for one function of it."""

    def __init__(self, machine, target):
        self.machine, self.target = machine, target

    # Who claims the address of the target.

    def claims(self, function):
        return function is self.target or self.claims_below(function)

    def claims_below(self, function):
        return any(self.claims(it) for it in self.machine.below(function))

    # From a function to the root.

    def issue(self, function, translated):
        """What may become of a request: a set of outcomes."""
        return self.pass_function(function, translated)

    def pass_function(self, function, translated):
        """Inside a device: to a function of it, or out of it."""
        outcomes = set()
        for choice in self.choose_inside(function, translated):
            outcomes |= self.leave(function, translated) if choice == UP else self.arrive(choice)
        return outcomes

    def leave(self, function, translated):
        above = function.parent
        if above is None:
            return {IOMMU}
        if above.kind in ("to-pci", "to-pcie", "conventional"):
            return self.pass_bus(above, translated)
        if above.kind == "upstream":
            return self.pass_function(above, translated)
        return self.pass_port(above, translated)

    def pass_bus(self, bridge, translated):
        """Everybody on a conventional bus hears it."""
        if self.claims_below(bridge):
            return {REACHED}
        return self.leave(bridge, translated)

    def pass_port(self, port, translated):
        """From below, into a port."""
        outcomes = set()
        if translated and port.acs == "?":
            outcomes.add(REFUSED)
        if translated and isinstance(port.acs, list) and port.is_on("TB"):
            return {REFUSED}
        for choice in self.choose_at_port(port, translated):
            outcomes |= self.leave(port, translated) if choice == UP else self.arrive(choice)
        return outcomes

    @staticmethod
    def arrive(choice):
        return {REFUSED if choice == REFUSED else REACHED}

    # Decisions.

    def beside(self, function):
        """Functions on the same bus segment that claim the address."""
        return [it for it in self.machine.functions
                if it is not function and it.parent is function.parent and
                (it.parent is not None or it.bus == function.bus) and self.claims(it)]

    @staticmethod
    def one_device(function, other):
        function, other = function.physical or function, other.physical or other
        if function.bus != other.bus:
            return False
        return function.slot == other.slot or (function.parent is not None and
                                               function.parent.kind in ("root", "downstream"))

    @staticmethod
    def kernel_isolates(function):
        """Whether the kernel thinks that a function's own ACS keeps others out."""
        if function.kind not in ("endpoint", "integrated", "upstream", "root", "downstream"):
            return False
        if function.kind in ("endpoint", "integrated", "upstream") and not function.multifunction:
            return True
        return isinstance(function.acs, list) and not function.acs[0] & ~function.acs[1] & REQUIRED

    def choose_inside(self, function, translated):
        if not function.multifunction or (function.kind == "conventional" and function.parent):
            return {UP}
        targets = [it for it in self.beside(function) if self.one_device(function, it)]
        if not targets:
            return {UP}
        if function.acs == "?" or function.kind == "unknown":
            return {STRAIGHT, UP}
        if function.acs is None:
            return {UP} if self.kernel_isolates(targets[0]) else {STRAIGHT, UP}
        return self.choose_by_registers(function, self.function_bit(function, targets[0]), translated)

    def choose_at_port(self, port, translated):
        known = port.acs != "?" and port.kind != "unknown"
        if self.claims_below(port):
            if not known:
                return {STRAIGHT, UP}
            return {STRAIGHT} if port.acs is None or port.is_off("UF") else {UP}
        targets = self.beside(port)
        if not targets:
            return {UP}
        if not known:
            return {STRAIGHT, UP}
        if port.acs is None:
            return self.choose_without_acs(port, targets[0])
        return self.choose_by_registers(port, self.port_bit(port), translated)

    def choose_without_acs(self, port, target):
        if port.kind == "downstream":
            return {STRAIGHT}
        alike = target.kind == "root" and target.acs is None and self.one_device(port, target)
        return {STRAIGHT, UP} if alike and port.multifunction else {UP}

    @staticmethod
    def choose_by_registers(function, egress, translated):
        if translated and function.is_on("DT"):
            return {STRAIGHT}
        redirected = REFUSED if function.is_on("EC") and function.is_off("RR") else UP
        if not function.is_on("EC"):
            return {STRAIGHT} if function.is_off("RR") else {UP}
        return {0: {STRAIGHT}, 1: {redirected}, None: {STRAIGHT, redirected}}[egress]

    @staticmethod
    def uniform(function):
        """A bit that all of the vector have; None where there is none, or it was not read."""
        size = function.acs[0] >> 8 or 256
        if function.vector is None or size > 8:
            return None
        return {0: 0, (1 << size) - 1: 1}.get(function.vector & ((1 << size) - 1))

    def port_bit(self, port):
        return self.uniform(port)

    def function_bit(self, function, target):
        size = function.acs[0] >> 8 or 256
        beside = target.slot == function.slot
        number = target.number if beside else 8 * target.slot + target.number
        if number >= size or target.bus != function.bus:
            return None
        if not beside:
            return self.uniform(function)
        return None if function.vector is None else function.vector >> target.number & 1


def reachable(machine, source, target):
    """Whether requests of one function reach another below the IOMMU: yes, no or unknown."""
    if source.group == "none":
        return "yes"
    simulator = Simulator(machine, target)
    plain = simulator.issue(source, False)
    marked = simulator.issue(source, True) if source.ats != "absent" else set()
    if plain == {REACHED} or (source.ats == "on" and marked == {REACHED}):
        return "yes"
    if REACHED in plain | marked or source.group == "unknown":
        return "unknown"
    return "no"
