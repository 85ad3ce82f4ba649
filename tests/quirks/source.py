"""What a kernel source tree says of PCI quirks that decide IOMMU groups.

Reads the C of drivers/pci/quirks.c and of the functions that form groups, without a compiler: the
kernel's own style keeps tables a row a line and functions at the left margin. What is not understood
is an error, never left out.
"""
import hashlib
import pathlib
import re

# Where the functions are that helper/predict imitates.
FUNCTIONS = {
    "drivers/pci/quirks.c": ["pci_acs_ctrl_enabled", "pci_dev_specific_acs_enabled"],
    "drivers/pci/pci.c": ["pci_acs_flags_enabled", "pci_acs_enabled", "pci_acs_path_enabled", "pci_acs_init",
                          "pci_add_dma_alias", "pci_devs_are_dma_aliases"],
    "drivers/pci/search.c": ["pci_for_each_dma_alias"],
    "drivers/iommu/iommu.c": ["get_pci_function_alias_group", "get_pci_alias_group", "get_pci_alias_or_group",
                              "pci_device_group"],
}
FILES = [*FUNCTIONS, "include/linux/pci_ids.h", "include/linux/pci.h", "Makefile"]

BRIDGE_FLAG = re.compile(r"dev_flags \|= PCI_DEV_FLAGS?_(PCIE_BRIDGE_ALIAS|BRIDGE_XLATE_ROOT|PCI_BRIDGE_NO_ALIAS)\b")
DECLARED = re.compile(r"DECLARE_PCI_FIXUP_\w+\(([^;{}]*?),\s*(quirk_\w+)\s*\)", re.S)


class Unreadable(Exception):
    """The source is not what was expected."""


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


class Tree:
    """A kernel source tree, of which only FILES need be there."""

    def __init__(self, top):
        self.top = pathlib.Path(top)
        self.text = {name: without_comments((self.top / name).read_text(errors="replace")) for name in FILES}
        self.quirks = self.text["drivers/pci/quirks.c"]
        self.ids = dict(re.findall(r"^#define\s+(PCI_(?:VENDOR|DEVICE)_ID_\w+)\s+(0x[0-9a-fA-F]+)",
                                   self.text["include/linux/pci_ids.h"], re.M))
        self.ids.update(re.findall(r"^#define\s+(PCI_(?:VENDOR|DEVICE)_ID_\w+)\s+(0x[0-9a-fA-F]+)", self.quirks, re.M))

    def release(self):
        found = [re.search(rf"^{part} = (\d*)$", self.text["Makefile"], re.M)
                 for part in ("VERSION", "PATCHLEVEL", "SUBLEVEL")]
        if not all(found):
            raise Unreadable("Makefile names no release")
        return ".".join(it[1] for it in found)

    def number(self, word):
        """An id as 4 digits, '*' for any."""
        word = word.strip()
        if word == "PCI_ANY_ID":
            return "*"
        word = self.ids.get(word, word)
        if not re.fullmatch(r"0x[0-9a-fA-F]+", word):
            raise Unreadable(f"{word} is no id")
        return f"{int(word, 16):04x}"

    def body(self, name, path="drivers/pci/quirks.c"):
        """The text of a function from its first bracket on, or ''."""
        found = re.search(rf"^[a-z][\w \t*]*?\b{name}\((?:[^;{{}}]*?)\)\s*\{{.*?^\}}", self.text[path], re.S | re.M)
        return found[0][found[0].index(name):] if found else ""

    def called(self, name):
        """A function of quirks.c, the one of the same name that says whom it is about, and their tables."""
        text = self.body(name) + self.body(f"{name}_match")
        for table in re.findall(r"ARRAY_SIZE\((\w+)\)", text):
            text += self.table(table)
        return text

    def table(self, name):
        found = re.search(rf"\b{name}\[\] = \{{(.*?)^\}};", self.quirks, re.S | re.M)
        if not found:
            raise Unreadable(f"there is no table {name}")
        return found[1]

    def acs_rows(self):
        """pci_dev_acs_enabled[]: (vendor, device, function), in its order."""
        rows = re.findall(r"\{([^{}]*)\}", self.table("pci_dev_acs_enabled"))
        if not rows or rows.pop().strip() != "0":
            raise Unreadable("pci_dev_acs_enabled[] does not end with { 0 }")
        cells = [[cell.strip() for cell in row.split(",") if cell.strip()] for row in rows]
        return [(self.number(vendor), self.number(device), function) for vendor, device, function in cells]

    def ranges(self, function):
        """The device ids that a function knows, as (first, last), in ascending order."""
        text = self.called(function)
        ids = [(int(first, 16), int(last or first, 16))
               for first, last in re.findall(r"case (0x[0-9a-fA-F]+)(?: \.\.\. (0x[0-9a-fA-F]+))?:", text)]
        for table in re.findall(r"ARRAY_SIZE\((\w+)\)", text):
            ids += [(int(it, 16),) * 2 for it in re.findall(r"0x[0-9a-fA-F]+", self.table(table))]
        merged = []
        for first, last in sorted(ids):
            if merged and merged[-1][1] + 1 == first:
                merged[-1] = (merged[-1][0], last)
            else:
                merged.append((first, last))
        return [(f"{first:04x}", f"{last:04x}") for first, last in merged]

    def fixups(self):
        """(vendor, device, function) of every quirk that sets aliases or marks bridges, in their order."""
        found = []
        for match in DECLARED.finditer(self.quirks):
            words, function = match[1].split(","), match[2]
            if not self.is_of_interest(function):
                continue
            if words[1].strip() == "vid":
                found += [(self.number(words[0]), self.number(vid), function) for vid in self.uses_of(match.start())]
            else:
                found.append((self.number(words[0]), self.number(words[1]), function))
        return found

    def is_of_interest(self, function):
        body = self.body(function)
        return "pci_add_dma_alias(" in body or BRIDGE_FLAG.search(body)

    def uses_of(self, place):
        """The arguments of a macro whose definition holds a place of quirks.c."""
        name = re.findall(r"#define (\w+)\(vid\)", self.quirks[:place])[-1]
        return re.findall(rf"^{name}\((\w+)\)", self.quirks, re.M)

    def fixed_aliases(self):
        """fixed_dma_alias_tbl[]: (vendor, device, subsystem vendor and device, devfn)."""
        rows = re.findall(r"PCI_DEVICE_SUB\(([^)]*)\),?\s*\.driver_data = PCI_DEVFN\((\w+), (\w+)\)",
                          self.table("fixed_dma_alias_tbl"))
        return [(*map(self.number, row.split(",")), f"{int(slot, 0) << 3 | int(function, 0):02x}")
                for row, slot, function in rows]

    def broken_acs(self):
        """The functions whose Source Validation the kernel does not count as offered."""
        body = self.body("pci_disable_broken_acs_cap")
        vendor = re.search(r"->vendor == (\w+)", body)
        return [(self.number(vendor[1]), self.number(device))
                for device in re.findall(r"->device == (\w+)", body)] if vendor else []

    def rows(self):
        """All of it, as lines of helper/predict/quirks.tsv without the column `since`."""
        acs = self.acs_rows()
        for row in acs:
            yield ("acs", *row, "")
        for function in dict.fromkeys(row[2] for row in acs):
            for ids in self.ranges(function):
                yield ("id", *ids, function, "")
        for vendor, device, function in self.fixups():
            yield ("fixup", vendor, device, function, "")
        for vendor, device, subvendor, subdevice, devfn in self.fixed_aliases():
            yield ("fixed", vendor, device, "quirk_fixed_dma_alias", f"{subvendor}:{subdevice}={devfn}")
        for vendor, device in self.broken_acs():
            yield ("broken", vendor, device, "pci_disable_broken_acs_cap", "")

    def bodies(self):
        """{function: hash} of all that is imitated, blind to comments and blanks."""
        names = [(path, name) for path, some in FUNCTIONS.items() for name in some]
        of_quirks = dict.fromkeys(row[3] for row in self.rows())
        names += [("drivers/pci/quirks.c", name) for name in of_quirks]
        return {name: self.hash(path, name) for path, name in names}

    def hash(self, path, name):
        text = self.called(name) if path == "drivers/pci/quirks.c" else self.body(name, path)
        if not text:
            raise Unreadable(f"{path} has no {name}()")
        return hashlib.sha256(re.sub(r"\s+", "", text).encode()).hexdigest()[:12]
