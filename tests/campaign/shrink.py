"""Makes machines smaller as long as the kernel and the prediction differ about them.

A round is one boot: each machine's next candidates are raised side by side, as segments of one load,
and the smallest that still differs goes into the next round.
"""
from guest import is_machine

CANDIDATES = 48
ROUNDS = 40


def candidates(machine):
    """All that have one thing less and are still machines."""
    return [smaller for smaller in machine.smaller() if is_machine(smaller)]


def size(machine):
    """Functions first, then words about them."""
    return machine.count(), sum(len(line.split()) for line in machine.describe(0))


def shrink(machines, differ):
    """@differ: for lists of machines, one a load, a list of flags each: which of them differ."""
    settled = []
    active = [(machine, candidates(machine)) for machine in machines]
    for _ in range(ROUNDS):
        settled += [machine for machine, left in active if not left]
        active = [(machine, left) for machine, left in active if left]
        if not active:
            break
        batches = [left[:CANDIDATES] for _, left in active]
        following = []
        for (machine, left), batch, flags in zip(active, batches, differ(batches)):
            smaller = [candidate for candidate, differs in zip(batch, flags) if differs]
            best = min(smaller, key=size) if smaller else machine
            following.append((best, candidates(best) if smaller else left[CANDIDATES:]))
        active = following
    return settled + [machine for machine, _ in active]
