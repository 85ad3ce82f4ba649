"""Real machines raised in a guest from their dumps: what its kernel groups, and what is predicted of them."""
import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "tests/campaign"))
import judge  # noqa: E402
from guest import FIRST_SEGMENT, Guest  # noqa: E402

# Functions of a dump that no simulation can have, and why; their groups are then without them.
ABSENT = {
    # It was off when it was recorded: all its bytes are ones, and where no vendor is the kernel finds nobody.
    "laptop-latitude-e6430": {"0000:01:00.1"},
    # The kernel gives the bus behind a CardBus bridge a number of its own, where the dump has no card.
    "pciutils-fujitsu-p8010": {"0000:1d:00.0"},
}

# Groups that differ between the kernel in the guest and another source: (machine, source) to groups of
# either side, with the reason. None is known: each would have to be explained by the machine's SOURCE.md.
DIFFERENT = {}


def raise_all(cases, folder):
    """A snapshot of each machine, with the addresses of its dump."""
    texts = [case.file.read_text(errors="replace") for case in cases]
    for case, snapshot in zip(cases, Guest(folder).snapshots(texts)):
        segments = sorted({int(bdf.split(":")[0], 16) for bdf in case.devices})
        yield Replay(case, snapshot, segments)


class Replay:
    """One machine in the guest."""

    def __init__(self, case, snapshot, segments):
        self.case = case
        self.segments = segments
        self.kernel = {self.home(group["devices"]) for group in snapshot["groups"]}
        self.raised = self.home(device["bdf"] for device in snapshot["devices"]
                                if int(device["bdf"].split(":")[0], 16) >= FIRST_SEGMENT)
        self.answer = judge.ask(judge.without_what_is_derived(snapshot))

    def home(self, bdfs):
        """Addresses as they are in the dump."""
        split = (bdf.split(":", 1) for bdf in bdfs)
        return frozenset(f"{self.segments[int(segment, 16) - FIRST_SEGMENT]:04x}:{rest}" for segment, rest in split)

    def functions(self):
        """What was not found, against what cannot be."""
        missing = set(self.case.devices) - self.raised
        wanted = ABSENT.get(self.case.machine, set())
        return "" if missing == wanted else f"not raised: {sorted(missing)}, expected: {sorted(wanted)}"

    def differences(self, source, groups, unknown=frozenset()):
        """Why other groups are not the kernel's, as far as both can be sure."""
        mine = {group for group in self.kernel if not group <= unknown}
        theirs = {group & self.raised for group in groups} - {frozenset()}
        odd = mine ^ theirs
        if odd == DIFFERENT.get((self.case.machine, source), set()):
            return ""
        return "\n".join([f"kernel: {' '.join(sorted(group))}" for group in sorted(mine - theirs, key=sorted)] +
                         [f"{source}: {' '.join(sorted(group))}" for group in sorted(theirs - mine, key=sorted)])

    def unsure(self):
        return len(self.answer["prediction_unknown"])

    def live(self):
        predicted = {self.home(group) for group in self.answer["predicted_groups"]}
        return self.differences("predicted", predicted, self.home(self.answer["prediction_unknown"]))

    def from_dump(self):
        answer = self.case.answer
        return self.differences("predicted from the dump", map(frozenset, answer["predicted_groups"]),
                                frozenset(answer["prediction_unknown"]))

    def recorded(self, groups):
        return self.differences("recorded", groups)
