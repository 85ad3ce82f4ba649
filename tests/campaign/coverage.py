"""Which lines and branches of the prediction the campaign's machines have run.

What was compared with a kernel's groups is counted apart: what was run and not compared shows nothing.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = TOP / "build/coverage"
PROGRAM = FOLDER / "iowarden"
# Counters of what nobody compared.
OTHERS = FOLDER / "others"
LEAST = 95
# Compares a prediction with the kernel's groups, for findings; it does not predict.
ELSEWHERE = ("comparison",)
# As little do these, which findings ask; unit tests do, too. The numbers with them are told.
FOR_FINDINGS = ("prediction_is_sure", "quirk_on_irbnce", "quirk_sets_irbnce", "worth_of")
# Behind Intel's VMD another function issues the requests, and no segment of pcisim is of such; kernels before 7.0
# have none of the two quirks. Unit tests run both; `make check-long` compares the quirks on a newer kernel.
# A kernel that groups has a release, its machine is whole, and its own snapshot has the firmware table: what is asked
# where a text tells less has no kernel to be compared with.
NOT_HERE = ("may_have_requester", "real_requester", "quirk_aspeed_pci_bridge_no_alias", "quirk_drops_sv",
            "kernel_may_have", "is_amd_iommu")
CALLS_NOT_HERE = re.compile(r"quirk_drops_sv\(|[~=] ?ACS_SV|if \(finds\(grouping, \*top,|GROUND_UNKNOWN }|"
                            r"kernel(->|\.)known|kernel_may_have\(|cut_off|is_amd_iommu\(|EBADMSG|"
                            r"state = acs_judge\(&seen\)|fixup->unknown = true|\{ true, 0, index \}")
# What only a lack of memory decides; unit tests do not let it run out either.
MEMORY = re.compile(r"ENOMEM|calloc|if \(!ret\)|\border \?|prediction->acs && |family\.first && |!ways->way \|\|")


def build():
    """The program with counters in it, and none counted yet."""
    subprocess.run(["make", "-s", "-C", TOP / "helper", f"O={FOLDER}", "CFLAGS=-O0 -g --coverage"], check=True)
    for counters in FOLDER.rglob("*.gcda"):
        counters.unlink()
    # gcov looks for these beside the counters.
    for notes in (FOLDER / "helper").rglob("*.gcno"):
        place = OTHERS / notes.relative_to(FOLDER)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(notes, place)
    return str(PROGRAM)


def apart():
    """The environment in which the program counts among what nobody compared."""
    return {**os.environ, "GCOV_PREFIX": str(OTHERS), "GCOV_PREFIX_STRIP": str(len(FOLDER.parts) - 1)}


def _read(data):
    """What gcov says of one object."""
    run = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", data], cwd=TOP / "helper",
                         check=True, capture_output=True, text=True)
    for line in run.stdout.splitlines():
        for file in json.loads(line)["files"]:
            if file["file"].startswith("predict/"):
                yield file


class Coverage:
    """Counts over helper/predict/, of all these folders."""

    def __init__(self, *folders, left_out=FOR_FINDINGS + NOT_HERE):
        self.left_out = left_out
        self.lines = {}
        self.branches = {}
        for folder in folders:
            self._add_folder(folder / "helper/predict")

    def _add_folder(self, folder):
        for data in sorted(folder.glob("*.gcda")):
            if data.stem in ELSEWHERE:
                continue
            for file in _read(data):
                self._add(file)

    def _is_left_out(self, function, text):
        return function in self.left_out or MEMORY.search(text) or (self.left_out and CALLS_NOT_HERE.search(text))

    def _add(self, file):
        text = (TOP / "helper" / file["file"]).read_text().splitlines()
        for line in file["lines"]:
            if self._is_left_out(line.get("function_name"), text[line["line_number"] - 1]):
                continue
            place = (file["file"], line["line_number"])
            self.lines[place] = max(self.lines.get(place, 0), line["count"])
            taken = [branch["count"] for branch in line["branches"] if not branch.get("throw")]
            known = self.branches.setdefault(place, [0] * len(taken))
            if len(known) == len(taken):
                self.branches[place] = [max(pair) for pair in zip(known, taken)]

    def share_of_lines(self):
        return _share([count > 0 for count in self.lines.values()])

    def share_of_ways(self):
        """Both ways out of each decision."""
        return _share([count > 0 for counts in self.branches.values() for count in counts])

    def missing(self):
        """Lines that were not run, and decisions that went one way only, with their text."""
        for place in sorted(self.lines):
            name, number = place
            text = (TOP / "helper" / name).read_text().splitlines()[number - 1].strip()
            if not self.lines[place]:
                yield f"{name}:{number}: not run: {text}"
            elif 0 in self.branches.get(place, []):
                yield f"{name}:{number}: one way only: {text}"


    def describe(self, what):
        return (f"{self.share_of_lines():.1f} % of {len(self.lines)} lines run, "
                f"{self.share_of_ways():.1f} % of the ways out of decisions taken, {what}")


def judge():
    """Print what was not run; why that is too much, or ''."""
    compared = Coverage(FOLDER)
    least = min(compared.share_of_lines(), compared.share_of_ways())
    text = compared.describe("by what was compared with a kernel")
    print(f"# helper/predict: {text}")
    for line in compared.missing():
        print(f"#   {line}")
    print(f"# helper/predict: {Coverage(FOLDER, OTHERS).describe('with what nobody compared')}")
    print(f"# helper/predict: {Coverage(FOLDER, left_out=()).describe('and nothing left out')}")
    return "" if least >= LEAST else f"{text}; {LEAST} % are wanted"


def _share(flags):
    return 100 * sum(flags) / len(flags) if flags else 0
