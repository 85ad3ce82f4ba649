"""Makes a machine smaller as long as it is still wrong."""


def smaller(machine):
    """Machines with one thing less."""
    for index, function in enumerate(machine.functions):
        if not machine.below(function) and not any(it.physical is function for it in machine.functions):
            less = machine.copy()
            del less.functions[index]
            yield less
    for index, function in enumerate(machine.functions):
        for name, plain in (("acs", None), ("vector", None), ("ats", "absent"), ("group", "there"),
                            ("multifunction", False), ("physical", None)):
            if getattr(function, name) != plain:
                less = machine.copy()
                setattr(less.functions[index], name, plain)
                yield less
        if isinstance(function.acs, list):
            for word in (0, 1):
                for bit in range(13):
                    if function.acs[word] >> bit & 1:
                        less = machine.copy()
                        less.functions[index].acs[word] &= ~(1 << bit)
                        yield less


def shrink(machine, is_wrong):
    """A smallest machine that is wrong: nothing can be taken from it."""
    while True:
        for less in smaller(machine):
            if is_wrong(less):
                machine = less
                break
        else:
            return machine


def picture(machine, function=None, depth=0):
    """The machine as a tree, for people."""
    lines = []
    for it in machine.below(function):
        acs = it.acs if not isinstance(it.acs, list) else f"cap {it.acs[0]:#x} ctrl {it.acs[1]:#x}"
        more = [f"vector {it.vector:#x}" if it.vector is not None else "", f"ats {it.ats}" if it.ats != "absent" else "",
                "multifunction" if it.multifunction else "", f"virtual of {it.physical}" if it.physical else "",
                f"group {it.group}" if it.group != "there" else ""]
        lines.append("  " * depth + f"{it} {it.kind}, ACS {acs} {' '.join(word for word in more if word)}".rstrip())
        lines += picture(machine, it, depth + 1)
    return lines
