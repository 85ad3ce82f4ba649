"""A campaign: loads of machines, and what each view and each wrong rule makes of their snapshots."""
import copy

import coverage
import judge
import mutant
from guest import functions
from shrink import shrink

LOAD = 50
SHRUNK = 3


def _segment(bdf):
    return int(bdf.split(":")[0], 16)


def _loads(machines):
    return [machines[start:start + LOAD] for start in range(0, len(machines), LOAD)]


def _found(snapshot):
    """Addresses of simulated functions, by segment."""
    found = {}
    for device in snapshot["devices"]:
        if _segment(device["bdf"]):
            found.setdefault(_segment(device["bdf"]), set()).add(device["bdf"])
    return found


class Campaign:
    """Machines, raised and judged as the guest brings them."""

    def __init__(self, guest, machines):
        self.guest = guest
        self.loads = _loads([machine for machine in machines if not machine.ivrs]) + _loads(
            [machine for machine in machines if machine.ivrs])
        self.first = None
        self.missing = []
        self.functions = {view: 0 for view in judge.VIEWS}
        self.unsure = {view: 0 for view in judge.VIEWS}
        self.unexplained = []
        self.different = {view: [] for view in judge.VIEWS}
        self.unnoticed = {}
        self.instrumented = None
        self.explained = set()

    def run(self):
        """Programs first: they are built while nothing is raised."""
        self.unnoticed = dict(mutant.build_all())
        self.instrumented = coverage.build()
        for index, snapshot in enumerate(self.guest.snapshots(self.loads)):
            self.first = self.first or snapshot
            self._look_for_all(index, snapshot)
            for view in judge.VIEWS:
                self._judge(index, snapshot, view)
            self.unexplained += [f"load {index}: {bdf}" for bdf in judge.unexplained(snapshot)]
            self._try_wrong_rules(snapshot)
            self._run_code(snapshot)

    def _look_for_all(self, index, snapshot):
        """The kernel must have found every function described, and no other."""
        wanted, found = functions(self.loads[index]), _found(snapshot)
        for segment in sorted(wanted.keys() | found.keys()):
            odd = wanted.get(segment, set()) ^ found.get(segment, set())
            if odd:
                self.missing.append(f"load {index}, described or found, not both: {' '.join(sorted(odd))}")

    def _judge(self, index, snapshot, view):
        comparisons = judge.compare(snapshot, judge.VIEWS[view](snapshot))
        load = self.loads[index]
        for segment, comparison in comparisons.items():
            self.functions[view] += comparison.devices
            self.unsure[view] += comparison.unsure()
            if not comparison.agrees():
                self.different[view].append(load[segment - self.guest.FIRST_SEGMENT])

    def _try_wrong_rules(self, snapshot):
        """Each until it has been noticed once."""
        for name, program in list(self.unnoticed.items()):
            for view in judge.VIEWS.values():
                comparisons = judge.compare(snapshot, view(snapshot), program)
                if not all(comparison.agrees() for comparison in comparisons.values()):
                    del self.unnoticed[name]
                    break

    def _run_code(self, snapshot):
        for view in judge.VIEWS.values():
            judge.ask(judge.without_what_is_derived(view(snapshot)), self.instrumented)
        for view in judge.OTHER_KERNELS:
            judge.ask(judge.without_what_is_derived(view(snapshot)), self.instrumented, coverage.apart())

    def explain(self, view):
        """The first machines that differ, made as small as they can be."""
        different = self.different[view]
        if not different:
            return "" if self.functions[view] else "no function was compared"
        lines = [f"{len(different)} machines differ: {', '.join(machine.name for machine in different[:20])}"]
        # Most differ in every view, and each round of shrinking is a boot.
        new = [machine for machine in different if machine.name not in self.explained][:SHRUNK]
        self.explained |= {machine.name for machine in new}
        found = shrink(new, lambda batches: self._differ(batches, view))
        if found:
            lines.append("as small as they still differ:")
        for machine, snapshot in zip(found, self.guest.snapshots([[machine] for machine in found])):
            lines += machine.describe(self.guest.FIRST_SEGMENT)
            for comparison in judge.compare(snapshot, judge.VIEWS[view](snapshot)).values():
                lines += comparison.describe()
        return "\n".join(lines)

    def too_unsure(self, view):
        """Why so much was not compared that agreement shows little, or ''."""
        share = 100 * self.unsure[view] / max(self.functions[view], 1)
        most = judge.MOST_UNSURE[view]
        return "" if share <= most else f"{view}: {share:.1f} % of functions without certainty, at most {most} % were expected\n"

    def _differ(self, batches, view):
        """For each machine of each batch, whether it differs."""
        for batch, snapshot in zip(batches, self.guest.snapshots(batches)):
            comparisons = judge.compare(snapshot, judge.VIEWS[view](snapshot))
            first = self.guest.FIRST_SEGMENT
            yield [segment in comparisons and not comparisons[segment].agrees()
                   for segment in range(first, first + len(batch))]

    def wrong_groups(self):
        """Move one function of each machine of a load into another group; what of it was not noticed."""
        snapshot = copy.deepcopy(self.first)
        moved = {}
        for device in snapshot["devices"]:
            segment = _segment(device["bdf"])
            others = [group for group in snapshot["groups"] if _segment(group["devices"][0]) == segment and
                      group["id"] != device.get("group")]
            if segment and segment not in moved and others and "group" in device:
                moved[segment] = (device, others[0])
        for device, group in moved.values():
            _move(snapshot, device, group)
        comparisons = judge.compare(snapshot)
        # What nobody is sure of cannot be wrong.
        quiet = [segment for segment in moved if comparisons[segment].agrees() and not comparisons[segment].unsure()]
        if len(moved) < len(self.loads[0]) // 2:
            return f"only {len(moved)} machines have two groups"
        return "" if not quiet else f"not noticed in segments {quiet}"


def _move(snapshot, device, to):
    for group in snapshot["groups"]:
        if device["bdf"] in group["devices"]:
            group["devices"].remove(device["bdf"])
    snapshot["groups"] = [group for group in snapshot["groups"] if group["devices"]]
    to["devices"].append(device["bdf"])
    device["group"] = to["id"]
