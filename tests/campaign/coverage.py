"""Which lines and branches of the prediction the campaign's machines have run."""
import json
import pathlib
import re
import subprocess

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = TOP / "build/coverage"
PROGRAM = FOLDER / "iowarden"
LEAST = 95
# Compares a prediction with the kernel's groups, for findings; it does not predict.
ELSEWHERE = ("comparison",)
# Behind Intel's VMD another function issues the requests, and no segment of pcisim is of such; and whether
# a prediction is sure, findings ask. Unit tests do both.
NOT_SIMULATED = ("may_have_requester", "real_requester", "prediction_is_sure")
# What only a lack of memory decides; unit tests do not let it run out either.
MEMORY = re.compile(r"ENOMEM|calloc|!ret\b|\border \?|prediction->acs && |family\.first && |!ways->way \|\|")


def build():
    """The program with counters in it, and none counted yet."""
    subprocess.run(["make", "-s", "-C", TOP / "helper", f"O={FOLDER}", "CFLAGS=-O0 -g --coverage"], check=True)
    for counters in FOLDER.rglob("*.gcda"):
        counters.unlink()
    return str(PROGRAM)


def _read(data):
    """What gcov says of one object."""
    run = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", data], cwd=TOP / "helper",
                         check=True, capture_output=True, text=True)
    for line in run.stdout.splitlines():
        for file in json.loads(line)["files"]:
            if file["file"].startswith("predict/"):
                yield file


class Coverage:
    """Counts over helper/predict/."""

    def __init__(self):
        self.lines = {}
        self.branches = {}
        for data in sorted((FOLDER / "helper/predict").glob("*.gcda")):
            if data.stem in ELSEWHERE:
                continue
            for file in _read(data):
                self._add(file)

    def _add(self, file):
        text = (TOP / "helper" / file["file"]).read_text().splitlines()
        for line in file["lines"]:
            if line.get("function_name") in NOT_SIMULATED or MEMORY.search(text[line["line_number"] - 1]):
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


def judge():
    """Print what was not run; why that is too much, or ''."""
    covered = Coverage()
    lines, ways = covered.share_of_lines(), covered.share_of_ways()
    print(f"# helper/predict: {lines:.1f} % of {len(covered.lines)} lines run, {ways:.1f} % of the ways out of decisions taken")
    for text in covered.missing():
        print(f"#   {text}")
    return "" if min(lines, ways) >= LEAST else f"{lines:.1f} % of lines, {ways:.1f} % of ways; {LEAST} % are wanted"


def _share(flags):
    return 100 * sum(flags) / len(flags) if flags else 0
