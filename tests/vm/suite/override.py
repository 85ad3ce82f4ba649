#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Compares what `check` and `audit` said in guests with the table of the suite `override`.

usage: override.py TABLE DIR   with DIR/KERNEL-REQUEST-PLACE.out, .status and .err of each check,
                               and DIR/KERNEL-REQUEST-audit.out

Prints TAP: a case for each cell of the table, and one for each audit. The table must have a cell for
each kernel, request and place, once; a cell that did not run has failed.
"""
import dataclasses
import itertools
import json
import pathlib
import sys

KERNELS = ("stock", "patched")
SEVERITIES = ("unsafe", "unknown", "warning", "info")


@dataclasses.dataclass
class Table:
    places: dict = dataclasses.field(default_factory=dict)
    requests: list = dataclasses.field(default_factory=list)
    cells: dict = dataclasses.field(default_factory=dict)


def read_cell(table, line):
    name, verdict, basis, status, *ids, _why = (part.strip() for part in line.split("|"))
    unsafe, warning, info = ([] if part == "-" else part.split() for part in ids)
    key = tuple(name.split())
    if key in table.cells:
        raise ValueError(f"a second cell {name}")
    table.cells[key] = {
        "verdict": verdict, "basis": basis, "status": status,
        "unsafe": unsafe, "unknown": [], "warning": warning, "info": info,
    }


def read_table(text):
    table = Table()
    for line in text.splitlines():
        word, *rest = line.partition("#")[0].split() or [""]
        if word == "place":
            table.places[rest[0]] = rest[1]
        elif word == "request":
            table.requests.append(rest[0])
        elif word:
            read_cell(table, line)
    whole = set(itertools.product(KERNELS, table.requests, table.places))
    if not whole or whole != set(table.cells):
        raise ValueError(f"missing or in excess: {sorted(whole ^ set(table.cells))}")
    return table


def read(path):
    return path.read_text().strip() if path.exists() else ""


def judged(answer, status):
    """An answer in the form of a cell."""
    got = {"verdict": answer.get("verdict"), "basis": answer.get("basis", "-"), "status": status}
    for severity in SEVERITIES:
        got[severity] = sorted({finding["id"] for finding in answer["findings"]
                                if finding["severity"] == severity})
    return got


def differences(expected, got):
    return [f"{key}: expected {expected[key]}, got {got[key]}"
            for key in expected if got[key] != expected[key]]


def check_cell(directory, key, cell):
    name = directory / "-".join(key)
    status, out = read(name.with_suffix(".status")), read(name.with_suffix(".out"))
    try:
        return differences(cell, judged(json.loads(out), status))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"no answer (status {status or 'none'}, {error!r}): {read(name.with_suffix('.err'))}"]


def audit_set(audit, function):
    found = [one for one in audit["sets"] if f"0000:{function}" in one["set"]]
    if len(found) != 1:
        raise ValueError(f"{function} is in {len(found)} sets")
    return found[0]


def check_audit(directory, table, kernel, request):
    """What the audit of the machine says of each place, beside what check has to say of it."""
    try:
        audit = json.loads(read(directory / f"{kernel}-{request}-audit.out"))
        wrong = []
        for place, function in table.places.items():
            cell = table.cells[kernel, request, place]
            got = judged(audit_set(audit, function), cell["status"])
            wrong += [f"{place}: {text}" for text in differences(cell, got)]
        return wrong
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"no answer ({error!r})"]


def report(number, title, wrong):
    print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
    for text in wrong:
        print(f"# {text}")
    return bool(wrong)


def main(path, directory):
    table, directory = read_table(pathlib.Path(path).read_text()), pathlib.Path(directory)
    cases = [(f"{' '.join(key)}: {cell['verdict']}", check_cell(directory, key, cell))
             for key, cell in table.cells.items()]
    cases += [(f"{kernel} {request}: the audit agrees", check_audit(directory, table, kernel, request))
              for kernel in KERNELS for request in table.requests]
    print(f"1..{len(cases)}")
    return any([report(number, *case) for number, case in enumerate(cases, 1)])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
