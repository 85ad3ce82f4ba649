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


def why_unsafe(findings):
    """Names of findings. A slot is in no group yet, so none that is only about the kernel's groups."""
    return {name for name, severity, *_ in findings if severity == "unsafe"} - {"split-unexplained"}


def slot_complaint(slot, answer, device):
    """Likewise, about a slot and the check of a device that stands in it."""
    would_be, basis, inbound = slot
    verdict, findings = answer.verdicts[device], answer.findings.get(device, [])
    entered = any(name == "inbound-path" for name, *_ in findings)
    unsafe = bool(why_unsafe(findings))
    apart = verdict == "unsafe" and not unsafe
    if would_be == "isolated":
        good = apart or (verdict in ("safe", "warning") and basis == answer.bases[device])
        good = good and not entered and not answer.unknown_ways_in[device]
    elif would_be == "shared":
        good = entered and not unsafe if inbound else unsafe
    elif inbound:
        good = (apart or verdict in ("safe", "warning")) and not entered and answer.unknown_ways_in[device]
    else:
        good = (apart or verdict == "unknown") and not entered
    return "" if good else f"the slot is {would_be} {basis}{', from outside' if inbound else ''}; check says " + \
        f"{verdict} {answer.bases[device]}: {' '.join(name for name, *_ in findings)}"
