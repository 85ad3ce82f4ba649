#!/usr/bin/python3
"""What was executed: coverage.py FOLDER GCDA...

Asks gcov about each file, adds up what it says of the sources below kmod/ and helper/ and prints a table.
FOLDER/missing gets the lines that nothing executed, FOLDER/lcov.info all counts. A source counts once, in
however many objects it is; one that is in none was not measured, and that is a failure.
"""
import collections
import json
import pathlib
import posixpath
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDERS = ("kmod", "helper")


class Source:
    """How often each line, and each branch of a line, was executed."""

    def __init__(self):
        self.lines = collections.Counter()
        self.branches = {}

    def add(self, line):
        number = line["line_number"]
        self.lines[number] += line["count"]
        counts = [branch["count"] for branch in line.get("branches", []) if not branch["throw"]]
        seen = self.branches.get(number, [])
        # Inlined or included elsewhere the same line may have others: the longer list stands.
        if len(seen) == len(counts):
            counts = [a + b for a, b in zip(seen, counts)]
        self.branches[number] = max(counts, seen, key=len)

    def line_counts(self):
        return list(self.lines.values())

    def branch_counts(self):
        return [count for counts in self.branches.values() for count in counts]

    def missing(self):
        return sorted(number for number, count in self.lines.items() if not count)


def source_name(directory, name):
    """kmod/acs.c for any copy of it; None for what is not ours."""
    path = posixpath.normpath(posixpath.join(directory, name))
    match = re.search(rf"/((?:{'|'.join(FOLDERS)})/(?:\w+/)?\w+\.[ch])$", path)
    return match and match.group(1)


def ask_gcov(path):
    """What it says of one file of counters, or of notes."""
    answer = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", path.name],
                            cwd=path.parent, check=False, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"gcov fails on {path} with status {answer.returncode}: {answer.stderr.strip()}")
    return map(json.loads, filter(None, answer.stdout.splitlines()))


def read(files):
    sources = collections.defaultdict(Source)
    for file in files:
        for document in ask_gcov(pathlib.Path(file)):
            for part in document["files"]:
                name = source_name(document["current_working_directory"], part["file"])
                for line in part["lines"] if name else []:
                    sources[name].add(line)
    return sources


def share(counts):
    """Of nothing, which has no share, no more is said."""
    if not counts:
        return f"{'none':>14}{'':9}"
    hit = sum(1 for count in counts if count)
    return f"{hit:5} of {len(counts):5} {100 * hit / len(counts):6.1f} %"


def row(name, lines, branches):
    print(f"{name:32} {share(lines)}  {share(branches)}")


def table(sources, folder):
    names = sorted(name for name in sources if name.startswith(folder + "/"))
    for name in names:
        row(name, sources[name].line_counts(), sources[name].branch_counts())
    row(folder + "/", sum((sources[name].line_counts() for name in names), []),
        sum((sources[name].branch_counts() for name in names), []))


def lcov(name, source):
    lines = "".join(f"DA:{number},{count}\n" for number, count in sorted(source.lines.items()))
    return f"SF:{TOP / name}\n{lines}end_of_record\n"


def is_table(name, folder):
    """Compiled as the others are, and without a function that could be executed."""
    wanted = pathlib.Path(name).with_suffix(".gcno").parts[-2:]
    notes = [path for path in folder.rglob("*.gcno") if path.parts[-2:] == wanted]
    return notes and not any(document["files"] for path in notes for document in ask_gcov(path))


def unmeasured(sources, folder):
    there = {str(path.relative_to(TOP)) for part in FOLDERS for path in (TOP / part).rglob("*.c")}
    return sorted(name for name in there - set(sources) if not is_table(name, folder))


def main():
    folder = pathlib.Path(sys.argv[1])
    sources = read(sys.argv[2:])
    print(f"{'':32} {'lines':>22}  {'branches':>22}")
    for name in FOLDERS:
        table(sources, name)
    missing = [f"{name}:{number}\n" for name in sorted(sources) for number in sources[name].missing()]
    (folder / "missing").write_text("".join(missing))
    (folder / "lcov.info").write_text("".join(lcov(name, sources[name]) for name in sorted(sources)))
    forgotten = unmeasured(sources, folder)
    for name in forgotten:
        print(f"{name} was not measured", file=sys.stderr)
    return 1 if forgotten else 0


sys.exit(main())
