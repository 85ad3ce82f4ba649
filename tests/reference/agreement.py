"""What explain and check owe each other; the table is in Documentation/reachability.md."""

OPEN = {"open-path", "conventional-bus", "kernel-split-switch"}
CONTROLS = {"egress-vector", "translated-p2p"}
NO_IOMMU = {"no-iommu", "noiommu-mode"}


def is_accounted_for(hop, findings, victim, reaches):
    """Whether a finding names a hop with bits off, and whom they leave unprotected, or else whom writes get to."""
    for name, severity, victims, _, where in findings:
        if where == hop and ((name in OPEN and severity == "unsafe") or name == "broken-sv"):
            if victim in victims or all(map(reaches, victims)):
                return True
    return False


def complaint(route, verdict, findings, victim, reaches):
    """Why the answers about one function and another contradict each other, or ''.

    reaches() says of another function whether explain has a way there."""
    reachable, slack, _ = route
    named = {(name, severity) for name, severity, victims, *_ in findings if victim in victims}
    unsafe = {name for name, severity in named if severity == "unsafe"}
    no_iommu = NO_IOMMU & {name for name, *_ in findings}
    if reachable == "yes":
        good = unsafe & (OPEN | CONTROLS) or no_iommu
    elif reachable == "unknown":
        good = verdict in ("unknown", "unsafe")
    elif slack:
        good = no_iommu or all(is_accounted_for(hop, findings, victim, reaches) for hop in slack)
    else:
        good = not {name for name, _ in named} & (OPEN | CONTROLS)
    return "" if good else f"explain says {reachable}{', with bits off' if slack else ''}; check says {verdict}: " + \
        " ".join(f"{name}({','.join(victims)})" for name, _, victims, *_ in findings)


def inbound_complaint(route, findings, intruder):
    """Likewise, about one function and a set that it may come into; what cannot be told is only "not seen"."""
    reachable, slack, _ = route
    named = intruder in [it for name, _, _, intruders, _ in findings if name == "inbound-path" for it in intruders]
    if named == (reachable == "yes" or bool(slack)) or (reachable == "unknown" and not slack):
        return ""
    return f"explain says {reachable}{', with bits off' if slack else ''}; check {'names it' if named else 'does not'}"
