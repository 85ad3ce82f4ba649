# SPDX-License-Identifier: GPL-2.0
"""A description, read into a tree of lines."""
import re

from . import build, plan, words
from .complaint import Complaint
from .model import FIRST_SEGMENT, Address, Machine


class Node:
    """A root bus or a function, and what is below it."""

    def __init__(self, where, indent, segment):
        self.where, self.indent, self.segment = where, indent, segment
        self.children = []
        self.parent = None
        self.words = None           # of a function
        self.type = "root"
        self.address = None         # of a function
        self.bus = None             # below a root or bridge: its bus, and the last one
        self.last_bus = None

    @property
    def is_function(self):
        return self.words is not None

    def below(self):
        """All functions below."""
        for child in self.children:
            yield child
            yield from child.below()


class Reader:
    """One pass over the lines of a file."""

    def __init__(self, name):
        self.name = name
        self.where = name
        self.roots = []
        self.segments = []
        self.path = []              # the line before, what it is below, ... , a root
        self.machine = Machine()

    def complain(self, what):
        raise Complaint(self.where, what)

    def segment(self):
        """The segment that lines are in; the first one begins by itself."""
        if not self.segments:
            self.begin_segment([])
        return self.segments[-1]

    def begin_segment(self, rest):
        if len(rest) > 1:
            self.complain("segment takes one number")
        if rest:
            number = self.number(rest[0], 4)
        else:
            number = FIRST_SEGMENT
            while number in self.segments:
                number += 1
        if number in self.segments:
            self.complain(f"a second segment {number:04x}")
        if not number:
            self.complain("segment 0000 is the guest's own")
        self.segments.append(number)
        self.path = []

    def number(self, text, digits):
        try:
            return words.number(text, digits, "this")
        except words.Wrong as wrong:
            self.complain(wrong)

    def begin_root(self, indent, rest):
        if len(rest) != 1:
            self.complain("root takes the number of a bus")
        root = Node(self.where, indent, self.segment())
        root.bus = self.number(rest[0], 2)
        if any((other.segment, other.bus) == (root.segment, root.bus) for other in self.roots):
            self.complain(f"a second root {root.bus:02x} in segment {root.segment:04x}")
        self.roots.append(root)
        self.path = [root]

    def address(self, text):
        match = words.ADDRESS.fullmatch(text)
        if not match:
            self.complain(f"a line begins with segment, root or an address (00:1f.0), not '{text}'")
        segment, bus, slot, function = match.groups()
        return Address(int(segment, 16) if segment else self.segment(), int(bus, 16),
                       int(slot, 16) << 3 | int(function))

    def add_function(self, indent, address, rest):
        if not rest:
            self.complain(f"{address} has no type")
        node = Node(self.where, indent, self.segment())
        node.address = address
        node.type = rest[0]
        try:
            node.words = words.read(rest[0], rest[1:])
        except words.Wrong as wrong:
            self.complain(wrong)
        while self.path and self.path[-1].indent >= indent:
            self.path.pop()
        if not self.path:
            self.complain(f"{address} is below nothing: a function is indented below its root or bridge")
        node.parent = self.path[-1]
        node.parent.children.append(node)
        self.path.append(node)

    def directive(self, text):
        word, _, rest = text.partition(" ")
        if word == "groups":
            for group in rest.split("|"):
                members = tuple(sorted(self.address(member) for member in group.split()))
                if members:
                    self.machine.groups.append(members)
        elif word == "acs" and rest.strip() in ("enable", "as-is"):
            self.machine.acs = {"enable": "enabled"}.get(rest.strip(), "as-is")
        elif text == "ivrs":
            self.machine.ivrs = True
        else:
            self.complain(f"no directive '{text}': there are 'groups ADDRESS... | ...', 'acs enable|as-is', 'ivrs'")

    def line(self, text):
        if text.startswith("#:"):
            return self.directive(text[2:].strip())
        text = re.sub(r"(^|\s)#.*", "", text)
        if not text.strip():
            return None
        if "\t" in text[:len(text) - len(text.lstrip())]:
            self.complain("indent with spaces: a tab is as wide as anybody wants")
        indent = len(text) - len(text.lstrip(" "))
        first, *rest = text.split()
        if first == "segment":
            return self.begin_segment(rest)
        if first == "root":
            return self.begin_root(indent, rest)
        return self.add_function(indent, self.address(first), rest)


def read(name, text):
    """The machine that a description describes; `name` is for complaints."""
    reader = Reader(name)
    for number, line in enumerate(text.splitlines(), 1):
        reader.where = f"{name}:{number}"
        reader.line(line)
    if not reader.roots:
        raise Complaint(name, "no root: there is no machine in it")
    plan.check(reader.roots)
    build.fill(reader.machine, reader.roots)
    return reader.machine
