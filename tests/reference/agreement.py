"""What explain and check owe each other; the table is in Documentation/reachability.md."""

OPEN = {"open-path", "conventional-bus", "kernel-split-switch"}
CONTROLS = {"egress-vector", "translated-p2p"}


def complaint(route, verdict, findings, victim):
    """Why the answers about one function and another contradict each other, or ''."""
    reachable, slack, _ = route
    ids = {name for name, _, _ in findings}
    named = {name for name, _, victims in findings if victim in victims}
    if reachable == "yes":
        good = named & OPEN or ids & (CONTROLS | {"no-iommu", "noiommu-mode"})
    elif reachable == "unknown":
        good = verdict != "safe"
    elif slack:
        good = verdict == "unsafe"
    else:
        good = not named & OPEN
    return "" if good else f"explain says {reachable}{', with bits off' if slack else ''}; check says {verdict}: " + \
        " ".join(f"{name}({','.join(victims)})" for name, _, victims in findings)
