"""A simulated machine: a tree of functions, and its description in the language of tests/pcisim.

Bus numbers are given out when it is written down, so that parts of a tree can be cut away.
"""
import copy

BRIDGES = ("root-port", "upstream", "downstream", "pcie-to-pci", "pci-to-pcie", "pci-bridge")


class Function:
    """One function: its place on its bus, its type, words of its description, and what is below it."""

    def __init__(self, slot, number, kind, words=(), children=()):
        self.slot = slot
        self.number = number
        self.kind = kind
        self.words = list(words)
        self.children = list(children)

    def count(self):
        return 1 + sum(child.count() for child in self.children)


class Machine:
    """A PCI segment: root buses, each a number and the functions on it; @ivrs: with AMD's firmware table."""

    def __init__(self, roots, name="", ivrs=False):
        self.roots = roots
        self.name = name
        self.ivrs = ivrs

    def count(self):
        return sum(function.count() for _, functions in self.roots for function in functions)

    def describe(self, segment):
        """The lines of its description."""
        lines = [f"# {self.name}"] if self.name else []
        if self.ivrs:
            lines.append("#: ivrs")
        lines.append(f"segment {segment:x}")
        for bus, functions in self.roots:
            lines.append(f"root {bus:02x}")
            _write(lines, functions, bus, bus + 1, 1)
        return lines

    def copy(self):
        return copy.deepcopy(self)

    def smaller(self):
        """All machines with one thing less: large things first."""
        for cut in _cuts(self):
            other = self.copy()
            cut(other)
            if any(functions for _, functions in other.roots):
                yield other


def reaches_next_bus(functions):
    """Whether virtual functions of these are on the bus after theirs."""
    return any(word.startswith("sriov=") and int(word.split("offset=")[1].split(",")[0]) >= 256 - 8
               for function in functions for word in function.words)


def _write(lines, functions, bus, next_bus, depth):
    """Write what is on a bus; return the first bus number that is free."""
    for function in sorted(functions, key=lambda it: (it.slot, it.number)):
        words = [f"{bus:02x}:{function.slot:02x}.{function.number}", function.kind, *function.words]
        below = next_bus
        if function.kind in BRIDGES:
            next_bus += 2 if reaches_next_bus(function.children) else 1
            if not function.children:
                words.append(f"bus={below:02x}")
        lines.append("  " * depth + " ".join(words))
        if function.kind in BRIDGES:
            next_bus = _write(lines, function.children, below, next_bus, depth + 1)
    return next_bus


def _walk(functions, path):
    """Each function with the way to it: indexes from a root down."""
    for index, function in enumerate(functions):
        yield path + [index], function
        yield from _walk(function.children, path + [index])


def _siblings(machine, path):
    """The list that a function is in."""
    functions = machine.roots[path[0]][1]
    for index in path[1:-1]:
        functions = functions[index].children
    return functions


def _cuts(machine):
    """Things that can be taken away, each a function that takes it away from a copy."""
    if len(machine.roots) > 1:
        for index in range(len(machine.roots)):
            yield lambda it, index=index: it.roots.pop(index)
    places = [place for index, (_, functions) in enumerate(machine.roots) for place in _walk(functions, [index])]
    places.sort(key=lambda place: -place[1].count())
    for path, _ in places:
        yield lambda it, path=path: _siblings(it, path).pop(path[-1])
    for path, function in places:
        for index in range(len(function.words)):
            yield lambda it, path=path, index=index: _siblings(it, path)[path[-1]].words.pop(index)
